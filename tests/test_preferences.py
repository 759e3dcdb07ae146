"""What a person has chosen for good, and the plans that come of it."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from skill.content import load_content
from skill.preferences import LONGEST_WISH, Preferences, accustomed, has_grown_accustomed
from skill.routine import Detail, OneSide, Side
from skill.session import Session
from skill.timeline import Plan, bouts_of

CONTENT = load_content(Path(__file__).parent.parent / "content")
ONE_SIDE: tuple[OneSide, ...] = (Side.RIGHT, Side.LEFT)
ADAPTER = TypeAdapter(Preferences)
MOST_BYTES = 250  # of all that Alexa carries, about a quarter

wanted = st.builds(
    Preferences,
    routine=st.none() | st.sampled_from([*CONTENT.routines]),
    hold=st.none() | st.integers(1, LONGEST_WISH),
    detail=st.none() | st.sampled_from(Detail),
    side=st.none() | st.sampled_from(ONE_SIDE),
    without=st.lists(st.sampled_from([*CONTENT.exercises]), unique=True).map(tuple),
)
routines = st.sampled_from([*CONTENT.routines, *CONTENT.exercises])


@given(wanted)
def test_they_come_back_as_they_were_written(preferences: Preferences) -> None:
    written = json.dumps(ADAPTER.dump_python(preferences, mode="json", exclude_defaults=True))
    assert ADAPTER.validate_json(written) == preferences
    assert ADAPTER.validate_python(json.loads(written)) == preferences


@given(wanted)
def test_they_take_little_of_what_a_session_may_carry(preferences: Preferences) -> None:
    attributes = Session(preferences=preferences).to_attributes()
    assert len(json.dumps(attributes.get("preferences", {}))) <= MOST_BYTES


def test_a_session_of_an_older_version_has_none() -> None:
    session = Session.from_attributes({"version": 1, "plan": {"routine": "daily"}, "asked": "begin"})
    assert session == Session(plan=Plan("daily"))
    assert session.preferences == Preferences()


@pytest.mark.parametrize(
    "odd",
    [{"side": "both"}, {"detail": "chatty"}, {"hold": 0}, {"hold": LONGEST_WISH + 1}, {"without": "lunge"}],
)
def test_what_nobody_can_have_chosen_is_refused(odd: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        ADAPTER.validate_python(odd)


@given(wanted, routines)
def test_a_plan_keeps_every_wish_within_what_is_safe(preferences: Preferences, name: str) -> None:
    routine = CONTENT.routine(name)
    assert routine is not None
    plan = preferences.plan(name)
    bouts = bouts_of(routine, CONTENT.exercises, plan)
    assert plan.detail_in(routine) is (preferences.detail or routine.detail)
    assert name in CONTENT.exercises or not {bout.exercise.id for bout in bouts} & set(preferences.without)
    for bout in bouts:
        assert bout.pair == bout.index or bouts[bout.pair].side is not bout.side
        if bout.exercise.sides == "each" and bout.index == bout.pair:
            assert bout.side is (preferences.side or Side.RIGHT)
        if bout.exercise.hold and preferences.hold is not None:
            assert bout.amount == bout.exercise.clamp(preferences.hold)


def test_without_any_a_plan_is_the_routine_as_it_is_written() -> None:
    assert Preferences().plan("daily") == Plan("daily")


def test_who_knows_a_routine_is_told_less_and_never_more_than_it_says() -> None:
    sessions = range(8)
    told = {detail: [accustomed(detail, number).value for number in sessions] for detail in Detail}
    assert told[Detail.FULL] == [*["full"] * 2, *["usual"] * 4, *["brief"] * 2]
    assert told[Detail.USUAL] == [*["usual"] * 6, *["brief"] * 2]
    assert told[Detail.BRIEF] == ["brief"] * 8
    assert [number for number in sessions if has_grown_accustomed(Detail.FULL, number)] == [2, 6]
    assert [number for number in sessions if has_grown_accustomed(Detail.USUAL, number)] == [6]


@pytest.mark.parametrize("detail", Detail)
def test_less_and_more_go_one_level_and_stay_at_the_ends(detail: Detail) -> None:
    levels = [*Detail]
    at = levels.index(detail)
    assert detail.less is levels[max(at - 1, 0)]
    assert detail.more is levels[min(at + 1, 2)]
