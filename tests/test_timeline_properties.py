"""What has to be true of every block, whatever is left out, chosen, held already or said before it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.content import DEFAULT_LOCALE, Content, load_contents
from skill.phrases import Line
from skill.position import locate
from skill.routine import Bout, Detail, Kind, OneSide, Phase, Side
from skill.ssml import LONGEST_SSML, render
from skill.timeline import (
    LONGEST_BLOCK,
    Choice,
    Entry,
    Narrator,
    Plan,
    Segment,
    Timeline,
    block,
    blocks,
    bouts_of,
    starting_with,
)

CONTENTS = load_contents(Path(__file__).parent.parent / "content")
LANGUAGES = {content.locale.language: content for content in CONTENTS.values()}
CONTENT = CONTENTS[DEFAULT_LOCALE]
PLAYABLE = (*CONTENT.routines, *CONTENT.exercises)
LONGEST_LEAD = 40.0  # seconds; the longest answer with the words around it takes less
SLOWEST = 0.9  # of the planned speed
FEWEST_SECONDS_TO_ANNOUNCE = 20
ONE_SIDE: tuple[OneSide, ...] = (Side.RIGHT, Side.LEFT)
STEADY = settings(max_examples=400)
MOST_WORDS = {Phase.SETUP: 35, Phase.SWITCH: 12}  # of the daily routine


@dataclass(frozen=True)
class Case:
    """A plan and what it is played from."""

    plan: Plan
    bouts: tuple[Bout, ...]
    detail: Detail
    content: Content = field(repr=False)

    @property
    def narrator(self) -> Narrator:
        return self.content.narrator()

    @property
    def timeline(self) -> Timeline:
        return block(self.bouts, self.plan, self.detail, self.narrator)


def case(plan: Plan, content: Content = CONTENT) -> Case:
    routine = content.routine(plan.routine)
    assert routine is not None
    return Case(plan, bouts_of(routine, content.exercises, plan), plan.detail_in(routine), content)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a block of any routine, begun anywhere, with anything done, preferred or left out before."""
    content = draw(st.sampled_from(list(LANGUAGES.values())))
    name = draw(st.sampled_from(PLAYABLE))
    exercises = [dose.exercise for dose in Plan(name).doses(CONTENT.routine(name) or pytest.fail(name))]
    without = draw(st.lists(st.sampled_from(exercises), unique=True, max_size=len(exercises) - 1))
    choice = st.builds(Choice, st.integers(0, 30), st.none() | st.integers(1, 120))
    choices = draw(st.lists(choice, max_size=3, unique_by=lambda row: row.start))
    ordered = tuple(sorted(choices, key=lambda row: row.start))
    side, unlike = draw(st.sampled_from(ONE_SIDE)), draw(st.sampled_from(["", *exercises]))
    detail = draw(st.none() | st.sampled_from(Detail))
    liked = Plan(name, tuple(without), ordered, side=side, unlike=unlike, detail=detail)
    found = case(liked, content)
    first = draw(st.sampled_from(found.bouts))
    amounts = (
        st.floats(0, first.amount - 1)
        if first.exercise.kind is Kind.HOLD
        else st.integers(0, first.amount - 1)
    )
    plan = replace(
        found.plan,
        first=first.index,
        held=draw(amounts),
        entry=draw(st.sampled_from(Entry)),
        lead=draw(st.floats(0, LONGEST_LEAD)),
    )
    return replace(found, plan=plan)


def worked(timeline: Timeline, bout: Bout) -> float:
    """Return the seconds of the hold or the repetitions of a bout."""
    return sum(
        row.seconds for row in timeline.segments if row.bout == bout and row.phase in (Phase.HOLD, Phase.REPS)
    )


def bouts_in(timeline: Timeline) -> list[Bout]:
    return list(dict.fromkeys(row.bout for row in timeline.segments if row.bout))


@STEADY
@given(cases())
def test_every_bout_lasts_exactly_what_was_promised_and_is_left(found: Case) -> None:
    timeline = found.timeline
    for bout in bouts_in(timeline):
        done = found.plan.held if bout.index == found.plan.first else 0.0
        assert worked(timeline, bout) == pytest.approx(bout.seconds(done), abs=1e-6)


