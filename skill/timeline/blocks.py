"""Blocks: the consecutive bouts that one reply plays, from its first word to the question at its end."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil

from skill.phrases import Line
from skill.routine import Bout, Detail, Exercise, Phase
from skill.timeline.approach import approach
from skill.timeline.plan import Plan
from skill.timeline.segments import Narrator, Segment, Timeline, start_times
from skill.timeline.work import work

LONGEST_BLOCK = 240.0  # seconds; Alexa's limit for the audio of one reply
# Alexa takes 8000 characters of SSML; what is left below it is for markup that is added later.
MOST_CHARACTERS = 7000
CHARACTERS_A_BREAK = 26
MOST_CHARACTERS_A_SECOND = 30  # of speech
LONGEST_BREAK = 10.0  # seconds, of one tag
SLOWER_VOICE = 0.12  # a voice at nine tenths of the planned speed still stays within the limit
AFTER_RELEASE = 0.3  # silent seconds before the next instruction


def block(
    bouts: Sequence[Bout], plan: Plan, detail: Detail, narrator: Narrator, lead: str | None = None
) -> Timeline:
    """Return the timeline of the block that begins as `plan` says.

    `lead` is the speech before it; where it is not known any more, silence of `plan.lead` seconds stands for
    it. The block ends where the place or the equipment changes, otherwise it is filled, preferring to end at
    an exercise, then at a side. One bout is always played.
    """
    played = [Segment(plan.lead, Phase.ANSWER, bouts[plan.first], lead)]
    best_rank, best, following = -1, played, None
    for bout in bouts[plan.first :]:
        starting = bout.index == plan.first
        if not starting and changes_place(bouts[bout.index - 1].exercise, bout.exercise):
            break
        played += approach(bouts, bout, plan, detail, narrator)
        played += _work_and_release(bout, plan.held if starting else 0.0, detail, narrator)
        then = bouts[bout.index + 1] if bout.index + 1 < len(bouts) else None
        last_words = (
            _question(bout, then, narrator) if then else _farewell(bouts[plan.first :], plan, narrator)
        )
        ending = [*played, narrator.say(last_words, Phase.PROMPT, bout)]
        if not starting and not _fits(ending):
            break
        if (rank := _rank(bout, then)) >= best_rank:
            best_rank, best, following = rank, ending, then
    return Timeline(start_times(best), following)


def blocks(bouts: Sequence[Bout], plan: Plan, detail: Detail, narrator: Narrator) -> Iterator[Timeline]:
    """Yield the block that `plan` begins and all that follow when nobody breaks in."""
    while True:
        timeline = block(bouts, plan, detail, narrator)
        yield timeline
        if timeline.following is None:
            return
        plan = plan_at(bouts, plan, timeline.following.index)


def plan_at(bouts: Sequence[Bout], plan: Plan, index: int, held: float = 0.0) -> Plan:
    """Return the plan that goes on at bout `index` when all that `plan` began with was done up to there.

    `held` seconds or repetitions of that bout are done as well. An `index` past the last bout means that
    the routine is finished.
    """
    played = bouts[plan.first : index]
    done = dict.fromkeys([*plan.done, *(bout.exercise.id for bout in played)])
    worked = _worked(played, plan.held)
    if held:
        before = plan.held if index == plan.first else 0.0
        worked += bouts[index].seconds(before) - bouts[index].seconds(held)
    worked_in = index if held else index - 1 if played else None
    return replace(
        plan.beginning_at(index),
        held=held,
        last=plan.last if worked_in is None else worked_in,
        where=plan.where if worked_in is None else bouts[worked_in].exercise.id,
        done=tuple(done),
        worked=plan.worked + max(0.0, worked),
    )


def _worked(played: Sequence[Bout], held: float) -> float:
    """Seconds of holds and repetitions in these bouts, of whose first `held` was done before."""
    return sum(bout.seconds(0.0 if n else held) for n, bout in enumerate(played))


def _work_and_release(bout: Bout, held: float, detail: Detail, narrator: Narrator) -> list[Segment]:
    releases = bout.exercise.release
    return [
        *work(bout, held, detail, narrator),
        narrator.say(releases[bout.index % len(releases)], Phase.RELEASE, bout),
        narrator.pause(AFTER_RELEASE, Phase.RELEASE, bout),
    ]


def changes_place(now: Exercise, then: Exercise) -> bool:
    """Return whether the person has to go somewhere else, or fetch something, between two exercises."""
    return now.place != then.place or set(now.equipment) != set(then.equipment)


def _farewell(played: Sequence[Bout], plan: Plan, narrator: Narrator) -> str:
    """Praise that is true: the exercises and the minutes of holds and repetitions of this session."""
    exercises = len({*plan.done, *(bout.exercise.id for bout in played)})
    worked = plan.worked + _worked(played, plan.held)
    return narrator.phrases.line(
        Line.FINISHED, plan.first, exercises=exercises, minutes=narrator.phrases.minutes(worked)
    )


def _question(last: Bout, following: Bout, narrator: Narrator) -> str:
    phrases, index = narrator.phrases, following.index
    if following.exercise.id == last.exercise.id:
        line = Line.ASK_SET if following.side is last.side else Line.ASK_SIDE
        return phrases.line(line, index, side=following.side)
    line = Line.ASK_MOVE if changes_place(last.exercise, following.exercise) else Line.ASK_NEXT
    exercise = following.exercise
    return phrases.line(line, index, exercise=exercise.name, place=phrases.thing(exercise.place))


def _rank(bout: Bout, following: Bout | None) -> int:
    """How good a place to end a block is: 2 an exercise's end, 1 a side's, 0 any bout's."""
    if following is None or following.exercise.id != bout.exercise.id:
        return 2
    return int(following.side is not bout.side)


def _fits(segments: Sequence[Segment]) -> bool:
    seconds = sum(row.seconds * (1 + SLOWER_VOICE * _is_speech(row)) for row in segments)
    return seconds <= LONGEST_BLOCK and sum(map(_characters, segments)) <= MOST_CHARACTERS


def _is_speech(segment: Segment) -> bool:
    return bool(segment.say) or segment.phase is Phase.ANSWER


def _characters(segment: Segment) -> int:
    if segment.phase is Phase.ANSWER:  # by its seconds alone, or a rebuilt block might end elsewhere
        return ceil(segment.seconds * MOST_CHARACTERS_A_SECOND)
    return len(segment.say) if segment.say else CHARACTERS_A_BREAK * ceil(segment.seconds / LONGEST_BREAK)
