"""When the store is asked, what it is given, and that the routine goes on without it."""

from collections.abc import Iterator

import pytest

from skill.memory import ANYBODY, Person, Place, Practice, Progress, Record, practised
from skill.routine import Detail, Side
from skill.simulator.clock import START
from skill.simulator.device import Device
from skill.simulator.script import parse_line, perform
from skill.simulator.turn import Turn
from skill.timeline import Entry, Plan
from tests.conftest import DeviceFactory
from tests.fake_store import FakeStore

USER = "amzn1.ask.account.first"
CANNOT_REMEMBER = "cannot remember"
BREAK_INS = (
    *("how long left", "repeat that", "which side is this", "what is the psoas", "pause", "help", "banana"),
    *("easier", "how do I do this", "how am I doing", "resume", "my streak"),
)


@pytest.fixture(autouse=True)
def _well(store: FakeStore) -> Iterator[None]:
    yield
    store.is_down = store.is_full = store.is_late = False


@pytest.fixture
def first(echo: DeviceFactory) -> Device:
    return echo("first")


def talk(device: Device, *lines: str) -> Turn:
    turns = [perform(parse_line(line), device) for line in lines]
    return turns[-1]


def person(store: FakeStore, key: str = ANYBODY, user: str = USER) -> Person:
    return Record.from_attributes(store.records[user]).people[key]


def test_a_break_in_touches_no_store(first: Device, store: FakeStore) -> None:
    talk(first, "open", "yes")
    before = store.calls
    for said in BREAK_INS:
        assert talk(first, f"[20] {said}").open
    assert store.calls == before


def test_a_question_that_is_asked_back_in_a_hold_touches_no_store(first: Device, store: FakeStore) -> None:
    talk(first, "open", "yes")
    before = store.calls
    assert "Did you mean" in talk(first, "[20] how many reps of lunges and how many of bridges").text
    talk(first, "the second one")
    assert store.calls == before


def test_a_preference_is_saved_as_soon_as_it_is_said(first: Device, store: FakeStore) -> None:
    talk(first, "open", "yes")
    before = store.writes
    talk(first, "[20] hold forty-five seconds")
    assert store.writes == before + 1
    talk(first, "[20] less talk")
    assert (person(store).preferences.hold, person(store).preferences.detail) == (45, Detail.BRIEF)


def test_a_session_reads_once_and_writes_once_a_block_and_at_its_end(first: Device, store: FakeStore) -> None:
    reads, writes = store.reads, store.writes
    talk(first, "open")
    assert (store.reads - reads, store.writes - writes) == (1, 0)
    before = store.calls
    talk(first, "yes")
    assert store.calls - before == 2  # a change is read and written
    talk(first, "[30] how long left", "ready")
    assert store.calls - before == 4
    talk(first, "[30] stop")
    assert store.calls - before == 6


def test_whoever_only_looks_in_leaves_nothing_behind(first: Device, store: FakeStore) -> None:
    talk(first, "open", "what is the psoas", "how am I doing", "[silence]", "open", "stop", "ask: how often")
    assert USER not in store.records


def test_the_place_is_there_although_the_session_never_ends(
    first: Device, echo: DeviceFactory, store: FakeStore
) -> None:
    """The connection is lost in the second block."""
    talk(first, "open", "yes", "ready")
    kept = person(store)
    assert kept.place
    assert kept.place.exercise == "kneeling"
    assert (kept.progress.seconds, kept.progress.exercises, kept.progress.sessions) == (120, 1, 1)
    record = store.records[USER]
    again = echo("first")
    store.records[USER] = record
    assert "You were on the kneeling stretch" in talk(again, "open").text


def test_a_block_counts_as_far_as_it_had_come_when_the_session_ended(first: Device, store: FakeStore) -> None:
    talk(first, "open", "yes", "[40] open")
    seconds = person(store).progress.seconds
    assert 20 <= seconds <= 30
    talk(first, "yes", "[silence]")
    assert person(store).progress.seconds == pytest.approx(120, abs=2)
    assert person(store).progress.sessions == 2


def test_what_was_done_is_counted_once_however_often_it_is_saved(first: Device, store: FakeStore) -> None:
    talk(first, "open", "short routine", "[100] next", "[60] done", "[40] pause", "resume", "stop")
    total = person(store).progress
    assert total.sessions == 1
    assert total.exercises <= 3
    assert 60 <= total.seconds <= 160


def test_a_finished_routine_leaves_progress_and_no_place(first: Device, store: FakeStore) -> None:
    talk(first, "open", "do the bridges", "[silence]")
    kept = person(store)
    assert kept.place is None
    assert (kept.progress.sessions, kept.progress.exercises) == (1, 1)
    assert kept.progress.first == kept.progress.last == START.date()