@STEADY
@given(cases())
def test_a_block_plays_consecutive_bouts_and_ends_with_a_release_and_a_question(found: Case) -> None:
    timeline = found.timeline
    indices = [bout.index for bout in bouts_in(timeline)]
    assert indices == list(range(found.plan.first, found.plan.first + len(indices)))
    following = indices[-1] + 1
    assert timeline.following == (found.bouts[following] if following < len(found.bouts) else None)
    assert [row.phase for row in timeline.segments[-3:]] == [Phase.RELEASE, Phase.RELEASE, Phase.PROMPT]


@STEADY
@given(cases())
def test_the_segments_of_a_block_leave_no_gap(found: Case) -> None:
    rows = found.timeline.segments
    assert rows[0].at == 0
    assert all(row.seconds > 0 for row in rows)
    assert all(later.at == pytest.approx(row.end, abs=1e-6) for row, later in pairwise(rows))


@STEADY
@given(cases())
def test_a_block_stays_within_the_limits_of_alexa_with_a_slow_voice_too(found: Case) -> None:
    timeline = found.timeline
    said = sum(row.seconds for row in timeline.segments if row.say or row.phase is Phase.ANSWER)
    assert timeline.seconds + said * (1 / SLOWEST - 1) <= LONGEST_BLOCK
    assert len(render(timeline.segments, found.content.pronunciations)) <= LONGEST_SSML


@STEADY
@given(cases(), st.integers(0, 25))
def test_a_block_is_the_same_whether_the_words_before_it_are_known_or_only_their_seconds(
    found: Case, sentences: int
) -> None:
    lead = " ".join(["Tuck your tailbone under."] * sentences)
    plan = replace(found.plan, lead=round(found.narrator.pace(lead), 2))
    sent = block(found.bouts, plan, found.detail, found.narrator, lead)
    rebuilt = replace(found, plan=plan).timeline
    assert [row for row in sent.segments if row.phase is not Phase.ANSWER] == [
        row for row in rebuilt.segments if row.phase is not Phase.ANSWER
    ]


@STEADY
@given(cases(), st.floats(-10, LONGEST_BLOCK + 10))
def test_a_position_tells_what_was_held_and_what_is_left(found: Case, elapsed: float) -> None:
    timeline = found.timeline
    here = locate(timeline, found.plan, elapsed)
    assert 0 <= here.held <= here.bout.amount
    assert here.into >= 0
    assert here.left >= 0
    assert here.held >= (found.plan.held if here.bout.index == found.plan.first else 0) - 1e-6
    if here.phase is Phase.HOLD:
        assert here.held + here.left == pytest.approx(here.bout.amount, abs=1e-6)
        assert here.remaining == pytest.approx(here.left, abs=1e-6)
    if here.phase is Phase.REPS:
        assert here.remaining == pytest.approx(here.left / (here.bout.exercise.tempo or 1), abs=1)


@STEADY
@given(cases())
def test_both_sides_of_every_pair_are_promised_the_same(found: Case) -> None:
    for bout in found.bouts:
        pair = found.bouts[bout.pair]
        assert (pair.exercise, pair.set, pair.amount) == (bout.exercise, bout.set, bout.amount)
        assert pair.side is not bout.side or pair == bout


@STEADY
@given(cases(), st.sampled_from(ONE_SIDE), st.integers(0, 30))
def test_the_side_to_start_with_changes_from_the_next_exercise_on_and_nothing_else(
    found: Case, side: OneSide, last: int
) -> None:
    plan = replace(found.plan, last=last if last < len(found.bouts) else None)
    turned = starting_with(side, found.bouts, plan)
    after = case(turned).bouts
    at = found.plan.first
    current = found.bouts[at].exercise
    begins = [bout for bout in after if bout.index == 0 or after[bout.index - 1].exercise != bout.exercise]
    assert [bout.side for bout in begins if bout.index > at] == [
        Side.BOTH if bout.exercise.sides == "both" else side for bout in begins if bout.index > at
    ]
    is_under_way = at > 0 and found.bouts[at - 1].exercise == current
    if is_under_way or plan.held or plan.entry is Entry.ON:
        mine = [bout for bout in found.bouts if bout.exercise == current]
        assert [bout for bout in after if bout.exercise == current] == mine
    assert [replace(bout, side=Side.BOTH) for bout in after] == [
        replace(bout, side=Side.BOTH) for bout in found.bouts
    ]
    assert replace(turned, side=plan.side, unlike=plan.unlike, entry=plan.entry, last=plan.last) == plan


