"""The seconds that count: a hold with its cues inside it, and counted repetitions."""

from dataclasses import dataclass

from skill.phrases import Line
from skill.routine import Bout, Detail, Kind, Phase
from skill.timeline.segments import Narrator, Segment

FIRST_CUE = 2.0  # seconds into a hold: let the starting word settle
CUE_EVERY = 8.0  # seconds from the start of one cue to the next
CUE_EVERY_IN_BRIEF = 20.0
QUIET = 2.5  # silent seconds at least before and after whatever is said in a hold
SETTLED = 2.0  # seconds after a break-in in which nothing more is said
COUNT_EARLY = 0.2  # seconds between the last word of the count and the release
SHORTEST_WITH_HALFWAY, SHORTEST_WITH_TEN_LEFT = 25, 20  # seconds of hold
CUE_EVERY_REPETITIONS = 3
CUE_EVERY_REPETITIONS_IN_BRIEF = 6


@dataclass(frozen=True)
class Mark:
    """Something said inside a hold, `at` seconds after its starting word; a cue or the time."""

    at: float
    seconds: float
    text: str
    is_cue: bool

    @property
    def end(self) -> float:
        """Seconds after the starting word when it has been said."""
        return self.at + self.seconds


def work(bout: Bout, done: float, detail: Detail, narrator: Narrator) -> list[Segment]:
    """Return the hold or the repetitions of `bout` that are left after `done` seconds or repetitions.

    The segments of a hold sum to exactly `bout.amount - done` seconds.
    """
    if bout.exercise.kind is Kind.REPS:
        return _repetitions(bout, int(done), detail, narrator)
    return _hold(bout, done, detail, narrator)


def last_cue(bout: Bout, held: float, detail: Detail, narrator: Narrator) -> str:
    """Return the form cue last heard to its end after `held` seconds, or the first of the bout."""
    cues = _cues_from(bout)
    if bout.exercise.kind is Kind.HOLD:
        heard = [mark.text for mark in marks(bout, detail, narrator) if mark.is_cue and mark.end <= held]
        return heard[-1] if heard else narrator.phrases.sided(cues[0], bout.side)
    return narrator.phrases.sided(cues[max(0, _cues_by(held, detail) - 1) % len(cues)], bout.side)


def marks(bout: Bout, detail: Detail, narrator: Narrator) -> list[Mark]:
    """Return all that is said inside a whole hold, in order."""
    times = _time_marks(bout, narrator)
    every = CUE_EVERY_IN_BRIEF if detail is Detail.BRIEF else CUE_EVERY
    limit = bout.amount - SHORTEST_WITH_TEN_LEFT / 2 if times else bout.amount
    cues: list[Mark] = []
    at = FIRST_CUE
    texts = _cues_from(bout)
    while at < limit - QUIET and len(cues) < len(texts):
        mark = _mark(at, texts[len(cues)], narrator, bout)
        clash = next((other for other in times if _crowd(mark, other)), None)
        if clash is None:
            cues.append(mark)
            at = max(at + every, mark.end + 2 * QUIET)
        else:
            at = clash.end + QUIET + 1
    return sorted([*cues, *times], key=lambda mark: mark.at)


def _time_marks(bout: Bout, narrator: Narrator) -> list[Mark]:
    """Halfway, ten seconds left and the soft count, as far as they fit the length of the hold."""
    phrases, hold = narrator.phrases, bout.amount
    count = _mark(0, phrases.line(Line.COUNT, bout.index), narrator)
    found = [Mark(hold - count.seconds - COUNT_EARLY, count.seconds, count.text, is_cue=False)]
    if hold >= SHORTEST_WITH_TEN_LEFT:
        line = Line.HALFWAY_TEN_LEFT if hold == SHORTEST_WITH_TEN_LEFT else Line.TEN_LEFT
        found.append(_mark(hold - 10, phrases.line(line, bout.index), narrator))
    if hold >= SHORTEST_WITH_HALFWAY:
        found.append(_mark(hold / 2, phrases.line(Line.HALFWAY, bout.index), narrator))
    return found


def _mark(at: float, text: str, narrator: Narrator, bout: Bout | None = None) -> Mark:
    segment = narrator.say(text, Phase.HOLD, bout)
    return Mark(at, segment.seconds, segment.say or "", is_cue=bout is not None)


def _crowd(mark: Mark, other: Mark) -> bool:
    return mark.at < other.end + QUIET and other.at < mark.end + QUIET


def _cues_from(bout: Bout) -> tuple[str, ...]:
    """Return every other cue of the exercise, so that neighbouring bouts share none; set by set in turn."""
    cues = bout.exercise.cues[bout.index % 2 :: 2]
    first = bout.index // 2 % len(cues)
    return (*cues[first:], *cues[:first])


def _cues_by(repetitions: float, detail: Detail) -> int:
    """Return how many cues have been said when so many repetitions are done."""
    return int(repetitions) // _repetitions_a_cue(detail)


def _repetitions_a_cue(detail: Detail) -> int:
    return CUE_EVERY_REPETITIONS_IN_BRIEF if detail is Detail.BRIEF else CUE_EVERY_REPETITIONS


def _hold(bout: Bout, held: float, detail: Detail, narrator: Narrator) -> list[Segment]:
    segments: list[Segment] = []
    now = held
    for mark in marks(bout, detail, narrator):
        if mark.at < (held + SETTLED if held else 0):
            continue
        segments.append(narrator.pause(mark.at - now, Phase.HOLD, bout))
        segments.append(Segment(mark.seconds, Phase.HOLD, bout, mark.text))
        now = mark.end
    return [*segments, narrator.pause(bout.amount - now, Phase.HOLD, bout)]


def _repetitions(bout: Bout, done: int, detail: Detail, narrator: Narrator) -> list[Segment]:
    cues = _cues_from(bout)
    segments: list[Segment] = []
    for number in range(done + 1, bout.amount + 1):
        is_due = number % _repetitions_a_cue(detail) == 0
        cue = cues[(_cues_by(number, detail) - 1) % len(cues)] if is_due else None
        segments += _repetition(bout, number, cue, narrator)
    return segments


def _repetition(bout: Bout, number: int, cue: str | None, narrator: Narrator) -> list[Segment]:
    """One repetition at the exercise's tempo: its number, a cue where one fits, and the quiet left."""
    tempo = bout.seconds() / bout.amount
    if number == bout.amount:
        cue = narrator.phrases.line(Line.LAST_REPETITION, bout.index)
    counted = narrator.phrases.number(number)
    spoken = narrator.say(f"{counted} {cue}" if cue else counted, Phase.REPS, bout)
    if spoken.seconds > tempo:
        spoken = narrator.say(counted, Phase.REPS, bout)
    return [spoken, narrator.pause(tempo - spoken.seconds, Phase.REPS, bout)]