def test_neither_health_nor_words_are_stored(first: Device, store: FakeStore) -> None:
    talk(first, "open", "yes", "[30] it feels numb", "my knee hurts", "what about pregnancy", "[silence]")
    stored = str(store.records[USER])
    assert not any(word in stored for word in ("numb", "hurt", "ache", "pain", "knee hurts", "pregnancy"))


def test_two_devices_of_one_person_lose_nothing(first: Device, echo: DeviceFactory, store: FakeStore) -> None:
    second = echo("first")
    talk(first, "open", "do the bridges")
    talk(second, "open", "do the clamshells")
    talk(first, "no")
    talk(second, "no")
    assert (person(store).progress.sessions, person(store).progress.exercises) == (2, 2)


def test_a_full_store_is_owned_up_to_once_and_saved_to_later(first: Device, store: FakeStore) -> None:
    talk(first, "open")
    store.is_full = True
    assert CANNOT_REMEMBER in talk(first, "yes").text
    assert CANNOT_REMEMBER not in talk(first, "[20] how long left").text
    assert CANNOT_REMEMBER not in talk(first, "ready").text
    store.is_full = False
    assert CANNOT_REMEMBER not in talk(first, "stop").text
    assert person(store).progress.seconds > 120


def test_what_could_not_be_read_is_added_to_when_it_can_be_saved(first: Device, store: FakeStore) -> None:
    done = practised(Progress(), START.date(), Practice(600, 5, 1))
    store.records[USER] = {**Record(people={ANYBODY: Person(progress=done)}).to_attributes(), "revision": 1}
    with store.down():
        talk(first, "open", "do the bridges")
    talk(first, "no")
    assert person(store).progress.sessions == 2
    assert person(store).progress.seconds > 600


def test_a_save_that_took_effect_too_late_is_not_counted_twice(
    first: Device, echo: DeviceFactory, store: FakeStore
) -> None:
    """As whose save did not take effect at all."""
    other = echo("other")
    for device in (first, other):
        talk(device, "open", "yes")
        store.is_late, store.is_full = device is first, device is other
        assert CANNOT_REMEMBER in talk(device, "ready").text
        store.is_late = store.is_full = False
        talk(device, "[40] stop")
    assert person(store).progress.seconds > 120
    assert person(store).progress == person(store, user="amzn1.ask.account.other").progress


def test_a_record_of_a_newer_version_is_left_alone(first: Device, store: FakeStore) -> None:
    newer = {"shape": 99, "revision": 4, "folk": {}}
    store.records[USER] = newer
    assert CANNOT_REMEMBER in talk(first, "open").text
    talk(first, "yes", "stop")
    assert store.records[USER] == newer


def test_a_place_that_is_not_in_the_content_any_more_gets_the_usual_welcome(
    first: Device, store: FakeStore
) -> None:
    plan = Plan("daily", first=3, entry=Entry.ANEW)
    gone = Person(Place(plan, "splits", Side.LEFT, 1, START))
    store.records[USER] = {**Record(people={ANYBODY: gone}).to_attributes(), "revision": 1}
    said = talk(first, "open").text
    assert said.startswith("Welcome back.")
    assert said.endswith("Shall we begin?")


def test_a_routine_that_is_not_in_the_content_any_more_gets_the_usual_welcome(
    first: Device, store: FakeStore
) -> None:
    gone = Person(Place(Plan("yoga"), "kneeling", Side.LEFT, 1, START))
    store.records[USER] = {**Record(people={ANYBODY: gone}).to_attributes(), "revision": 1}
    assert talk(first, "open").text.endswith("Shall we begin?")


def test_an_event_that_could_not_be_served_is_not_acknowledged(first: Device, store: FakeStore) -> None:
    talk(first, "open", "yes", "stop")
    with store.down(), pytest.raises(AssertionError, match="internal"):
        first.disable()
    assert USER in store.records
    first.disable()
    assert USER not in store.records


def test_people_are_kept_under_a_hash(first: Device, store: FakeStore) -> None:
    first.recognise("amzn1.ask.person.anna")
    talk(first, "open", "yes", "stop")
    (key,) = Record.from_attributes(store.records[USER]).people
    assert len(key) == 16
    assert "anna" not in str(store.records[USER])


def test_the_person_stays_the_same_until_the_session_ends(first: Device, store: FakeStore) -> None:
    """Alexa need not recognise them in every sentence."""
    first.recognise("amzn1.ask.person.anna")
    talk(first, "open", "yes")
    first.recognise(None)
    talk(first, "ready", "[silence]")
    assert len(Record.from_attributes(store.records[USER]).people) == 1
