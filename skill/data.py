"""python -m skill data: what the host does with what is remembered."""

import json
import os
import sys
from datetime import UTC, datetime, timedelta

import click

from skill.config import store_settings
from skill.errors import ConfigError
from skill.store import Kept, Keys, Store, StoreSettings, envelope_of, keys_of, open_store

WAIT_SECONDS = 600.0  # nobody holds a stretch meanwhile

USER_HELP = "The account's user id; - reads it from standard input."


@click.group()
def data() -> None:
    """Show, delete or tidy up what is remembered; the settings say where that is."""


@data.command()
@click.option("--user", metavar="ID", help=USER_HELP)
def export(*, user: str | None) -> None:
    """Print what is kept, one JSON object a line: everything, or one account's."""
    user_id = None if user is None else _id(user)
    _, keys, store = _opened()
    kept = 0
    for record in store.records(None if user_id is None else keys.hashed(user_id)):
        click.echo(_line(record))
        kept += 1
    _say(kept, "kept")


@data.command()
@click.option("--user", metavar="ID", required=True, help=USER_HELP)
def delete(*, user: str) -> None:
    """Delete all that is kept of one account."""
    user_id = _id(user)
    _, keys, store = _opened()
    kept = sum(1 for _ in store.records(keys.hashed(user_id)))
    store.delete_attributes(envelope_of(user_id))
    _say(kept, "deleted")


@data.command()
def purge() -> None:
    """Delete what was not used for KEEP_DAYS; a server does so by itself, once a day."""
    settings, _, store = _opened()
    _say(store.purge(datetime.now(UTC) - timedelta(days=settings.keep_days)), "deleted")


def _opened() -> tuple[StoreSettings, Keys, Store]:
    """Return the store of the settings; raises ConfigError where it has no file yet: none is made here."""
    settings = store_settings(os.environ)
    if settings.file is not None and not settings.file.is_file():
        raise ConfigError("DATABASE_URL", f"names {settings.file}, where nothing is kept")
    keys = keys_of(settings)
    store = open_store(settings, keys, lambda: datetime.now(UTC), WAIT_SECONDS)
    click.get_current_context().call_on_close(store.close)
    return settings, keys, store


def _id(user: str) -> str:
    """Return the id itself; on a command line, other users of the machine could read it."""
    user_id = sys.stdin.readline().strip() if user == "-" else user
    if not user_id:
        raise click.BadParameter("is empty", param_hint="--user")
    return user_id


def _line(record: Kept) -> str:
    fields = {"key": record.key, "used_at": record.used_at.isoformat(), "attributes": record.attributes}
    return json.dumps(fields, ensure_ascii=False)


def _say(count: int, what: str) -> None:
    click.echo(f"{count} {'record' if count == 1 else 'records'} {what}.", err=True)
