"""Segment and Timeline: what a reply says, when it is silent, and what each second is for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import accumulate

from skill.phrases import Phrases
from skill.routine import Bout, Phase


@dataclass(frozen=True)
class Segment:
    """One piece of a timeline: speech where `say` is given, else silence; times in seconds."""

    seconds: float
    phase: Phase
    bout: Bout | None = None
    say: str | None = None
    at: float = 0.0

    @property
    def end(self) -> float:
        """Seconds from the start of the block to the end of this segment."""
        return self.at + self.seconds


@dataclass(frozen=True)
class Timeline:
    """The segments of one block with their start times; `following` is the bout after it, if any."""

    segments: tuple[Segment, ...]
    following: Bout | None

    @property
    def seconds(self) -> float:
        """How long the block plays, from its first sound to the open microphone."""
        return self.segments[-1].end


def start_times(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Return the segments one after the other, each beginning where the last one ends."""
    rows = [row for row in segments if row.seconds > 0]
    ends = accumulate((row.seconds for row in rows), initial=0.0)
    return tuple(replace(row, at=at) for row, at in zip(rows, ends, strict=False))


@dataclass(frozen=True)
class Narrator:
    """The words and the voice a timeline is planned with; `pace` gives the seconds a text takes."""

    phrases: Phrases
    pace: Callable[[str], float]

    def say(self, text: str, phase: Phase, bout: Bout | None = None) -> Segment:
        """Return the segment that speaks `text`, its sides filled in for `bout`."""
        spoken = self.phrases.sided(text, bout.side) if bout else text
        return Segment(self.pace(spoken), phase, bout, spoken)

    def pause(self, seconds: float, phase: Phase, bout: Bout | None = None) -> Segment:
        """Return a silence."""
        return Segment(seconds, phase, bout)
