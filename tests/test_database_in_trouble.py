"""A real database in trouble, as a person hears it and a host sees it: one sentence, and nothing is lost."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pytest
from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.simulator.authority import Authority
from skill.simulator.device import Device
from skill.store import Attributes, InMemoryStore, Store, open_store
from tests.databases import START, keys, sqlite
from tests.household import Household, kept, talk
from tests.trouble import (
    as_nobody,
    locked,
    make_read_only,
    make_writable,
    no_file_larger_than,
    nobodys_folder,
)

CANNOT_REMEMBER = "cannot remember"

T = TypeVar("T")
Home = Callable[[Path], tuple[Household, Store]]
Trouble = Callable[[Path], AbstractContextManager[None]]


@pytest.fixture
def home(authority: Authority) -> Iterator[Home]:
    """Make a household whose database is a file in a folder; a lock is hardly waited for."""
    with ExitStack() as stack:

        def made(folder: Path) -> tuple[Household, Store]:
            store = open_store(sqlite(folder), keys(), lambda: START, wait_seconds=0.1)
            stack.callback(store.close)
            return Household(authority, store), store

        yield made


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Let the log of the database, its largest file, grow no more."""
    with no_file_larger_than((folder / "coach.db-wal").stat().st_size):
        yield


@contextmanager
def out_of_reach(folder: Path) -> Iterator[None]:
    """Put a file where the folder was, as if its disk were not mounted."""
    elsewhere = folder.rename(folder.with_name("elsewhere"))
    folder.touch()
    yield
    folder.unlink()
    elsewhere.rename(folder)


def locked_in(folder: Path) -> AbstractContextManager[None]:
    return locked(folder / "coach.db")


@dataclass
class Slow(AbstractPersistenceAdapter):
    """A store that does what it is asked, later than anybody waits."""

    store: Store
    is_slow: bool = False
    asked: int = 0

    def get_attributes(self, request_envelope: RequestEnvelope) -> Attributes:
        return self._answer(self.store.get_attributes(request_envelope))

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Attributes) -> None:
        self._answer(self.store.save_attributes(request_envelope, attributes))

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        self._answer(self.store.delete_attributes(request_envelope))

    def _answer(self, answer: T) -> T:
        self.asked += 1
        if self.is_slow:
            raise TimeoutError
        return answer


def begun(home: Household) -> Device:
    """Return the Echo of somebody who has practised before, and has just begun again."""
    device = home.echo("bedroom")
    talk(device, "open", "do the bridges", "[silence]", "[wait 100000]", "open")
    return device


@pytest.mark.parametrize("trouble", [locked_in, full, out_of_reach])
def test_a_database_in_trouble_costs_one_sentence_and_later_saves_take_what_was_missed(
    home: Home, tmp_path: Path, trouble: Callable[[Path], AbstractContextManager[None]]
) -> None:
    household, store = home(tmp_path / "data")
    device = begun(household)
    before = kept(store).progress
    with trouble(tmp_path / "data"):
        assert CANNOT_REMEMBER in talk(device, "yes").text
        assert CANNOT_REMEMBER not in talk(device, "[60] how long left").text
        assert CANNOT_REMEMBER not in talk(device, "ready").text
        assert household.health() == "degraded"
    assert CANNOT_REMEMBER not in talk(device, "[60] stop").text
    after = kept(store).progress
    assert after.sessions == before.sessions + 1
    assert after.seconds > before.seconds + 120
    assert (after.streak, after.best) == (2, 2)
    assert household.health() == "ok"


def test_a_database_that_cannot_be_written_to_is_written_to_when_it_can(home: Home) -> None:
    """The server was started again meanwhile."""
    with nobodys_folder() as folder, as_nobody():
        before, old = home(folder)
        begun(before)
        old.close()
        make_read_only(folder)
        household, store = home(folder)
        device = household.echo("bedroom")
        assert CANNOT_REMEMBER in talk(device, "open").text
        assert CANNOT_REMEMBER not in talk(device, "do the bridges").text
        assert household.health() == "degraded"
        make_writable(folder)
        talk(device, "[60] stop")
        assert kept(store).progress.sessions == 2
        assert household.health() == "ok"
        store.close()


def test_a_database_that_was_deleted_is_begun_anew_while_the_routine_goes_on(
    home: Home, tmp_path: Path
) -> None:
    household, store = home(tmp_path / "data")
    device = begun(household)
    shutil.rmtree(tmp_path / "data")
    assert CANNOT_REMEMBER not in talk(device, "yes", "[60] stop").text
    assert kept(store).progress.sessions == 1
    assert household.health() == "ok"


def test_a_slow_database_is_left_alone_for_the_rest_of_a_short_session(authority: Authority) -> None:
    store = Slow(InMemoryStore())
    household = Household(authority, store)
    device = begun(household)
    store.is_slow, store.asked = True, 0
    assert CANNOT_REMEMBER in talk(device, "yes").text
    assert CANNOT_REMEMBER not in talk(device, "ready", "[60] stop").text
    assert store.asked == 1
    assert household.health() == "degraded"
