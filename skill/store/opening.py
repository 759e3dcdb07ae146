"""From the settings to the store."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

from sqlalchemy import URL, make_url

from skill.errors import ConfigError
from skill.store.contract import Store
from skill.store.keys import SECRET_BYTES, Keys, secret_in
from skill.store.memory import InMemoryStore
from skill.store.relational import RelationalStore

KEEP_DAYS = 365
WAIT_SECONDS = 1.0


@dataclass(frozen=True)
class StoreSettings:
    """Where records are kept, under which secret, and how long; without a place, in memory."""

    database_url: str | None = field(default=None, repr=False)  # may hold a password
    dynamodb_table: str | None = None
    secret: str | None = field(default=None, repr=False)
    """What the keyed hash is made with; None for the one in the file beside an SQLite file."""
    keep_days: int = KEEP_DAYS
    """How long a record is kept after it was last written."""

    @property
    def file(self) -> Path | None:
        """Return the file of SQLite; None elsewhere."""
        url = make_url(self.database_url) if self.database_url and not self.dynamodb_table else None
        return Path(url.database or "") if url and url.get_backend_name() == "sqlite" else None

    @property
    def secret_file(self) -> Path | None:
        """Return where the secret is, if the settings do not have it."""
        return self.file.with_suffix(".key") if self.file and self.secret is None else None


def keys_of(settings: StoreSettings) -> Keys:
    """Return what makes the keys of records, and stands for people in them."""
    file = settings.secret_file
    if file:
        return Keys(lambda: secret_in(file))
    secret = settings.secret.encode() if settings.secret else secrets.token_bytes(SECRET_BYTES)
    return Keys(lambda: secret)


def open_store(
    settings: StoreSettings, keys: Keys, now: Callable[[], datetime], wait_seconds: float = WAIT_SECONDS
) -> Store:
    """Return the store, which connects when it is first asked.

    `wait_seconds` is how long a database may take over a lock or a statement. Raises ConfigError where a
    package or a region is missing.
    """
    if settings.dynamodb_table:
        return _dynamodb(settings.dynamodb_table, keys, now, timedelta(days=settings.keep_days))
    if settings.database_url:
        return RelationalStore(_installed(make_url(settings.database_url)), keys, now, wait_seconds)
    return InMemoryStore(keys, now)


def _installed(url: URL) -> URL:
    if url.get_backend_name() == "postgresql" and find_spec("psycopg") is None:
        raise ConfigError("DATABASE_URL", "is PostgreSQL's; that needs pip install -e '.[postgresql]'")
    return url


def _dynamodb(table: str, keys: Keys, now: Callable[[], datetime], keep: timedelta) -> Store:
    if find_spec("ask_sdk_dynamodb") is None:
        raise ConfigError("DYNAMODB_TABLE", "is set; that needs pip install -e '.[dynamodb]'")
    from botocore.exceptions import NoRegionError  # noqa: PLC0415 (optional)

    try:
        from skill.store.dynamodb import DynamoDbStore  # noqa: PLC0415 (optional; its import wants a region)
    except NoRegionError as error:
        raise ConfigError("AWS_DEFAULT_REGION", "is not set; DYNAMODB_TABLE needs a region") from error
    return DynamoDbStore(table, keys, now, keep)
