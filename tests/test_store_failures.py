"""Databases that are locked, full, read-only, gone or broken: an error in time, and no harm done."""

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import psycopg
import pytest

from skill.errors import StoreError
from skill.store import Keys, Store, StoreSettings, envelope_of, hashed, keys_of, open_store
from skill.store.keys import secret_in
from tests.databases import ALICE, BOB, SECRET, Calendar, PostgresqlServer, clear, keys, sqlite
from tests.trouble import (
    as_nobody,
    locked,
    make_read_only,
    make_writable,
    no_file_larger_than,
    nobodys_folder,
)

PROJECT = Path(__file__).parent.parent
RECORD = {"sessions": 1}

Impatient = Callable[[StoreSettings], Store]

PRACTISE = """
import sys
from datetime import UTC, datetime
from skill.store import StoreSettings, envelope_of, keys_of, open_store, update
settings = StoreSettings(sys.argv[1])
store = open_store(settings, keys_of(settings), lambda: datetime.now(UTC), 60)
for _ in range(5):
    update(store, envelope_of("alice"), lambda record: {"sessions": record.get("sessions", 0) + 1})
"""


@pytest.fixture
def impatient() -> Iterator[Impatient]:
    """Open stores that hardly wait, and close them."""
    with ExitStack() as stack:

        def opened(settings: StoreSettings) -> Store:
            store = open_store(settings, keys(), Calendar().now, wait_seconds=0.05)
            stack.callback(store.close)
            return store

        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "coach.db"


@pytest.fixture
def store(tmp_path: Path, impatient: Impatient) -> Store:
    """A store with a record of Alice's."""
    store = impatient(sqlite(tmp_path))
    store.save_attributes(ALICE, dict(RECORD))
    return store


def is_sound(file: Path) -> bool:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def sessions(store: Store) -> object:
    return store.get_attributes(ALICE).get("sessions")


def test_the_file_and_its_folder_are_made_for_their_owner_alone_when_they_are_needed(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    settings = StoreSettings(f"sqlite:///{folder / 'coach.db'}")
    with closing(open_store(settings, keys_of(settings), Calendar().now)) as store:
        assert not folder.exists()
        store.save_attributes(ALICE, dict(RECORD))
        modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == dict.fromkeys(("coach.db", "coach.db-shm", "coach.db-wal", "coach.key"), 0o600)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_commit_is_on_the_disk_before_it_is_acknowledged(store: Store) -> None:
    pragmas = ("PRAGMA journal_mode", "PRAGMA synchronous")
    with store._transaction() as connection:  # type: ignore[attr-defined]  # noqa: SLF001 (nothing else shows it)
        assert [connection.exec_driver_sql(pragma).scalar() for pragma in pragmas] == ["wal", 2]


def test_a_locked_database_is_read_as_ever_and_written_when_it_is_free(store: Store, file: Path) -> None:
    with locked(file):
        with pytest.raises(StoreError, match="locked"):
            store.save_attributes(ALICE, {"sessions": 2, "revision": 1})
        with pytest.raises(StoreError, match="locked"):
            store.check()
        assert sessions(store) == 1
    store.save_attributes(ALICE, {"sessions": 2, "revision": 1})
    assert sessions(store) == 2


def test_a_full_disk_refuses_a_record_and_keeps_the_others(store: Store, file: Path) -> None:
    with no_file_larger_than(64 * 1024), pytest.raises(StoreError):
        store.save_attributes(BOB, {"long": "x" * 10**6})
    assert (sessions(store), store.get_attributes(BOB)) == (1, {})
    store.save_attributes(BOB, dict(RECORD))
    assert is_sound(file)


@pytest.fixture
def nobodys() -> Iterator[Path]:
    with nobodys_folder() as folder:
        yield folder


def test_a_read_only_database_takes_no_record_and_loses_none(nobodys: Path, impatient: Impatient) -> None:
    with as_nobody():
        impatient(sqlite(nobodys)).save_attributes(ALICE, dict(RECORD))
        store = impatient(sqlite(nobodys))
        make_read_only(nobodys)
        with pytest.raises(StoreError):
            store.save_attributes(ALICE, {"sessions": 2, "revision": 1})
        with pytest.raises(StoreError):
            store.check()
        make_writable(nobodys)
        assert sessions(store) == 1
        store.save_attributes(ALICE, {"sessions": 2, "revision": 1})
        assert sessions(store) == 2


def test_a_deleted_database_is_begun_anew_and_nothing_of_the_old_one_comes_back(
    store: Store, file: Path
) -> None:
    file.unlink()
    assert store.get_attributes(ALICE) == {}
    store.save_attributes(BOB, dict(RECORD))
    assert [record.attributes["sessions"] for record in store.records()] == [1]
    assert is_sound(file)


def test_a_database_that_was_replaced_is_the_one_that_is_used(
    tmp_path: Path, store: Store, file: Path, impatient: Impatient
) -> None:
    elsewhere = tmp_path / "backup"
    backup = impatient(sqlite(elsewhere))
    backup.save_attributes(ALICE, {"sessions": 7})
    backup.close()
    store.close()
    (elsewhere / "coach.db").rename(file)
    assert sessions(store) == 7


def test_a_folder_in_the_place_of_the_database_is_an_error(
    tmp_path: Path, file: Path, impatient: Impatient
) -> None:
    file.mkdir()
    with pytest.raises(StoreError):
        impatient(sqlite(tmp_path)).get_attributes(ALICE)


def test_a_file_in_the_place_of_the_folder_is_an_error(file: Path, impatient: Impatient) -> None:
    file.touch()
    with pytest.raises(StoreError):
        impatient(sqlite(file)).get_attributes(ALICE)


def test_a_broken_database_is_an_error_and_left_as_it_is(
    tmp_path: Path, file: Path, impatient: Impatient
) -> None:
    file.write_bytes(b"this is no database" * 100)
    store = impatient(sqlite(tmp_path))
    for _ in range(2):
        with pytest.raises(StoreError, match="not a database"):
            store.get_attributes(ALICE)
        with pytest.raises(StoreError, match="not a database"):
            store.save_attributes(ALICE, dict(RECORD))
    assert file.read_bytes() == b"this is no database" * 100


def test_workers_that_start_together_make_one_database_and_one_secret(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'coach.db'}"
    command = [sys.executable, "-c", PRACTISE, url]
    workers = [subprocess.Popen(command, cwd=PROJECT) for _ in range(3)]  # noqa: S603 (ours)
    assert [worker.wait(60) for worker in workers] == [0, 0, 0]
    settings = StoreSettings(url)
    with closing(open_store(settings, keys_of(settings), Calendar().now)) as store:
        assert store.get_attributes(envelope_of("alice")) == {"sessions": 15, "revision": 15}
        assert len(list(store.records())) == 1


def test_the_secret_is_made_once(tmp_path: Path) -> None:
    secret = secret_in(tmp_path / "coach.key")
    assert (len(secret), secret_in(tmp_path / "coach.key")) == (64, secret)
    assert Keys(lambda: secret).hashed("a") == hashed(secret, "a")


def test_a_folder_that_was_deleted_is_begun_anew_with_a_secret_that_outlives_the_process(
    tmp_path: Path,
) -> None:
    """Or nobody would ever find, or forget, what was stored since."""
    folder = tmp_path / "data"
    settings = StoreSettings(f"sqlite:///{folder / 'coach.db'}")
    with closing(open_store(settings, keys_of(settings), Calendar().now)) as store:
        store.save_attributes(ALICE, dict(RECORD))
        shutil.rmtree(folder)
        store.save_attributes(ALICE, {"sessions": 7})
    with closing(open_store(settings, keys_of(settings), Calendar().now)) as restarted:
        assert sessions(restarted) == 7


@pytest.mark.parametrize("content", ["", "short\n"])
def test_a_secret_that_is_none_is_not_used(tmp_path: Path, content: str) -> None:
    (tmp_path / "coach.key").write_text(content)
    with pytest.raises(StoreError, match=r"coach\.key"):
        secret_in(tmp_path / "coach.key")


def test_a_secret_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "coach.key").mkdir()
    with pytest.raises(StoreError, match=r"coach\.key"):
        secret_in(tmp_path / "coach.key")


