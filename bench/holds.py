"""The holds of a routine: what was promised, what is said in them and how long they are silent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from bench.synthesisers import Synthesiser
from skill.content import DEFAULT_LOCALE, load_content
from skill.preview import rows_of

CONTENT = Path(__file__).parent.parent / "content"
ROUTINES = CONTENT / "en" / "routines"  # the seconds are the same in every language

Row = Mapping[str, Any]
"""A segment as `python -m skill preview ROUTINE --json` gives it."""


@dataclass(frozen=True)
class Hold:
    """One hold: `promise` in seconds from the routine's file, the rest from its timetable."""

    routine: str
    exercise: str
    side: str
    set: int
    promise: float
    said: tuple[str, ...]
    silence: float

    @property
    def name(self) -> str:
        """Return what tells the hold from the others of its routine."""
        return f"{self.exercise} {self.side} {self.set}"

    def errors(self, voice: Synthesiser) -> tuple[float, float]:
        """Return how far the hold as spoken by `voice` is from the promise, in %: raw and trimmed."""
        spoken = [voice(text) for text in self.said]
        lengths = sum(sound.raw for sound in spoken), sum(sound.trimmed for sound in spoken)
        raw, trimmed = (self._error(self.silence + length) for length in lengths)
        return raw, trimmed

    def naive_error(self, voice: Synthesiser) -> float:
        """Return the error in % if the pauses alone added up to the promise, with trimmed speech on top."""
        return self._error(self.promise + sum(voice(text).trimmed for text in self.said))

    def _error(self, seconds: float) -> float:
        return 100 * (seconds / self.promise - 1)


def routine_ids() -> list[str]:
    """Return the id of every routine there is."""
    return sorted(path.stem for path in ROUTINES.glob("*.yaml"))


def promises(routine: str) -> dict[str, float]:
    """Return the seconds of each exercise that is held, from the routine's own file."""
    doses = yaml.safe_load((ROUTINES / f"{routine}.yaml").read_text(encoding="utf-8"))["doses"]
    return {dose["exercise"]: dose["seconds"] for dose in doses if "seconds" in dose}


def holds(routine: str, rows: Iterable[Row], promised: Mapping[str, float]) -> list[Hold]:
    """Return every hold in `rows`, in order."""
    bouts = groupby(rows, lambda row: (row["phase"], row["exercise"], row["side"], row["set"]))
    return [
        _hold(routine, promised[exercise], list(segments))
        for (phase, exercise, _, _), segments in bouts
        if phase == "hold"
    ]


def all_holds(locale: str = DEFAULT_LOCALE) -> list[Hold]:
    """Return every hold of every routine, as a locale's timetables have them."""
    content = load_content(CONTENT, locale)
    return [
        hold
        for routine in routine_ids()
        for hold in holds(routine, rows_of(content, content.narrator(), routine), promises(routine))
    ]


def _hold(routine: str, promise: float, segments: list[Row]) -> Hold:
    first = segments[0]
    said = tuple(row["say"] for row in segments if row.get("say"))
    silence = sum(row["pause"] for row in segments if row.get("pause"))
    return Hold(routine, first["exercise"], first["side"], first["set"], promise, said, silence)
