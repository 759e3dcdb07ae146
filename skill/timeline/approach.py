"""Getting into position: everything from the end of one bout to the starting word of the next."""

from skill.phrases import Line
from skill.routine import Bout, Detail, Kind, Phase
from skill.timeline.plan import Entry
from skill.timeline.segments import Narrator, Segment

SETTLE = 2.0  # silent seconds between the call to the next set and its starting word


def approach(
    bout: Bout, previous: Bout | None, entry: Entry, detail: Detail, narrator: Narrator
) -> list[Segment]:
    """Return the segments that lead to the starting word of `bout`, the starting word last.

    `previous` is the bout just finished in the same reply or the one before; `entry` says how to begin.
    """
    starting = narrator.say(_starting_line(bout, entry, narrator), Phase.READY, bout)
    if entry in (Entry.NOW, Entry.ON):
        return [starting]
    if entry is Entry.AGAIN:
        return [*_ready(Line.BACK, bout.exercise.seconds.ready, bout, narrator), starting]
    if entry is Entry.OTHER_SIDE:
        return [*_switch(bout, narrator), starting]
    return [*_usual(bout, previous, detail, narrator), starting]


def _starting_line(bout: Bout, entry: Entry, narrator: Narrator) -> str:
    if bout.exercise.kind is Kind.HOLD:
        line = Line.KEEP_HOLDING if entry is Entry.ON else Line.START_HOLD
    else:
        line = Line.KEEP_GOING if entry is Entry.ON else Line.START_REPETITIONS
    return narrator.phrases.line(line, bout.index)


def _usual(bout: Bout, previous: Bout | None, detail: Detail, narrator: Narrator) -> list[Segment]:
    if previous is None or previous.exercise.id != bout.exercise.id:
        return _setup(bout, detail, narrator)
    if previous.side is not bout.side:
        return _switch(bout, narrator)
    return _rest(bout, detail, narrator)


def _setup(bout: Bout, detail: Detail, narrator: Narrator) -> list[Segment]:
    setup = bout.exercise.setup
    text = setup.full if detail is Detail.FULL else setup.brief
    said = narrator.say(text, Phase.SETUP, bout)
    return [said, *_ready(Line.READY, bout.exercise.seconds.ready, bout, narrator)]


def _switch(bout: Bout, narrator: Narrator) -> list[Segment]:
    said = narrator.say(bout.exercise.setup.other_side, Phase.SWITCH, bout)
    return [said, *_ready(Line.CHANGE, bout.exercise.seconds.change, bout, narrator)]


def _rest(bout: Bout, detail: Detail, narrator: Narrator) -> list[Segment]:
    rest = bout.exercise.seconds.rest
    line = narrator.phrases.line(Line.REST, bout.index, seconds=round(rest))
    resting = [narrator.say(line, Phase.REST, bout), narrator.pause(rest, Phase.REST, bout)]
    if detail is Detail.BRIEF:
        return resting
    calls = bout.exercise.setup.next_set
    call = narrator.say(calls[bout.index % len(calls)], Phase.READY, bout)
    return [*resting, call, narrator.pause(SETTLE, Phase.READY, bout)]


def _ready(line: Line, seconds: float, bout: Bout, narrator: Narrator) -> list[Segment]:
    text = narrator.phrases.line(line, bout.index, seconds=round(seconds))
    return [narrator.say(text, Phase.READY, bout), narrator.pause(seconds, Phase.READY, bout)]
