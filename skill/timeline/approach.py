"""Getting into position: everything from the end of one bout to the starting word of the next."""

from collections.abc import Sequence

from skill.phrases import Line
from skill.routine import Bout, Detail, Kind, Phase
from skill.timeline.plan import Entry, Plan
from skill.timeline.segments import Narrator, Segment

SETTLE = 2.0  # silent seconds between the call to the next set and its starting word


def approach(
    bouts: Sequence[Bout], bout: Bout, plan: Plan, detail: Detail, narrator: Narrator
) -> list[Segment]:
    """Return the segments that lead to the starting word of `bout`, the starting word last.

    The first bout of the block begins as `plan` says, the others as the bout before them asks for.
    """
    entry = plan.entry if bout.index == plan.first else Entry.USUAL
    starting = narrator.say(_starting_line(bout, entry, narrator), Phase.READY, bout)
    if entry in (Entry.NOW, Entry.ON):
        return [starting]
    if entry is Entry.AGAIN:
        return [*_ready(Line.BACK, bout.exercise.seconds.ready, bout, narrator), starting]
    previous = bouts[bout.index - 1] if bout.index and entry is not Entry.ANEW else None
    if entry is Entry.OTHER_SIDE or _is_other_side(bout, previous):
        return [*_switch(bout, narrator), starting]
    if previous is None or previous.exercise.id != bout.exercise.id:
        return [*_setup(bout, detail, narrator), starting]
    if bout.index == plan.first or detail is not Detail.FULL:
        return [*_next_set(bout, narrator), starting]
    return [*_rest(bout, narrator), starting]


def _is_other_side(bout: Bout, previous: Bout | None) -> bool:
    return (
        previous is not None and previous.exercise.id == bout.exercise.id and previous.side is not bout.side
    )


def _starting_line(bout: Bout, entry: Entry, narrator: Narrator) -> str:
    if bout.exercise.kind is Kind.HOLD:
        line = Line.KEEP_HOLDING if entry is Entry.ON else Line.START_HOLD
    else:
        line = Line.KEEP_GOING if entry is Entry.ON else Line.START_REPETITIONS
    return narrator.phrases.line(line, bout.index)


def _setup(bout: Bout, detail: Detail, narrator: Narrator) -> list[Segment]:
    setup = bout.exercise.setup
    text = setup.full if detail is Detail.FULL else setup.brief
    said = narrator.say(text, Phase.SETUP, bout)
    return [said, *_ready(Line.READY, bout.exercise.seconds.ready, bout, narrator)]


def _switch(bout: Bout, narrator: Narrator) -> list[Segment]:
    said = narrator.say(bout.exercise.setup.other_side, Phase.SWITCH, bout)
    return [said, *_ready(Line.CHANGE, bout.exercise.seconds.change, bout, narrator)]


def _next_set(bout: Bout, narrator: Narrator) -> list[Segment]:
    said = narrator.say(_call(bout), Phase.REST, bout)
    return [said, *_ready(Line.READY, bout.exercise.seconds.rest, bout, narrator)]


def _rest(bout: Bout, narrator: Narrator) -> list[Segment]:
    rest = bout.exercise.seconds.rest
    line = narrator.phrases.line(Line.REST, bout.index, seconds=round(rest))
    return [
        narrator.say(line, Phase.REST, bout),
        narrator.pause(rest, Phase.REST, bout),
        narrator.say(_call(bout), Phase.READY, bout),
        narrator.pause(SETTLE, Phase.READY, bout),
    ]


def _call(bout: Bout) -> str:
    calls = bout.exercise.setup.next_set
    return calls[bout.index % len(calls)]


def _ready(line: Line, seconds: float, bout: Bout, narrator: Narrator) -> list[Segment]:
    text = narrator.phrases.line(line, bout.index, seconds=round(seconds))
    return [narrator.say(text, Phase.READY, bout), narrator.pause(seconds, Phase.READY, bout)]
