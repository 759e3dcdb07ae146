"""A routine's timetable: what will be said and when, without playing it."""

from collections.abc import Iterator
from typing import Any

from skill.content import Content
from skill.position import WORKING
from skill.preferences import Preferences
from skill.routine import Phase
from skill.timeline import Narrator, Segment, blocks, bouts_of

Row = dict[str, Any]


def rows_of(
    content: Content, narrator: Narrator, name: str, preferences: Preferences | None = None
) -> Iterator[Row]:
    """Yield the segments of a routine as INTERFACES.md describes them; seconds count from the block's start.

    `preferences` are those of whom it is played to. Raises KeyError for an unknown routine.
    """
    routine = content.routine(name)
    if routine is None:
        raise KeyError(name)
    plan = (preferences or Preferences()).plan(name)
    bouts = bouts_of(routine, content.exercises, plan)
    for number, timeline in enumerate(blocks(bouts, plan, plan.detail_in(routine), narrator), start=1):
        for segment in timeline.segments:
            yield _row(number, segment)


def as_table(rows: Iterator[Row]) -> Iterator[str]:
    """Yield the lines of a readable timetable."""
    block = 0
    for row in rows:
        if row["block"] != block:
            block = row["block"]
            yield f"\nReply {block}"
        minutes, seconds = divmod(row["at"], 60)
        said = row.get("say") or f"· {row['seconds']:.1f} s ·"
        yield f"  {minutes:2.0f}:{seconds:04.1f}  {row['phase']:8} {row['side'] or '':5}  {said}"


def _row(number: int, segment: Segment) -> Row:
    bout = None if segment.phase is Phase.PROMPT else segment.bout
    what = {"pause": segment.seconds} if segment.say is None else {"say": segment.say}
    return {
        "block": number,
        "set": bout.set if bout else 1,
        "at": segment.at,
        "seconds": segment.seconds,
        **what,
        "exercise": bout.exercise.id if bout else None,
        "side": bout.side.value if bout else None,
        "promise": bout.amount if bout and segment.phase in WORKING else None,
        "phase": segment.phase.value,
    }
