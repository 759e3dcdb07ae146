"""What outlives a session: counting days, finding a place again, and a record that any version reads."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.memory import (
    ANYBODY,
    Change,
    NewerRecordError,
    Person,
    Place,
    Practice,
    Progress,
    Record,
    Remembered,
    practised,
    record,
)
from skill.memory.change import merged
from skill.memory.days import day_in
from skill.preferences import Preferences
from skill.routine import Bout, Detail, Dose, Side
from skill.timeline import Choice, Entry, Plan
from tests.practice import bouts, hold

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
THURSDAY = NOW.date()
A_DAY = timedelta(days=1)
DONE = Practice(seconds=60, exercises=2, sessions=1)

days = st.dates(date(2026, 1, 1), date(2026, 3, 1))
practices = st.builds(Practice, st.integers(0, 600), st.integers(0, 6), st.integers(0, 1))
ids = st.sampled_from(["bow", "nod", "lift", "bend"])
preferences = st.builds(
    Preferences,
    routine=st.none() | ids,
    hold=st.none() | st.integers(15, 60),
    detail=st.none() | st.sampled_from(Detail),
    side=st.none() | st.sampled_from([Side.LEFT, Side.RIGHT]),
    without=st.lists(ids, max_size=3, unique=True).map(tuple),
)
plans = st.builds(
    Plan,
    routine=ids,
    without=st.lists(ids, max_size=2).map(tuple),
    choices=st.lists(st.builds(Choice, st.integers(0, 30), st.integers(15, 60)), max_size=2).map(tuple),
    first=st.integers(0, 30),
    held=st.integers(0, 60).map(float),
    entry=st.just(Entry.ANEW),
)
places = st.builds(
    Place,
    plans,
    exercise=ids,
    side=st.sampled_from(Side),
    set=st.integers(1, 3),
    when=st.datetimes(timezones=st.just(UTC)).map(lambda moment: moment.replace(microsecond=0)),
)
counted = st.lists(st.tuples(days, practices), max_size=8).map(lambda rows: counted_up(rows))  # noqa: PLW0108 (defined below)
people = st.builds(Person, st.none() | places, preferences, counted)
records = st.builds(
    Record, revision=st.integers(0, 99), people=st.dictionaries(st.text("0123456789abcdef"), people)
)


def counted_up(rows: list[tuple[date, Practice]]) -> Progress:
    progress = Progress()
    for day, done in rows:
        progress = practised(progress, day, done)
    return progress


def on(*offsets: int) -> Progress:
    """Return the progress of who practised so many days after Thursday, the first of January."""
    return counted_up([(THURSDAY + offset * A_DAY, DONE) for offset in offsets])


def test_days_in_a_row_make_a_streak_and_a_day_missed_ends_it() -> None:
    assert [on(*range(n)).streak for n in range(4)] == [0, 1, 2, 3]
    progress = on(0, 1, 2, 4)
    assert (progress.streak, progress.best) == (1, 3)


def test_a_streak_lives_until_the_day_after_has_passed() -> None:
    assert [on(0, 1).streak_on(THURSDAY + n * A_DAY) for n in (1, 2, 3)] == [2, 2, 0]


def test_a_week_is_counted_from_monday_to_sunday() -> None:
    """The first of January 2026 is a Thursday."""
    progress = on(0, 2, 3)
    assert [progress.days_in_week(THURSDAY + n * A_DAY) for n in (3, 4)] == [3, 0]
    assert on(0, 2, 3, 4).days_in_week(THURSDAY + 4 * A_DAY) == 1


def test_nothing_done_changes_nothing() -> None:
    assert practised(on(0), THURSDAY + A_DAY, Practice()) == on(0)


@given(st.lists(st.tuples(days, practices)))
def test_a_streak_is_never_longer_than_the_best_nor_a_week_than_seven_days(
    rows: list[tuple[date, Practice]],
) -> None:
    progress = counted_up(rows)
    assert progress.streak <= progress.best
    assert progress.week <= min(7, len({day for day, _ in rows}))
    assert (progress.first is None) == (progress.last is None)
    assert progress.first is None or progress.last is None or progress.first <= progress.last


@given(counted, days, st.lists(practices))
def test_what_is_done_on_one_day_counts_as_one_day_in_any_order(
    progress: Progress, day: date, rows: list[Practice]
) -> None:
    forth, back = progress, progress
    for done in rows:
        forth = practised(forth, day, done)
    for done in reversed(rows):
        back = practised(back, day, done)
    assert forth == back
    assert forth.week <= progress.days_in_week(day) + 1 or forth.week == progress.week
    assert forth.seconds - progress.seconds == sum(done.seconds for done in rows)


@given(counted, st.integers(0, 100), practices)
def test_a_clock_that_goes_back_takes_nothing_away(progress: Progress, back: int, done: Practice) -> None:
    day = (progress.last or THURSDAY) - back * A_DAY
    after = practised(progress, day, done)
    assert after.seconds == progress.seconds + done.seconds
    if progress.last:
        assert (after.last, after.streak, after.week) == (progress.last, progress.streak, progress.week)


def test_a_day_begins_at_midnight_where_the_person_lives() -> None:
    moment = datetime(2026, 1, 2, 4, 30, tzinfo=UTC)
    assert [day_in(zone, moment).day for zone in ("America/New_York", "UTC", "Asia/Kolkata")] == [1, 2, 2]


@pytest.mark.parametrize("zone", ["", "Middle/Earth", "../../etc/passwd"])
def test_a_zone_that_does_not_exist_counts_as_utc(zone: str) -> None:
    assert day_in(zone, NOW) == THURSDAY


DOSES = (hold("bow", sets=2), hold("nod"))
ROW = bouts(*DOSES)


def place_of(bout: Bout, **plan: Any) -> Place:  # noqa: ANN401 (a plan's fields)
    return Place.of(Plan("practice", first=bout.index, **plan), bout, NOW)


def test_a_place_is_found_again_with_its_setup_and_the_seconds_that_were_held() -> None:
    place = place_of(ROW[2], held=12.0, worked=72.0, done=("bow",), where="bow", last=1)
    assert place.found(lambda _: ROW, NOW) == Plan("practice", first=2, held=12.0, entry=Entry.ANEW)


def test_a_place_is_offered_for_a_day() -> None:
    place = place_of(ROW[2])
    assert place.found(lambda _: ROW, NOW + A_DAY)
    assert place.found(lambda _: ROW, NOW + A_DAY + timedelta(seconds=1)) is None


def test_a_place_is_found_where_its_exercise_is_now() -> None:
    changed = bouts(hold("bend"), *DOSES)
    found = place_of(ROW[2]).found(lambda _: changed, NOW)
    assert found
    assert found.first == 4
    assert changed[4].exercise == ROW[2].exercise
    assert changed[4].side is ROW[2].side


@pytest.mark.parametrize("changed", [(), bouts(hold("nod")), bouts(hold("bow"))])
def test_a_place_that_is_not_in_the_content_any_more_is_gone(changed: tuple[Bout, ...]) -> None:
    assert place_of(ROW[3]).found(lambda _: changed, NOW) is None


def test_a_hold_that_is_shorter_than_what_was_held_begins_anew() -> None:
    shorter = bouts(Dose(2, seconds=15, exercise="bow"))
    found = place_of(ROW[1], held=20.0).found(lambda _: shorter, NOW)
    assert found
    assert found.held == 0


@given(records)
def test_a_record_comes_back_as_it_was_kept_without_fractions(kept: Record) -> None:
    attributes = kept.to_attributes()
    assert "." not in json.dumps(attributes)
    assert Record.from_attributes(json.loads(json.dumps(attributes))) == kept


@given(plans, st.floats(0, 60))
def test_a_place_in_the_middle_of_a_second_is_kept_without_fractions(plan: Plan, held: float) -> None:
    place = Place.of(replace(plan, held=held), ROW[0], NOW)
    attributes = Record(people={ANYBODY: Person(place)}).to_attributes()
    assert "." not in json.dumps(attributes)
    again = Record.from_attributes(attributes).people[ANYBODY].place
    assert again == replace(place, plan=replace(place.plan, held=float(int(held))))


def test_a_record_as_it_is_written_today_will_still_be_read() -> None:
    """These attributes are what stores hold: whoever changes them raises the shape, with the way to it."""
    attributes = {
        "shape": 1,
        "revision": 7,
        "people": {
            "anybody": {
                "place": {
                    "plan": {"routine": "short", "first": 3, "held": 12, "entry": "anew"},
                    "exercise": "twist",
                    "side": "left",
                    "set": 1,
                    "when": "2026-01-01T09:00:00Z",
                },
                "preferences": {"routine": "short", "hold": 45, "side": "left", "without": ["lunge"]},
                "progress": {
                    "sessions": 2,
                    "exercises": 5,
                    "seconds": 300,
                    "first": "2025-12-31",
                    "last": "2026-01-01",
                    "streak": 2,
                    "best": 2,
                    "week": 2,
                },
            }
        },
    }
    place = Place(Plan("short", first=3, held=12.0, entry=Entry.ANEW), "twist", Side.LEFT, 1, NOW)
    wishes = Preferences("short", 45, None, Side.LEFT, ("lunge",))
    progress = Progress(2, 5, 300, THURSDAY - A_DAY, THURSDAY, streak=2, best=2, week=2)
    kept = Record(1, 7, {ANYBODY: Person(place, wishes, progress)})
    assert Record.from_attributes(attributes) == kept
    assert kept.to_attributes() == attributes


def test_nothing_stored_is_a_record_of_nobody() -> None:
    assert Record.from_attributes({}) == Record()


@pytest.mark.parametrize(
    "attributes",
    [{"people": "none"}, {"people": {"anybody": 3}}, {"shape": "one"}, {"revision": "x"}, {"people": []}],
)
def test_what_is_no_record_begins_anew(attributes: dict[str, Any]) -> None:
    assert Record.from_attributes(attributes).people.get(ANYBODY, Person()) == Person()


def test_a_record_that_begins_anew_keeps_its_revision() -> None:
    """Or it could never be saved over."""
    assert Record.from_attributes({"revision": 5, "people": "none"}).revision == 5


@pytest.mark.parametrize("key", ["place", "preferences", "progress"])
def test_a_part_that_cannot_be_read_does_not_take_the_others_with_it(key: str) -> None:
    person = Person(place_of(ROW[1]), Preferences(hold=45), on(0))
    attributes = Record(people={ANYBODY: person}).to_attributes()
    attributes["people"][ANYBODY][key] = {"plan": 3, "hold": "long", "sessions": -1}
    assert Record.from_attributes(attributes).people[ANYBODY] == replace(
        person, **{key: getattr(Person(), key)}
    )


def test_a_record_of_a_newer_version_is_not_touched() -> None:
    with pytest.raises(NewerRecordError):
        Record.from_attributes({"shape": record.SHAPE + 1})


def test_an_older_shape_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = {
        1: lambda kept: {**kept, "folk": kept["persons"]},
        2: lambda kept: {**kept, "people": kept["folk"]},
    }
    monkeypatch.setattr(record, "SHAPE", 3)
    monkeypatch.setattr(record, "MIGRATIONS", steps)
    assert Record.from_attributes(
        {"shape": 1, "persons": {"anybody": {"preferences": {"hold": 45}}}}
    ).people == {ANYBODY: Person(preferences=Preferences(hold=45))}


@given(preferences, preferences)
def test_preferences_are_saved_as_they_were_changed(before: Preferences, after: Preferences) -> None:
    assert set(merged(before, before, after).without) == set(after.without)
    assert replace(merged(before, before, after), without=()) == replace(after, without=())


@given(preferences, preferences)
def test_what_another_device_changed_meanwhile_stays(stored: Preferences, before: Preferences) -> None:
    assert merged(stored, before, before) == stored


def test_two_devices_that_leave_out_one_exercise_each_leave_out_both() -> None:
    first = merged(Preferences(), Preferences(), Preferences(without=("bow",)))
    assert merged(first, Preferences(), Preferences(without=("nod",))).without == ("bow", "nod")


def test_what_two_devices_did_adds_up() -> None:
    person = Person()
    for change in (Change(THURSDAY, DONE), Change(THURSDAY, DONE)):
        person = change.applied(person)
    assert (person.progress.seconds, person.progress.sessions, person.progress.streak) == (120, 2, 1)


def test_what_is_saved_is_not_counted_twice() -> None:
    remembered = Remembered(keeps=True, worked=30, done=1)
    assert remembered.unsaved(Plan("daily", worked=45.9, done=("bow", "nod"))) == Practice(15, 1, 0)
    assert Remembered(keeps=True).unsaved(Plan("daily", worked=45.9, done=("bow",))) == Practice(45, 1, 1)


def test_a_session_of_which_nothing_is_kept_has_no_progress_to_tell() -> None:
    assert Remembered().progress_at(NOW, Plan("daily")) is None
    assert Remembered(keeps=True).progress_at(NOW, Plan("daily")) == Progress()
