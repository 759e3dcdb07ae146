"""Where a reply was when somebody spoke, and what goes on from there."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.position import NOT_WORTH_GOING_BACK, Clock, Position, going_on, locate
from skill.routine import Bout, Detail, Phase, Side
from skill.timeline import Entry, Plan, Timeline, block
from tests.practice import NARRATOR, bouts, hold, reps, seconds_in

BEGAN = datetime(2026, 1, 1, 9, tzinfo=UTC)
PLAN = Plan("practice")
HOLDS, REPS = bouts(hold(sets=2, seconds=30)), bouts(reps("lift", repetitions=10))


def played(laid_out: tuple[Bout, ...], plan: Plan = PLAN) -> Timeline:
    return block(laid_out, plan, Detail.FULL, NARRATOR)


def start_of(timeline: Timeline, phase: Phase, bout: int = 0) -> float:
    return next(
        row.at for row in timeline.segments if row.phase is phase and row.bout and row.bout.index == bout
    )


def at(phase: Phase, seconds: float = 0.0, bout: int = 0, plan: Plan = PLAN) -> Position:
    """Return the position some seconds into a phase of a bout of two sets of 30 seconds a side."""
    timeline = played(HOLDS, plan)
    return locate(timeline, plan, start_of(timeline, phase, bout) + seconds)


def test_the_time_heard_is_less_by_the_delay_and_the_lag() -> None:
    clock = Clock(start_delay=1.0, barge_in_lag=2.0)
    assert clock.elapsed(BEGAN, BEGAN + timedelta(seconds=10)) == 7
    assert clock.elapsed(BEGAN, BEGAN + timedelta(seconds=2)) == 0
    assert Clock().elapsed(BEGAN, BEGAN - timedelta(seconds=5)) == 0


def test_in_a_hold_the_seconds_done_and_left_are_known() -> None:
    position = at(Phase.HOLD, 12)
    assert (position.into, position.left, position.held, position.remaining) == pytest.approx(
        (12, 18, 12, 18)
    )
    assert position.is_working
    assert not position.has_ended


def test_a_hold_that_was_broken_into_before_adds_up() -> None:
    position = at(Phase.HOLD, 5, plan=Plan("practice", held=10, entry=Entry.ON))
    assert (position.held, position.remaining) == pytest.approx((15, 15))


@pytest.mark.parametrize(("seconds", "done"), [(0, 0), (3.9, 0), (4, 1), (39, 9)])
def test_a_repetition_counts_when_it_is_over(seconds: float, done: int) -> None:
    timeline = played(REPS)
    assert locate(timeline, PLAN, start_of(timeline, Phase.REPS) + seconds).held == done


@pytest.mark.parametrize("phase", [Phase.SETUP, Phase.READY])
def test_getting_into_position_nothing_is_done_yet(phase: Phase) -> None:
    position = at(phase)
    assert (position.phase, position.held, position.is_working) == (phase, 0, False)


def test_getting_back_into_position_what_was_done_stays_done() -> None:
    assert at(Phase.READY, plan=Plan("practice", held=10, entry=Entry.AGAIN)).held == 10


def test_after_the_release_all_of_it_is_done() -> None:
    assert at(Phase.RELEASE).remaining == 0


def test_between_the_sides_the_other_side_comes() -> None:
    position = at(Phase.SWITCH, 1, bout=2)
    assert (position.bout.side, position.bout.set, position.held) == (Side.LEFT, 1, 0)


@pytest.mark.parametrize("elapsed", [-5.0, 0.0])
def test_a_time_before_the_block_is_its_beginning(elapsed: float) -> None:
    assert locate(played(HOLDS), PLAN, elapsed).phase is Phase.SETUP


def test_a_time_after_the_block_is_its_end() -> None:
    position = locate(played(HOLDS), PLAN, 10_000)
    assert (position.phase, position.left, position.has_ended) == (Phase.PROMPT, 0, True)


def test_a_block_has_ended_with_its_last_hold_and_not_before() -> None:
    timeline = played(HOLDS)
    end = start_of(timeline, Phase.RELEASE, 3)
    assert locate(timeline, PLAN, end).has_ended
    assert not locate(timeline, PLAN, end - 2).has_ended


@given(st.floats(0, 300))
def test_wherever_a_hold_is_broken_into_it_goes_on_with_what_was_left(elapsed: float) -> None:
    """Seconds held before the break and after it add up to the promise, for every bout of the block."""
    timeline = played(HOLDS)
    position = locate(timeline, PLAN, elapsed)
    plan = going_on(HOLDS, PLAN, position)
    if plan.first == len(HOLDS):
        assert position.has_ended
        return
    rest = played(HOLDS, plan)
    for bout in HOLDS[plan.first :]:
        before = position.held if bout == position.bout else 0
        assert before + seconds_in(rest, Phase.HOLD, bout.index) == pytest.approx(30)
    for bout in HOLDS[: plan.first]:
        assert bout != position.bout or position.remaining <= NOT_WORTH_GOING_BACK


@given(st.floats(0, 60))
def test_wherever_repetitions_are_broken_into_the_count_goes_on(elapsed: float) -> None:
    position = locate(played(REPS), PLAN, elapsed)
    plan = going_on(REPS, PLAN, position)
    if plan.first == 0:
        rest = seconds_in(played(REPS, plan), Phase.REPS, 0)
        assert rest / 4 + position.held == pytest.approx(10)


def test_a_hold_with_less_than_a_second_left_counts_as_done() -> None:
    assert going_on(HOLDS, PLAN, at(Phase.HOLD, 29.5)).first == 1
    assert going_on(HOLDS, PLAN, at(Phase.HOLD, 28.5)).first == 0


def test_after_a_release_the_next_bout_comes_as_usual() -> None:
    plan = going_on(HOLDS, PLAN, at(Phase.RELEASE))
    assert (plan.first, plan.held, plan.entry, plan.done) == (1, 0, Entry.USUAL, ("bow",))


@pytest.mark.parametrize(
    ("phase", "before", "entry"),
    [
        (Phase.SETUP, Entry.USUAL, Entry.USUAL),
        (Phase.READY, Entry.USUAL, Entry.AGAIN),
        (Phase.SETUP, Entry.ANEW, Entry.ANEW),
        (Phase.READY, Entry.ANEW, Entry.AGAIN),
        (Phase.HOLD, Entry.USUAL, Entry.ON),
        (Phase.HOLD, Entry.NOW, Entry.ON),
        (Phase.READY, Entry.ON, Entry.ON),
        (Phase.READY, Entry.NOW, Entry.NOW),
        (Phase.READY, Entry.AGAIN, Entry.AGAIN),
        (Phase.ANSWER, Entry.ON, Entry.ON),
        (Phase.ANSWER, Entry.USUAL, Entry.USUAL),
    ],
)
def test_how_to_go_on_depends_on_whether_the_person_is_holding_on(
    phase: Phase, before: Entry, entry: Entry
) -> None:
    plan = Plan("practice", entry=before, lead=2.0)
    assert going_on(HOLDS, plan, at(phase, 0.5, plan=plan)).entry is entry