@STEADY
@given(cases())
def test_brief_says_fewer_words_for_the_same_work(found: Case) -> None:
    brief, usual = (replace(found, detail=detail).timeline for detail in (Detail.BRIEF, Detail.USUAL))
    for bout in set(bouts_in(brief)) & set(bouts_in(usual)):
        assert worked(brief, bout) == pytest.approx(worked(usual, bout), abs=1e-6)
        if bout.index != found.plan.first or not found.plan.held:
            assert words_for(brief, bout) <= words_for(usual, bout)


def words_for(timeline: Timeline, bout: Bout) -> int:
    """Return how many words are spoken for a bout up to its end."""
    rows = [row for row in timeline.segments if row.bout == bout and row.phase is not Phase.PROMPT]
    return sum(len((row.say or "").split()) for row in rows)


@STEADY
@given(cases())
def test_holds_stay_within_what_is_safe(found: Case) -> None:
    for bout in found.bouts:
        limits = bout.exercise.hold
        assert limits is None or limits.least <= bout.amount <= limits.most


@pytest.mark.parametrize("seconds", [None, *range(15, 61)])
@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("name", PLAYABLE)
@pytest.mark.parametrize("content", LANGUAGES.values(), ids=LANGUAGES)
def test_the_last_ten_seconds_of_a_hold_are_announced(
    content: Content, name: str, detail: Detail, seconds: int | None
) -> None:
    ten_left = {
        *content.phrases.lines[Line.TEN_LEFT],
        *content.phrases.lines[Line.HALFWAY_TEN_LEFT],
    }
    found = case(Plan(name, choices=(Choice(0, seconds),), detail=detail), content)
    for bout in found.bouts:
        if bout.exercise.kind is Kind.HOLD and bout.amount >= FEWEST_SECONDS_TO_ANNOUNCE:
            rows = hold_of(found, bout)
            announced = [row for row in rows if row.say in ten_left]
            assert [rows[-1].end - row.at for row in announced] == [pytest.approx(10, abs=1e-6)]


def hold_of(found: Case, bout: Bout) -> Sequence[Segment]:
    timeline = replace(found, plan=replace(found.plan, first=bout.index)).timeline
    return [row for row in timeline.segments if row.bout == bout and row.phase is Phase.HOLD]


@pytest.mark.parametrize("side", ONE_SIDE)
@pytest.mark.parametrize("detail", Detail)
@pytest.mark.parametrize("content", CONTENTS.values(), ids=CONTENTS)
@pytest.mark.parametrize("name", CONTENT.routines)
def test_neighbouring_bouts_share_no_sentence(
    name: str, content: Content, detail: Detail, side: OneSide
) -> None:
    found = case(Plan(name, side=side, detail=detail), content)
    said: dict[int, set[str]] = {bout.index: set() for bout in found.bouts}
    for timeline in blocks(found.bouts, found.plan, found.detail, found.narrator):
        for row in timeline.segments:
            if row.bout and row.say:
                said[row.bout.index] |= sentences_of(row.say, found.narrator)
    for bout, following in pairwise(found.bouts):
        assert not said[bout.index] & said[following.index], (bout.exercise.id, bout.side, bout.set)


def sentences_of(text: str, narrator: Narrator) -> set[str]:
    """Return the sentences of a text; the count of repetitions is none of them."""
    counted = {narrator.phrases.number(number) for number in range(1, 31)}
    return {sentence.strip() for sentence in re.findall(r"[^.?!]+[.?!]", text)} - counted


def test_the_daily_routine_uses_few_words_to_set_up_and_to_change_sides() -> None:
    found = case(Plan("daily"))
    for timeline in blocks(found.bouts, found.plan, found.detail, found.narrator):
        for row in timeline.segments:
            assert len((row.say or "").split()) <= MOST_WORDS.get(row.phase, 1000), row.say