def test_a_server_that_is_gone_is_an_error_and_one_that_is_back_is_used(
    postgresql: PostgresqlServer, impatient: Impatient
) -> None:
    store = impatient(postgresql.settings)
    clear(store)
    store.save_attributes(ALICE, dict(RECORD))
    postgresql.stop()
    try:
        with pytest.raises(StoreError):
            store.get_attributes(ALICE)
        with pytest.raises(StoreError):
            store.check()
    finally:
        postgresql.go_on()
    assert sessions(store) == 1


def test_a_row_that_somebody_has_locked_is_waited_for_no_longer_than_allowed(
    postgresql: PostgresqlServer, impatient: Impatient
) -> None:
    store = impatient(postgresql.settings)
    clear(store)
    store.save_attributes(ALICE, dict(RECORD))
    url = str(postgresql.settings.database_url).replace("+psycopg", "")
    with psycopg.connect(url) as other:
        other.execute("UPDATE records SET version = version")
        with pytest.raises(StoreError, match="timeout"):
            store.save_attributes(ALICE, {"sessions": 2, "revision": 1})
        other.rollback()
    store.save_attributes(ALICE, {"sessions": 2, "revision": 1})
    assert sessions(store) == 2


def test_an_error_shows_no_password(tmp_path: Path) -> None:
    url = f"postgresql+psycopg://coach:hunter2@/postgres?host={tmp_path}"
    settings = StoreSettings(url, secret=SECRET)
    with pytest.raises(StoreError) as caught:
        open_store(settings, keys_of(settings), Calendar().now).get_attributes(ALICE)
    shown = [str(caught.value), repr(caught.value.__cause__), repr(settings)]
    assert not any("hunter2" in text or SECRET in text for text in shown)


def test_a_table_that_is_not_there_is_an_error(dynamodb: StoreSettings) -> None:
    settings = StoreSettings(dynamodb_table="elsewhere", secret=dynamodb.secret)
    store = open_store(settings, keys(), Calendar().now)
    for call in (store.get_attributes, store.delete_attributes, lambda _: store.check()):
        with pytest.raises(StoreError):
            call(ALICE)
    with pytest.raises(StoreError):
        store.save_attributes(ALICE, dict(RECORD))
    with pytest.raises(StoreError):
        list(store.records())
