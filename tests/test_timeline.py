"""Bouts, blocks and the seconds in them, on a small world and on the content itself."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.content import Content, load_content
from skill.phrases import Line
from skill.routine import Bout, Detail, Dose, Phase, Side
from skill.ssml import LONGEST_SSML, render
from skill.timeline import (
    LONGEST_BLOCK,
    Choice,
    Entry,
    Plan,
    Timeline,
    block,
    blocks,
    bouts_of,
    last_cue,
    moved,
    plan_at,
    starting_with,
)
from tests.practice import (
    CHANGE_SECONDS,
    EXERCISES,
    NARRATOR,
    PHRASES,
    READY_SECONDS,
    REST_SECONDS,
    bouts,
    hold,
    reps,
    routine,
    said,
    seconds_in,
)

WORKING = (Phase.HOLD, Phase.REPS)
ROUTINES = ("daily", "short", "full")

doses = st.one_of(
    st.builds(hold, st.sampled_from(["bow", "bend"]), st.integers(1, 3), st.integers(15, 60)),
    st.builds(reps, st.sampled_from(["nod", "lift"]), st.integers(1, 3), st.integers(8, 15)),
)


@pytest.fixture(scope="module")
def content() -> Content:
    return load_content(Path(__file__).parent.parent / "content")


def planned(content: Content, name: str, detail: Detail | None = None) -> list[Timeline]:
    chosen, plan = content.routine(name), Plan(name, detail=detail)
    assert chosen is not None
    narrator = content.narrator()
    laid_out = bouts_of(chosen, content.exercises, plan)
    return list(blocks(laid_out, plan, plan.detail_in(chosen), narrator))


def first_block(*doses: Dose, detail: Detail = Detail.FULL, **plan: object) -> Timeline:
    return block(bouts(*doses), Plan("practice", **plan), detail, NARRATOR)  # type: ignore[arg-type]


# bouts


def test_a_side_does_all_its_sets_before_the_other_begins() -> None:
    order = [(bout.side, bout.set) for bout in bouts(hold(sets=2), order="side")]
    assert order == [(Side.RIGHT, 1), (Side.RIGHT, 2), (Side.LEFT, 1), (Side.LEFT, 2)]


def test_the_sides_can_take_turns() -> None:
    order = [(bout.side, bout.set) for bout in bouts(hold(sets=2), order="set")]
    assert order == [(Side.RIGHT, 1), (Side.LEFT, 1), (Side.RIGHT, 2), (Side.LEFT, 2)]


def test_either_side_may_be_the_first() -> None:
    order = [(bout.side, bout.set) for bout in bouts(hold(sets=2), reps("lift"), side=Side.LEFT)]
    left, right = [(Side.LEFT, 1), (Side.LEFT, 2)], [(Side.RIGHT, 1), (Side.RIGHT, 2)]
    assert order == [*left, *right, (Side.BOTH, 1)]


@pytest.mark.parametrize(
    ("where", "first_sides"),
    [
        ({"first": 0}, ["left", "left"]),
        ({"first": 0, "entry": Entry.AGAIN}, ["left", "left"]),
        ({"first": 0, "entry": Entry.ON}, ["right", "left"]),
        ({"first": 0, "held": 5.0}, ["right", "left"]),
        ({"first": 1, "last": 0}, ["right", "left"]),  # the left side is still to come
        ({"first": 2, "last": 1}, ["right", "left"]),  # it is done, and what was done last stays as it was
        ({"first": 0, "last": 1}, ["left", "left"]),  # it begins once more
        ({"first": 4, "last": 3}, ["left", "right"]),  # all is done
    ],
)
def test_another_side_goes_first_from_the_next_exercise_on(
    where: dict[str, Any], first_sides: list[str]
) -> None:
    laid_out = bouts(hold(), reps())
    plan = starting_with(Side.LEFT, laid_out, Plan("practice", **where))
    turned = bouts(hold(), reps(), side=plan.side, unlike=plan.unlike)
    assert [bout.side.value for bout in turned if bout.index == bout.pair] == first_sides


def test_who_was_getting_into_position_is_told_again_for_the_other_side() -> None:
    plan = starting_with(Side.LEFT, bouts(hold()), Plan("practice", entry=Entry.NOW))
    assert plan.entry is Entry.USUAL
    assert starting_with(Side.RIGHT, bouts(hold()), Plan("practice", entry=Entry.NOW)).entry is Entry.NOW


def test_changing_the_mind_twice_within_an_exercise_leaves_it_as_it_was() -> None:
    laid_out, plan = bouts(hold(), reps()), Plan("practice", held=5.0)
    assert starting_with(Side.RIGHT, laid_out, starting_with(Side.LEFT, laid_out, plan)) == plan


def test_an_exercise_of_both_sides_is_done_once_a_set() -> None:
    assert [bout.side for bout in bouts(reps("lift", sets=2))] == [Side.BOTH, Side.BOTH]


def test_what_is_left_out_is_not_done() -> None:
    assert {bout.exercise.id for bout in bouts(hold(), reps(), without=("bow",))} == {"nod"}


@given(
    st.lists(doses, min_size=1, max_size=4),
    st.sampled_from(["side", "set"]),
    st.lists(st.builds(Choice, st.integers(0, 20), st.integers(1, 100)), max_size=3),
)
def test_left_and_right_are_equal_whatever_was_chosen_and_when(
    wanted: list[Dose], order: str, choices: list[Choice]
) -> None:
    laid_out = bouts(*wanted, order=order, choices=tuple(choices))  # type: ignore[arg-type]
    amounts = {(bout.pair, bout.side): bout.amount for bout in laid_out}
    for bout in laid_out:
        assert bout.amount == amounts[bout.pair, laid_out[bout.pair].side]


def test_a_chosen_length_begins_with_the_next_pair_of_sides() -> None:
    laid_out = bouts(hold(sets=2), choices=(Choice(1, 45),))
    assert [(bout.side, bout.set, bout.amount) for bout in laid_out] == [
        (Side.RIGHT, 1, 30),
        (Side.RIGHT, 2, 45),
        (Side.LEFT, 1, 30),
        (Side.LEFT, 2, 45),
    ]


def test_the_last_choice_counts_and_is_kept_within_what_is_safe() -> None:
    laid_out = bouts(hold(), choices=(Choice(0, 20), Choice(0, 300)))
    assert {bout.amount for bout in laid_out} == {60}


def test_a_bout_is_found_again_when_others_were_left_out() -> None:
    whole, rest = bouts(hold(), reps(), hold("bend")), bouts(hold(), hold("bend"))
    assert rest[moved(4, whole, rest)].exercise.id == "bend"
    assert rest[moved(2, whole, rest)].exercise.id == "bend"  # it was left out: the next that is there
    assert moved(2, whole, bouts(hold())) == 2  # nothing comes after it


# a hold


@pytest.mark.parametrize("seconds", [15, 20, 25, 30, 45, 60])
def test_a_hold_lasts_what_was_promised(seconds: int) -> None:
    assert seconds_in(first_block(hold(seconds=seconds)), Phase.HOLD, 0) == pytest.approx(seconds)


@given(st.integers(15, 60), st.floats(0, 1))
def test_the_rest_of_a_hold_lasts_the_seconds_that_were_left(seconds: int, share: float) -> None:
    held = seconds * share
    timeline = first_block(hold(seconds=seconds), held=held, entry=Entry.ON)
    assert seconds_in(timeline, Phase.HOLD, 0) == pytest.approx(seconds - held)


@pytest.mark.parametrize(
    ("seconds", "lines"),
    [
        (15, [Line.COUNT]),
        (20, [Line.HALFWAY_TEN_LEFT, Line.COUNT]),
        (30, [Line.HALFWAY, Line.TEN_LEFT, Line.COUNT]),
    ],
)
def test_a_hold_says_the_time_as_far_as_it_fits(seconds: int, lines: list[Line]) -> None:
    timeline = first_block(hold(seconds=seconds))
    first = [row.say for row in timeline.segments if row.bout and row.bout.index == 0]
    assert [text for text in first if text and "cue" not in text][-len(lines) - 1 : -1] == [
        PHRASES.line(line) for line in lines
    ]


def test_halfway_and_ten_seconds_are_said_when_it_is_true() -> None:
    rows = [row for row in first_block(hold(seconds=60)).segments if row.phase is Phase.HOLD]
    at = {row.say: row.at - rows[0].at for row in rows if row.say and row.bout and row.bout.index == 0}
    assert at[PHRASES.line(Line.HALFWAY)] == pytest.approx(30)
    assert at[PHRASES.line(Line.TEN_LEFT)] == pytest.approx(50)


def test_there_is_quiet_around_every_cue() -> None:
    rows = [row for row in first_block(hold(seconds=60)).segments if row.phase is Phase.HOLD]
    assert not any(row.say and following.say for row, following in pairwise(rows))


def test_the_next_bout_begins_with_another_cue() -> None:
    cues = [text for text in said(first_block(hold(seconds=15)), Phase.HOLD) if "cue" in text]
    assert cues[0] != cues[1]


def test_the_cue_heard_last_is_one_that_was_said_to_its_end() -> None:
    bout = bouts(hold(seconds=60))[0]
    first, second = [text for text in said(first_block(hold(seconds=60)), Phase.HOLD) if "cue" in text][:2]
    assert last_cue(bout, 3, Detail.FULL, NARRATOR) == first
    assert last_cue(bout, 5, Detail.FULL, NARRATOR) == first
    assert last_cue(bout, 13, Detail.FULL, NARRATOR) == second


# repetitions


def test_repetitions_are_counted_aloud_at_their_tempo() -> None:
    timeline = first_block(reps("lift", repetitions=10))
    numbers = [text.split()[0] for text in said(timeline, Phase.REPS)]
    assert numbers == [PHRASES.number(number) for number in range(1, 11)]
    assert seconds_in(timeline, Phase.REPS, 0) == pytest.approx(10 * 4)


def test_the_last_repetition_is_announced() -> None:
    assert said(first_block(reps("lift")), Phase.REPS)[-1].endswith(PHRASES.line(Line.LAST_REPETITION))


def test_the_count_goes_on_where_it_was() -> None:
    timeline = first_block(reps("lift"), held=6, entry=Entry.ON)
    assert [text.split()[0] for text in said(timeline, Phase.REPS)] == ["Seven.", "Eight."]


# getting into position


@pytest.mark.parametrize(
    ("entry", "first", "phases", "quiet"),
    [
        (Entry.USUAL, 0, [Phase.SETUP, Phase.READY], READY_SECONDS),
        (Entry.USUAL, 1, [Phase.REST, Phase.READY], REST_SECONDS),
        (Entry.USUAL, 2, [Phase.SWITCH, Phase.READY], CHANGE_SECONDS),
        (Entry.OTHER_SIDE, 0, [Phase.SWITCH, Phase.READY], CHANGE_SECONDS),
        (Entry.ANEW, 1, [Phase.SETUP, Phase.READY], READY_SECONDS),
        (Entry.ANEW, 2, [Phase.SETUP, Phase.READY], READY_SECONDS),
        (Entry.AGAIN, 2, [Phase.READY], READY_SECONDS),
        (Entry.NOW, 2, [Phase.READY], 0),
        (Entry.ON, 2, [Phase.READY], 0),
    ],
)
def test_each_way_into_a_bout_has_its_own_words_and_time(
    entry: Entry, first: int, phases: list[Phase], quiet: float
) -> None:
    timeline = first_block(hold(sets=2), entry=entry, first=first)
    before = [row for row in timeline.segments if row.bout and row.bout.index == first]
    before = before[: next(n for n, row in enumerate(before) if row.phase is Phase.HOLD)]
    assert list(dict.fromkeys(row.phase for row in before)) == phases
    assert sum(row.seconds for row in before if not row.say) == quiet
    assert before[-1].say in (PHRASES.line(Line.START_HOLD), PHRASES.line(Line.KEEP_HOLDING))


def test_within_a_block_a_full_routine_announces_the_rest_before_the_call_to_the_next_set() -> None:
    spoken = said(first_block(hold(sets=2)), Phase.REST, Phase.READY)
    assert spoken[spoken.index("Rest four") + 1] == "Again"


def test_who_is_still_in_position_is_not_told_to_start() -> None:
    assert said(first_block(hold(), entry=Entry.ON))[0] == PHRASES.line(Line.KEEP_HOLDING)
    assert said(first_block(reps(), entry=Entry.ON))[0] == PHRASES.line(Line.KEEP_GOING)


def test_the_first_side_hears_the_setup_and_the_other_only_how_to_change() -> None:
    assert said(first_block(hold()), Phase.SETUP, Phase.SWITCH) == ["Bow in full", "Change to left"]


def test_a_brief_routine_speaks_the_brief_setup() -> None:
    assert said(first_block(hold(), detail=Detail.BRIEF), Phase.SETUP) == ["Bow right"]


def test_brief_leaves_out_cues_and_nothing_of_the_time(content: Content) -> None:
    cues = {PHRASES.sided(cue, Side.RIGHT) for cue in content.exercises["kneeling"].cues}
    spoken = {}
    for detail in Detail:
        timeline = next(iter(planned(content, "kneeling", detail)))
        spoken[detail] = [row.say for row in timeline.segments if row.phase is Phase.HOLD and row.say]
    times = {detail: [text for text in texts if text not in cues] for detail, texts in spoken.items()}
    assert times[Detail.BRIEF] == times[Detail.USUAL] == times[Detail.FULL]
    assert len(times[Detail.FULL]) < len(spoken[Detail.BRIEF]) < len(spoken[Detail.USUAL])
    assert spoken[Detail.USUAL] == spoken[Detail.FULL]


# blocks


def test_a_block_ends_where_the_place_changes() -> None:
    timeline = first_block(hold("bend", seconds=15), hold())
    assert timeline.following == bouts(hold("bend", seconds=15), hold())[2]
    assert said(timeline, Phase.PROMPT) == ["Ask move bow a mat"]


def test_a_block_prefers_to_end_with_an_exercise_and_then_with_a_side() -> None:
    after_an_exercise = first_block(hold(sets=1, seconds=30), hold("bow", sets=3, seconds=60)).following
    after_a_side = first_block(hold(sets=2, seconds=60)).following
    assert after_an_exercise
    assert (after_an_exercise.index, after_an_exercise.set) == (2, 1)
    assert after_a_side
    assert (after_a_side.side, after_a_side.set) == (Side.LEFT, 1)


@given(st.lists(doses, min_size=1, max_size=6), st.sampled_from(["side", "set"]))
def test_the_blocks_play_every_bout_once_in_order_and_none_too_long(wanted: list[Dose], order: str) -> None:
    laid_out = bouts(*wanted, order=order)  # type: ignore[arg-type]
    played: list[Bout] = []
    for timeline in blocks(laid_out, Plan("practice"), Detail.FULL, NARRATOR):
        assert timeline.seconds <= LONGEST_BLOCK
        working = [row.bout for row in timeline.segments if row.phase in WORKING and row.bout]
        played += dict.fromkeys(working)
    assert tuple(played) == laid_out


@given(st.lists(doses, min_size=1, max_size=3))
def test_every_segment_begins_where_the_last_one_ends(wanted: list[Dose]) -> None:
    rows = first_block(*wanted).segments
    assert rows[0].at == 0
    assert all(row.end == following.at and row.seconds > 0 for row, following in pairwise(rows))


def test_speech_before_a_block_that_is_not_known_any_more_takes_its_time_as_silence() -> None:
    laid_out, plan = bouts(hold()), Plan("practice", lead=4.0)
    first = block(laid_out, plan, Detail.FULL, NARRATOR, "you are doing fine")
    again = block(laid_out, plan, Detail.FULL, NARRATOR)
    assert [(row.at, row.phase) for row in first.segments] == [(row.at, row.phase) for row in again.segments]
    assert (first.segments[0].say, again.segments[0].say) == ("you are doing fine", None)


def test_the_last_block_says_what_was_done() -> None:
    done = Plan("practice", done=("bend",), worked=60)
    timeline = block(bouts(hold(seconds=30)), done, Detail.FULL, NARRATOR)
    assert timeline.following is None
    assert said(timeline, Phase.PROMPT) == ["Finished two two"]  # bend and bow; 60 + 2 x 30 seconds


def test_going_on_later_counts_what_was_done_before() -> None:
    laid_out = bouts(hold(seconds=30), reps(repetitions=10))
    plan = plan_at(laid_out, Plan("practice"), 2, held=5)
    assert (plan.first, plan.held, plan.done, plan.worked) == (2, 5, ("bow",), 60 + 5 * 4)


def test_what_was_held_before_is_counted_once() -> None:
    laid_out = bouts(hold(seconds=30))
    plan = plan_at(laid_out, plan_at(laid_out, Plan("practice"), 0, held=10), 0, held=25)
    assert plan.worked == 25
    assert plan_at(laid_out, plan, 1).worked == 30


# the content itself


@pytest.mark.parametrize("name", ROUTINES)
def test_every_reply_of_a_routine_keeps_alexas_limits(content: Content, name: str) -> None:
    for timeline in planned(content, name):
        assert timeline.seconds <= LONGEST_BLOCK
        assert len(render(timeline.segments, content.pronunciations)) <= LONGEST_SSML


@pytest.mark.parametrize(("name", "least", "most"), [("daily", 13, 15), ("short", 4, 6), ("full", 25, 30)])
def test_a_routine_takes_the_minutes_it_is_meant_to(
    content: Content, name: str, least: float, most: float
) -> None:
    assert least <= sum(timeline.seconds for timeline in planned(content, name)) / 60 <= most


@pytest.mark.parametrize("name", ROUTINES)
def test_neighbouring_bouts_never_say_the_same_sentence(content: Content, name: str) -> None:
    heard: dict[int, set[str]] = {}
    for timeline in planned(content, name):
        for row in timeline.segments:
            if row.say and row.bout and row.phase not in (Phase.REPS, Phase.PROMPT):
                heard.setdefault(row.bout.index, set()).add(row.say)
    assert len(heard) > 1
    assert [heard[index] & heard[index + 1] for index in range(len(heard) - 1)] == [set()] * (len(heard) - 1)


@pytest.mark.parametrize("name", ROUTINES)
def test_the_second_side_is_told_for_that_side_and_in_fewer_words(content: Content, name: str) -> None:
    rows = [row for timeline in planned(content, name) for row in timeline.segments if row.say]
    setups = {
        (row.bout.exercise.id, row.bout.side): row.say
        for row in rows
        if row.bout and row.phase is Phase.SETUP
    }
    switches = {row.bout.exercise.id: row.say for row in rows if row.bout and row.phase is Phase.SWITCH}
    assert switches
    for exercise, change in switches.items():
        assert "left" in (change or "")
        assert len((change or "").split()) <= 12 < len((setups[exercise, Side.RIGHT] or "").split())


def test_exercises_of_the_small_world_are_used() -> None:
    used = {
        bout.exercise.id
        for bout in bouts_of(routine(hold(), hold("bend"), reps(), reps("lift")), EXERCISES, Plan("practice"))
    }
    assert used == set(EXERCISES)
