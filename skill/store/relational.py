"""Records in one table of SQLite or PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from ask_sdk_model import RequestEnvelope
from sqlalchemy import (
    JSON,
    URL,
    BigInteger,
    Column,
    Connection,
    Integer,
    MetaData,
    String,
    Table,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from skill.errors import Conflict, StoreError
from skill.store.attributes import REVISION, Attributes, revision_of, storable
from skill.store.connections import Connections
from skill.store.contract import Kept, Store
from skill.store.keys import Keys

RECORDS = Table(
    "records",
    MetaData(),
    Column("key", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("attributes", JSON, nullable=False),
    Column("used_at", BigInteger, nullable=False, index=True),  # seconds since 1970
)


class RelationalStore(Store):
    """Keeps a row a record; `version` is the revision of its attributes.

    `wait_seconds` is how long a lock, a statement or a free connection is waited for.
    """

    def __init__(self, url: URL, keys: Keys, now: Callable[[], datetime], wait_seconds: float) -> None:
        self._connections = Connections(url, RECORDS, wait_seconds)
        self._keys = keys
        self._now = now

    def get_attributes(self, request_envelope: RequestEnvelope) -> Attributes:
        """Return the account's record; empty where nothing is stored."""
        query = select(RECORDS).where(RECORDS.c.key == self._keys.of(request_envelope))
        with self._transaction() as connection:
            row = connection.execute(query).one_or_none()
        return {**row.attributes, REVISION: row.version} if row else {}

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Attributes) -> None:
        """Store the record; raises Conflict where another write came between."""
        key, seen = self._keys.of(request_envelope), revision_of(attributes)
        stored = storable(attributes)
        row = {
            "key": key,
            "version": stored.pop(REVISION),
            "attributes": stored,
            "used_at": int(self._now().timestamp()),
        }
        is_same = (RECORDS.c.key == key) & (RECORDS.c.version == seen)
        statement = update(RECORDS).where(is_same) if seen else insert(RECORDS)
        with self._transaction() as connection:
            result = connection.execute(statement.values(row))
            if seen and result.rowcount == 0:
                raise Conflict("another write came between")

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Delete the account's record, if there is one."""
        key = self._keys.of(request_envelope)
        with self._transaction() as connection:
            connection.execute(delete(RECORDS).where(RECORDS.c.key == key))

    def records(self, key: str | None = None) -> Iterator[Kept]:
        """Yield every record, in the order of the keys, or the one under this key."""
        query = select(RECORDS).order_by(RECORDS.c.key)
        with self._transaction() as connection:
            for row in connection.execute(query if key is None else query.where(RECORDS.c.key == key)):
                attributes = {**row.attributes, REVISION: row.version}
                yield Kept(row.key, attributes, datetime.fromtimestamp(row.used_at, UTC))

    def purge(self, before: datetime) -> int:
        """Delete what was last written before then; returns how many records that were."""
        with self._transaction() as connection:
            return connection.execute(delete(RECORDS).where(RECORDS.c.used_at < before.timestamp())).rowcount

    def check(self) -> None:
        """Delete nothing: that takes what a write takes, also the lock, and changes no page."""
        with self._transaction() as connection:
            connection.execute(delete(RECORDS).where(RECORDS.c.key == ""))

    def close(self) -> None:
        """Close the connections that are not in use."""
        self._connections.close()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """Give a connection whose work is committed at the end; errors become the store's own."""
        try:
            with self._connections.engine().begin() as connection:
                yield connection
        except IntegrityError as error:
            raise Conflict("another write came between") from error
        except DBAPIError as error:
            self.close()  # what connected to a read-only file stays read-only, whatever becomes of the file
            raise StoreError(f"the database cannot be used: {error.orig}") from error
        except (SQLAlchemyError, OSError) as error:
            raise StoreError(f"the database cannot be used: {error}") from error
