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


def _id(_context: click.Context, _option: click.Parameter, user: str | None) -> str | None:
    """Return the id itself; on a command line, other users of the machine could read it."""
    user_id = sys.stdin.readline().strip() if user == "-" else user
    if user_id == "":
        raise click.BadParameter("is empty")
    return user_id


@click.group()
def data() -> None:
    """Show, delete or tidy up what is remembered; the settings say where that is."""


@data.command()
@click.option("--user", metavar="ID", callback=_id, help="The user id, or - to read it.")
def export(*, user: str | None) -> None:
    """Print what is kept, one JSON object a line: everything, or one account's."""
    settings, store = _opened()
    kept = 0
    for record in store.records(None if user is None else _keys(settings).hashed(user)):
        click.echo(_line(record))
        kept += 1
    _say(kept, "kept")


@data.command()
@click.option("--user", metavar="ID", required=True, callback=_id, help="The user id, or - to read it.")
def delete(*, user: str) -> None:
    """Delete all that is kept of one account."""
    settings, store = _opened()
    kept = sum(1 for _ in store.records(_keys(settings).hashed(user)))
    store.delete_attributes(envelope_of(user))
    _say(kept, "deleted")


@data.command()
def purge() -> None:
    """Delete what was not used for KEEP_DAYS; a server does so by itself, once a day."""
    settings, store = _opened()
    _say(store.purge(datetime.now(UTC) - timedelta(days=settings.keep_days)), "deleted")


def _opened() -> tuple[StoreSettings, Store]:
    """Return the store of the settings; raises ConfigError where it has no file yet: none is made here."""
    settings = store_settings(os.environ)
    if settings.file is not None and not settings.file.is_file():
        raise ConfigError("DATABASE_URL", f"names {settings.file}, where nothing is kept")
    store = open_store(settings, keys_of(settings), lambda: datetime.now(UTC), WAIT_SECONDS)
    click.get_current_context().call_on_close(store.close)
    return settings, store


def _keys(settings: StoreSettings) -> Keys:
    """Return what finds an account; raises ConfigError without the secret: a new one would find nobody."""
    if settings.secret_file is not None and not settings.secret_file.is_file():
        raise ConfigError("STORE_KEY", f"is not set, and {settings.secret_file} is not there")
    return keys_of(settings)


def _line(record: Kept) -> str:
    fields = {"key": record.key, "used_at": record.used_at.isoformat(), "attributes": record.attributes}
    return json.dumps(fields, ensure_ascii=False)


def _say(count: int, what: str) -> None:
    click.echo(f"{count} {'record' if count == 1 else 'records'} {what}.", err=True)
