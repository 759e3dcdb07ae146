"""Stores to test: SQLite in a file, PostgreSQL on a server of our own, DynamoDB as moto serves it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp

from skill.store import InMemoryStore, Keys, Store, StoreSettings, envelope_of, open_store

SECRET = "a secret of thirty-two characters"  # noqa: S105 (of the tests)
START = datetime(2026, 1, 1, 9, tzinfo=UTC)
ALICE, BOB = envelope_of("amzn1.ask.account.ALICE"), envelope_of("amzn1.ask.account.BOB")
TABLE = "records"


@dataclass
class Calendar:
    """A clock that moves by days."""

    moment: datetime = START

    def now(self) -> datetime:
        return self.moment

    def wait(self, days: int) -> None:
        self.moment += timedelta(days=days)


@dataclass(frozen=True)
class Opened:
    """A store, and the clock it lives by."""

    store: Store
    calendar: Calendar = field(default_factory=Calendar)


def opened(settings: StoreSettings) -> Opened:
    calendar = Calendar()
    return Opened(open_store(settings, keys(), calendar.now), calendar)


def in_memory() -> Opened:
    calendar = Calendar()
    return Opened(InMemoryStore(keys(), calendar.now), calendar)


def keys() -> Keys:
    return Keys(SECRET.encode)


def sqlite(folder: Path) -> StoreSettings:
    return StoreSettings(f"sqlite:///{folder / 'coach.db'}", secret=SECRET)


class PostgresqlServer:
    """A throw-away cluster, heard on a socket in its own folder alone."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(mkdtemp(prefix="coach-", dir="/tmp"))
        self.settings = StoreSettings(
            f"postgresql+psycopg://coach@/postgres?host={self._folder}", secret=SECRET
        )

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres")
        self._run("initdb", "--username=coach", "--auth=trust", "--no-sync", "--locale=C", "--encoding=UTF8")
        self.go_on()

    def go_on(self) -> None:
        options = f"-F -k {self._folder} -c listen_addresses="
        self._run("pg_ctl", "--wait", f"--options={options}", f"--log={self._folder / 'log'}", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "--mode=immediate", "stop")

    def remove(self) -> None:
        shutil.rmtree(self._folder)

    def _run(self, program: str, *arguments: str) -> None:
        """Run a program on the cluster; the server refuses to run as root."""
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*user, str(self._programs / program), f"--pgdata={self._folder / 'data'}", *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=self._folder)  # noqa: S603 (ours)


def postgresql_programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that is installed, if any is."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    return max((path.parent for path in found), key=lambda path: float(path.parent.name), default=None)


@contextmanager
def postgresql(programs: Path) -> Iterator[PostgresqlServer]:
    server = PostgresqlServer(programs)
    try:
        server.start()
        yield server
        server.stop()
    finally:
        server.remove()


@contextmanager
def dynamodb() -> Iterator[dict[str, str]]:
    """Serve DynamoDB; gives the environment that AWS's own library finds it by."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415 (slow)

    server = ThreadedMotoServer("127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield {
        "AWS_ENDPOINT_URL_DYNAMODB": f"http://{host}:{port}",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    server.stop()


def create_table(name: str = TABLE) -> None:
    """Create the table as the README tells the host to."""
    import boto3  # noqa: PLC0415 (slow)

    boto3.client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )


def delete_table(name: str = TABLE) -> None:
    import boto3  # noqa: PLC0415 (slow)

    boto3.client("dynamodb").delete_table(TableName=name)


def clear(store: Store) -> None:
    """Empty a store that outlives a test."""
    store.purge(datetime.max.replace(tzinfo=UTC))
