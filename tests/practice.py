"""A small world to plan timelines in: each line says its own name, and a word takes a second."""

from dataclasses import replace
from typing import Any, Literal

from skill.phrases import Line, Phrases
from skill.routine import Bout, Detail, Dose, Exercise, Kind, Limits, Phase, Routine, Setup, Side, Silences
from skill.timeline import Narrator, Plan, Timeline, bouts_of

READY_SECONDS, CHANGE_SECONDS, REST_SECONDS = 5, 8, 4


def one_second_a_word(text: str) -> float:
    return float(len(text.split()))


def words(line: Line) -> str:
    return " ".join([line.value.replace("_", " "), *(f"{{{field}}}" for field in sorted(line.fields))])


PHRASES = Phrases(
    "en",
    {line: (words(line),) for line in Line},
    {},
    {Side.RIGHT: {"plain": "right"}, Side.LEFT: {"plain": "left"}, Side.BOTH: {"plain": "both"}},
    {"mat": "a mat", "bed": "a bed"},
)
NARRATOR = Narrator(PHRASES, one_second_a_word)

BOW = Exercise(
    id="bow",
    name="bow",
    kind=Kind.HOLD,
    sides="each",
    place="mat",
    seconds=Silences(ready=READY_SECONDS, change=CHANGE_SECONDS, rest=REST_SECONDS),
    setup=Setup("bow in full", "bow {side}", "change to {side}", ("once more", "again")),
    cues=("first cue", "second cue", "third cue", "fourth cue"),
    release=("let go",),
    feel="feel",
    why="why",
    easier="easier",
    safety="safety",
    alone=Dose(sets=2, seconds=30),
    source={},
    hold=Limits(least=15, most=60),
)
NOD = replace(BOW, id="nod", name="nod", kind=Kind.REPS, hold=None, tempo=4.0)
LIFT = replace(NOD, id="lift", name="lift", sides="both")
BEND = replace(BOW, id="bend", name="bend", place="bed")
EXERCISES = {exercise.id: exercise for exercise in (BOW, NOD, LIFT, BEND)}


def hold(exercise: str = "bow", sets: int = 1, seconds: int = 30) -> Dose:
    return Dose(sets, seconds=seconds, exercise=exercise)


def reps(exercise: str = "nod", sets: int = 1, repetitions: int = 8) -> Dose:
    return Dose(sets, repetitions=repetitions, exercise=exercise)


def routine(*doses: Dose, order: Literal["side", "set"] = "side") -> Routine:
    return Routine("practice", "practice", order, Detail.FULL, doses)


def bouts(*doses: Dose, order: Literal["side", "set"] = "side", **plan: Any) -> tuple[Bout, ...]:  # noqa: ANN401 (a plan's fields)
    return bouts_of(routine(*doses, order=order), EXERCISES, Plan("practice", **plan))


def said(timeline: Timeline, *phases: Phase) -> list[str]:
    """Return what a timeline says, in these phases or in all."""
    rows = (row for row in timeline.segments if row.say and (not phases or row.phase in phases))
    return [row.say or "" for row in rows]


def seconds_in(timeline: Timeline, phase: Phase, bout: int) -> float:
    """Return how long a phase of a bout lasts."""
    return sum(
        row.seconds
        for row in timeline.segments
        if row.phase is phase and row.bout is not None and row.bout.index == bout
    )
