"""Where on its timeline a reply was when somebody spoke."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from skill.routine import Bout, Phase
from skill.timeline import Entry, Plan, Segment, Timeline, plan_at

NOT_WORTH_GOING_BACK = 1.0  # seconds of a hold or of repetitions; so few left count as done
WORKING = frozenset({Phase.HOLD, Phase.REPS})


@dataclass(frozen=True)
class Clock:
    """What Alexa's stamps do not tell, in seconds; both unmeasured, see `config.py`."""

    start_delay: float = 0.0
    barge_in_lag: float = 0.0

    def elapsed(self, began: datetime, now: datetime) -> float:
        """Return the seconds of a reply heard, given the stamps of its request and of the next one."""
        return max(0.0, (now - began).total_seconds() - self.start_delay - self.barge_in_lag)


@dataclass(frozen=True)
class Position:
    """A moment of a block: `left` seconds of its phase, `held` seconds or repetitions of its bout done."""

    bout: Bout
    phase: Phase
    into: float
    left: float
    held: float
    has_ended: bool

    @property
    def is_working(self) -> bool:
        """Whether a hold or repetitions were under way."""
        return self.phase in WORKING

    @property
    def remaining(self) -> float:
        """Seconds or repetitions of the bout that are still to do."""
        return self.bout.amount - self.held


def locate(timeline: Timeline, plan: Plan, elapsed: float) -> Position:
    """Return the position `elapsed` seconds into the timeline of `plan`, clamped to the block."""
    now = min(max(elapsed, 0.0), timeline.seconds)
    rows = timeline.segments
    current = next((row for row in rows if row.end > now), rows[-1])
    phase_rows = [row for row in rows if (row.bout, row.phase) == (current.bout, current.phase)]
    into, left = now - phase_rows[0].at, phase_rows[-1].end - now
    bout = current.bout
    assert bout is not None  # noqa: S101 (every segment of a block belongs to a bout)
    held = _held(bout, current.phase, left, plan)
    return Position(bout, current.phase, into, left, held, _has_ended(rows, now))


def _held(bout: Bout, phase: Phase, left: float, plan: Plan) -> float:
    if phase in (Phase.RELEASE, Phase.PROMPT):
        return bout.amount
    if phase is Phase.HOLD:
        return max(0.0, bout.amount - left)
    if phase is Phase.REPS:
        return max(0, int((bout.seconds() - left + 1e-6) / (bout.seconds() / bout.amount)))
    return plan.held if bout.index == plan.first else 0.0


def _has_ended(rows: Iterable[Segment], now: float) -> bool:
    """Whether all that was left of the block is its last release and its question."""
    worked_until = max((row.end for row in rows if row.phase in WORKING), default=0.0)
    return now >= worked_until - NOT_WORTH_GOING_BACK


def going_on(bouts: tuple[Bout, ...], plan: Plan, position: Position) -> Plan:
    """Return the plan that goes on from `position` of `plan`, with the seconds that were left.

    A plan whose first bout is past the last one says that the routine is finished.
    """
    index = position.bout.index
    if position.phase in (Phase.RELEASE, Phase.PROMPT) or _is_as_good_as_done(position):
        return plan_at(bouts, plan, index + 1)
    place = plan_at(bouts, plan, index, position.held)
    where = plan.where if position.phase is Phase.ANSWER else position.bout.exercise.id
    return replace(place, entry=_entry(bouts, plan, position), where=where)


def _is_as_good_as_done(position: Position) -> bool:
    return position.is_working and position.left <= NOT_WORTH_GOING_BACK


def _entry(bouts: tuple[Bout, ...], plan: Plan, position: Position) -> Entry:
    """Return how to lead into the bout again: nobody is hurried, and nobody is left on the wrong side."""
    if position.is_working:
        return Entry.ON
    given = plan.entry if position.bout.index == plan.first else Entry.USUAL
    if position.phase is Phase.ANSWER or given in (Entry.ON, Entry.NOW, Entry.OTHER_SIDE):
        return given
    if position.phase is Phase.READY and given is Entry.USUAL and _changes_side(bouts, position.bout):
        return Entry.OTHER_SIDE
    return Entry.AGAIN if position.phase in (Phase.READY, Phase.REST) else given


def _changes_side(bouts: tuple[Bout, ...], bout: Bout) -> bool:
    before = bouts[bout.index - 1] if bout.index else bout
    return before.exercise == bout.exercise and before.side is not bout.side
