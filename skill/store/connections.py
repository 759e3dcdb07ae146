"""Connections to a database: SQLite in a file, or PostgreSQL."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Engine, Table, create_engine, event, inspect
from sqlalchemy.dialects.sqlite import dialect
from sqlalchemy.exc import IntegrityError, ProgrammingError
from sqlalchemy.schema import CreateIndex, CreateTable, ExecutableDDLElement

from skill.store.files import make

POSTGRESQL: dict[str, Any] = {
    "connect_timeout": 2,  # seconds; libpq's least
    "tcp_user_timeout": 2000,  # milliseconds until a silent network counts as broken
    "application_name": "hip-coach",
}
# The log is synced at each commit: what is acknowledged outlives the process, and a power cut as well.
PRAGMAS = ("PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL")

Identity = tuple[int, tuple[int, int] | None]


class Connections:
    """The engine of this process: made on first use, again after a fork, and when the file was replaced.

    `wait_seconds` is how long a lock, a statement or a free connection is waited for.
    """

    def __init__(self, url: URL, table: Table, wait_seconds: float) -> None:
        self._url, self._table, self._wait_seconds = url, table, wait_seconds
        self._file = Path(url.database or "") if url.get_backend_name() == "sqlite" else None
        self._lock = Lock()
        self._engine: Engine | None = None
        self._parents: Engine | None = None
        self._made_for: Identity | None = None

    def engine(self) -> Engine:
        """Return the engine; raises OSError or SQLAlchemyError where there is no database to be had."""
        with self._lock:
            if self._engine is None or self._made_for != self._identity():
                self._drop()
                self._engine = self._made()
                _prepare(self._engine, self._table)
                self._made_for = self._identity()
            return self._engine

    def _made(self) -> Engine:
        return self._postgresql() if self._file is None else self._sqlite(self._file)

    def _postgresql(self) -> Engine:
        limit = round(1000 * self._wait_seconds)
        options = {"options": f"-c statement_timeout={limit} -c lock_timeout={limit}"}
        return self._engine_with(POSTGRESQL | options)

    def _sqlite(self, file: Path) -> Engine:
        if not file.exists():
            make(file, lambda draft: _fill(draft, file, self._table))
        engine = self._engine_with({"timeout": self._wait_seconds})
        event.listen(engine, "connect", _make_durable)
        return engine

    def _engine_with(self, arguments: dict[str, Any]) -> Engine:
        return create_engine(
            self._url,
            connect_args=arguments,
            pool_pre_ping=True,
            pool_timeout=self._wait_seconds,
            hide_parameters=True,
        )

    def close(self) -> None:
        """Close what is not in use."""
        with self._lock:
            self._drop()

    def _identity(self) -> Identity:
        """Return the process and the file by number: a deleted file still takes writes, and loses them."""
        try:
            status = self._file.stat() if self._file else None
        except FileNotFoundError:
            status = None
        return os.getpid(), (status.st_dev, status.st_ino) if status else None

    def _drop(self) -> None:
        """Forget the engine; connections from before a fork stay the parent's, and are never closed here."""
        if self._made_for is not None and self._made_for[0] != os.getpid():
            self._parents = self._engine
        elif self._engine is not None:
            self._engine.dispose()
        self._engine = None


def _make_durable(connection: sqlite3.Connection, _record: object = None) -> None:
    for pragma in PRAGMAS:
        connection.execute(pragma)


def _fill(draft: Path, file: Path, table: Table) -> None:
    """Write what will be `file`: an empty database, in the journal mode that two cannot set at once.

    The log of a database that is gone goes as well: SQLite would play it into the new one.
    """
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)
    statements: tuple[ExecutableDDLElement, ...] = (CreateTable(table), *map(CreateIndex, table.indexes))
    with closing(sqlite3.connect(draft)) as connection:
        _make_durable(connection)
        for statement in statements:
            connection.execute(str(statement.compile(dialect=dialect())))


def _prepare(engine: Engine, table: Table) -> None:
    """Make the table where it is missing, also if somebody else does so at the same time."""
    if inspect(engine).has_table(table.name):
        return
    try:
        table.create(engine)
    except (IntegrityError, ProgrammingError):
        if not inspect(engine).has_table(table.name):
            raise
