"""Place: where in a routine somebody was, so that it is found again in content that may have changed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from pydantic import AwareDatetime

from skill.routine import Bout, Side
from skill.timeline import Entry, Plan

OFFERED_FOR = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """A bout by what it is, the plan that led there, and when that was."""

    plan: Plan
    exercise: str
    side: Side
    set: int
    when: AwareDatetime

    @classmethod
    def of(cls, plan: Plan, bout: Bout, now: datetime) -> "Place":
        """Return the place of `bout`; what the session did is not a part of it."""
        bare = replace(plan, first=bout.index, entry=Entry.ANEW, lead=0.0, last=None, where="")
        bare = replace(bare, done=(), worked=0.0)
        return cls(bare, bout.exercise.id, bout.side, bout.set, now.replace(microsecond=0))

    def found(self, bouts_of: Callable[[Plan], Sequence[Bout]], now: datetime) -> Plan | None:
        """Return the plan to go on with; None where the place is too old or not in the content any more."""
        if now - self.when > OFFERED_FOR:
            return None
        here = (self.exercise, self.side, self.set)
        found = (row for row in bouts_of(self.plan) if (row.exercise.id, row.side, row.set) == here)
        bout = next(found, None)
        if bout is None:
            return None
        held = self.plan.held if self.plan.held < bout.amount else 0.0
        return replace(self.plan, first=bout.index, held=held)
