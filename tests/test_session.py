"""What Alexa carries from one request to the next, there and back."""

import json
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.memory import Lapse, Progress, Remembered
from skill.preferences import Preferences
from skill.reminders import Every, Reminder
from skill.routine import Detail, Side
from skill.session import VERSION, Asked, Caution, Session
from skill.timeline import Choice, Entry, Plan

ids = st.sampled_from(["daily", "supine", "kneeling", "twist"])
plans = st.builds(
    Plan,
    routine=ids,
    without=st.lists(ids, max_size=3).map(tuple),
    choices=st.lists(st.builds(Choice, st.integers(0, 30), st.integers(15, 60)), max_size=3).map(tuple),
    first=st.integers(0, 30),
    held=st.floats(0, 60),
    entry=st.sampled_from(Entry),
    lead=st.floats(0, 60),
    done=st.lists(ids, max_size=6).map(tuple),
    worked=st.floats(0, 3600),
)
reminders = st.builds(
    Reminder,
    zone=st.sampled_from(["America/New_York", "Asia/Kolkata"]).map(ZoneInfo),
    day=st.dates(),
    at=st.none() | st.times().map(lambda at: at.replace(fold=0)),
    every=st.sampled_from(Every),
)
wishes = st.builds(
    Preferences,
    routine=st.none() | ids,
    hold=st.none() | st.integers(15, 60),
    detail=st.none() | st.sampled_from(Detail),
    side=st.none() | st.sampled_from([Side.LEFT, Side.RIGHT]),
    without=st.lists(ids, max_size=3).map(tuple),
)
counts = st.integers(0, 10_000)
progress = st.builds(
    Progress, counts, counts, counts, *[st.none() | st.dates()] * 2, counts, counts, st.integers(0, 7)
)
remembered = st.builds(
    Remembered,
    keeps=st.booleans(),
    person=st.text("0123456789abcdef", max_size=16),
    zone=st.sampled_from(["UTC", "America/New_York"]),
    is_known=st.booleans(),
    has_place=st.booleans(),
    progress=st.none() | progress,
    worked=counts,
    done=st.integers(0, 6),
    before=st.none() | wishes,
    lapse=st.sampled_from(Lapse),
)
sessions = st.builds(
    Session,
    plan=st.none() | plans,
    began=st.none() | st.datetimes(timezones=st.just(UTC)),
    asked=st.sampled_from(Asked),
    asked_before=st.none() | st.sampled_from(Asked),
    caution=st.sampled_from(Caution),
    reminder=st.none() | reminders,
    has_heard_notice=st.booleans(),
    preferences=wishes,
    remembered=remembered,
)


@given(sessions)
def test_a_session_comes_back_as_it_was_sent(session: Session) -> None:
    assert Session.from_attributes(json.loads(json.dumps(session.to_attributes()))) == session


@pytest.mark.parametrize("attributes", [None, {}])
def test_without_attributes_a_session_begins(attributes: dict[str, Any] | None) -> None:
    assert Session.from_attributes(attributes) == Session()


def test_what_it_does_not_know_it_ignores() -> None:
    attributes = {**Session(asked=Asked.READY).to_attributes(), "colour": "blue"}
    assert Session.from_attributes(attributes) == Session(asked=Asked.READY)


def test_a_session_as_it_is_written_today_will_still_be_read() -> None:
    """These attributes are the wire format: whoever changes them raises the version."""
    attributes = {
        "version": 1,
        "plan": {
            "routine": "daily",
            "without": ["supine"],
            "choices": [{"start": 2, "seconds": 45}],
            "first": 3,
            "held": 12.5,
            "entry": "again",
            "last": 2,
            "where": "kneeling",
            "done": ["kneeling"],
            "worked": 72.5,
        },
        "began": "2026-01-01T09:00:00Z",
        "asked": "ready",
        "caution": "due",
        "preferences": {"hold": 45, "without": ["lunge"]},
        "remembered": {
            "keeps": True,
            "person": "0123456789abcdef",
            "zone": "Europe/London",
            "is_known": True,
            "has_place": True,
            "progress": {
                "sessions": 1,
                "seconds": 60,
                "last": "2025-12-31",
                "streak": 1,
                "best": 1,
                "week": 1,
            },
            "worked": 60,
            "done": 1,
            "lapse": "told",
        },
    }
    plan = Plan(
        "daily", ("supine",), (Choice(2, 45),), 3, 12.5, Entry.AGAIN, 0, 2, "kneeling", ("kneeling",), 72.5
    )
    progress = Progress(sessions=1, seconds=60, last=date(2025, 12, 31), streak=1, best=1, week=1)
    session = Session(
        plan=plan,
        began=datetime(2026, 1, 1, 9, tzinfo=UTC),
        asked=Asked.READY,
        caution=Caution.DUE,
        preferences=Preferences(hold=45, without=("lunge",)),
        remembered=Remembered(
            keeps=True,
            person="0123456789abcdef",
            zone="Europe/London",
            is_known=True,
            has_place=True,
            progress=progress,
            worked=60,
            done=1,
            lapse=Lapse.TOLD,
        ),
    )
    assert Session.from_attributes(attributes) == session
    assert session.to_attributes() == attributes


@pytest.mark.parametrize(
    "change",
    [
        {"version": VERSION + 1},
        {"version": "one"},
        {"plan": "daily"},
        {"plan": {"routine": "daily", "first": "soon"}},
        {"plan": {}},
        {"began": "yesterday"},
        {"asked": "the way to the station"},
    ],
)
def test_what_cannot_be_read_is_no_session(change: dict[str, Any]) -> None:
    assert Session.from_attributes({**Session(asked=Asked.READY).to_attributes(), **change}) is None


def test_what_is_as_it_always_is_takes_no_room() -> None:
    assert Session().to_attributes() == {"version": VERSION}
