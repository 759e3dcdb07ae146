"""A store in trouble costs a turn two seconds at most, and the later turns nothing."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

import pytest
from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.errors import Conflict, StoreError
from skill.store import Attributes, Guard, InMemoryStore, Retention, guarded
from skill.store.guard import REST_SECONDS, SLOW_SECONDS
from tests.databases import ALICE, BOB, Calendar, in_memory, keys


@dataclass
class Stopwatch:
    """A clock that only moves when it is told to."""

    seconds: float = 100.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class Troubled(AbstractPersistenceAdapter):
    """An adapter of somebody else's, whose every call takes a while and then raises."""

    clock: Stopwatch = field(default_factory=Stopwatch)
    error: Exception | None = None
    takes: float = 0.0
    asked: int = 0

    def get_attributes(self, request_envelope: RequestEnvelope) -> Attributes:
        return self._answer(request_envelope)

    def save_attributes(self, request_envelope: RequestEnvelope, _attributes: Attributes) -> None:
        self._answer(request_envelope)

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        self._answer(request_envelope)

    def _answer(self, _envelope: RequestEnvelope) -> Attributes:
        self.asked += 1
        self.clock.seconds += self.takes
        if self.error:
            raise self.error
        return {}


class Hanging(Troubled):
    """An adapter that answers when it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.let_go = threading.Event()

    def _answer(self, envelope: RequestEnvelope) -> Attributes:
        self.let_go.wait()
        return super()._answer(envelope)


@pytest.fixture
def hanging() -> Iterator[Hanging]:
    adapter = Hanging()
    yield adapter
    adapter.let_go.set()


def watched(adapter: Troubled) -> Guard:
    return Guard(adapter, deadline=0.05, clock=adapter.clock)


def test_a_guarded_store_does_what_the_store_does() -> None:
    opened = in_memory()
    guard = Guard(opened.store)
    guard.save_attributes(ALICE, {"sessions": 1})
    assert guard.get_attributes(ALICE) == opened.store.get_attributes(ALICE) == {"sessions": 1, "revision": 1}
    with pytest.raises(Conflict):
        guard.save_attributes(ALICE, {"sessions": 2})
    guard.delete_attributes(ALICE)
    assert guard.get_attributes(ALICE) == {}
    assert guard.is_well()


def test_an_adapter_that_hangs_is_given_up_and_not_asked_again_for_a_while(hanging: Hanging) -> None:
    guard = watched(hanging)
    with pytest.raises(StoreError):
        guard.get_attributes(ALICE)
    with pytest.raises(StoreError, match="too slow"):
        guard.get_attributes(ALICE)
    assert not guard.is_well()
    hanging.let_go.set()
    hanging.clock.seconds += REST_SECONDS
    assert guard.get_attributes(ALICE) == {}
    assert guard.is_well()


def test_after_the_rest_one_call_tries_and_the_others_do_not_wait(hanging: Hanging) -> None:
    guard = watched(hanging)
    with pytest.raises(StoreError):
        guard.get_attributes(ALICE)
    hanging.clock.seconds += REST_SECONDS
    with pytest.raises(StoreError, match="TimeoutError"):
        guard.get_attributes(ALICE)
    with pytest.raises(StoreError, match="too slow"):
        guard.get_attributes(ALICE)


def test_what_fails_slowly_is_left_alone_and_what_fails_fast_is_not() -> None:
    slow, fast = Troubled(error=OSError(), takes=SLOW_SECONDS), Troubled(error=OSError())
    for adapter in (slow, fast):
        for _ in range(3):
            with pytest.raises(StoreError):
                watched(adapter).get_attributes(ALICE)
    guard_of_slow, guard_of_fast = watched(slow), watched(fast)
    slow.asked = fast.asked = 0
    for _ in range(3):
        for guard in (guard_of_slow, guard_of_fast):
            with pytest.raises(StoreError):
                guard.get_attributes(ALICE)
    assert (slow.asked, fast.asked) == (1, 3)


@pytest.mark.parametrize("error", [RuntimeError("secret"), OSError("secret"), TimeoutError("secret")])
def test_whatever_an_adapter_raises_becomes_a_store_error_that_quotes_nothing(error: Exception) -> None:
    guard = watched(Troubled(error=error))
    for call in (
        guard.get_attributes,
        guard.delete_attributes,
        lambda alice: guard.save_attributes(alice, {}),
    ):
        with pytest.raises(StoreError) as caught:
            call(ALICE)
        assert "secret" not in str(caught.value)
        assert not isinstance(caught.value, Conflict)


def test_a_store_that_takes_no_writes_is_not_well_until_it_takes_one() -> None:
    adapter = Troubled(error=OSError())
    guard = watched(adapter)
    with pytest.raises(StoreError):
        guard.save_attributes(ALICE, {})
    adapter.error = None
    assert guard.get_attributes(ALICE) == {}
    assert not guard.is_well()
    guard.save_attributes(ALICE, {})
    assert guard.is_well()


def test_a_conflict_is_no_failure() -> None:
    guard = watched(Troubled(error=Conflict("other"), takes=SLOW_SECONDS))
    for _ in range(2):
        with pytest.raises(Conflict):
            guard.save_attributes(ALICE, {})
    assert guard.is_well()


def test_a_save_is_answered_before_the_store_is_tidied_up() -> None:
    may_tidy, is_tidy = threading.Event(), threading.Event()

    def tidy() -> None:
        may_tidy.wait()
        is_tidy.set()

    guard = Guard(in_memory().store, after_save=tidy)
    guard.save_attributes(ALICE, {})
    assert not is_tidy.is_set()
    may_tidy.set()
    assert is_tidy.wait(60)


def test_a_day_has_one_purge_of_what_was_not_used_for_so_long() -> None:
    opened = in_memory()
    retention = Retention(opened.store, 30, opened.calendar.now)
    purged = []
    opened.store.save_attributes(ALICE, {})
    for _day in range(32):
        retention()
        purged.append(not list(opened.store.records()))
        opened.calendar.wait(days=1)
    assert purged.index(True) == 31


class Expiring(InMemoryStore):
    """A store that forgets by itself."""

    expires = True


@pytest.mark.parametrize(("kind", "left"), [(InMemoryStore, 1), (Expiring, 2)])
def test_a_save_purges_a_store_that_does_not_forget_by_itself(kind: type[InMemoryStore], left: int) -> None:
    calendar = Calendar()
    store = kind(keys(), calendar.now)
    store.save_attributes(ALICE, {})
    calendar.wait(days=31)
    guarded(store, 30, calendar.now).save_attributes(BOB, {})
    for thread in threading.enumerate():
        if thread.name == "store":
            thread.join()
    assert len(list(store.records())) == left


class Unpurgeable(InMemoryStore):
    """A store that cannot be purged."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def purge(self, before: datetime) -> NoReturn:  # noqa: ARG002 (the store's signature)
        self.asked += 1
        raise StoreError("no")


def test_a_purge_that_fails_is_logged_and_tried_again_the_next_day(caplog: pytest.LogCaptureFixture) -> None:
    store, calendar = Unpurgeable(), Calendar()
    retention = Retention(store, 30, calendar.now)
    retention()
    retention()
    assert (store.asked, [record.message for record in caplog.records]) == (1, ["purge failed"])
    calendar.wait(days=1)
    retention()
    assert store.asked == 2
