"""Preferences: what a person has chosen for good."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from skill.routine import Detail, OneSide, Side
from skill.timeline import Choice, Plan

LONGEST_WISH = 600  # seconds of a hold; whatever is asked for, an exercise's own limit decides

# The most that is told before so many sessions are done.
MOST_DETAIL = ((2, Detail.FULL), (6, Detail.USUAL))


@dataclass(frozen=True)
class Preferences:
    """What a person has chosen; None, or nothing left out, where all is as the content has it.

    `routine` is the id of the usual one, `hold` a wish in seconds that each exercise keeps within its limits,
    `side` the one to start with, `without` the ids of exercises that are left out.
    """

    routine: str | None = None
    hold: Annotated[int, Field(gt=0, le=LONGEST_WISH)] | None = None
    detail: Detail | None = None
    side: OneSide | None = None
    without: tuple[str, ...] = ()

    def plan(self, routine: str) -> Plan:
        """Return the plan of a whole routine, or of an exercise done alone, as this person likes it."""
        choices = () if self.hold is None else (Choice(0, self.hold),)
        side = self.side or Side.RIGHT
        return Plan(routine, self.without, choices, side=side, detail=self.detail)


def accustomed(detail: Detail, sessions: int) -> Detail:
    """Return how much to tell who has done so many `sessions` and has chosen no level.

    It is never more than the routine's own `detail`.
    """
    most = next((level for before, level in MOST_DETAIL if sessions < before), Detail.BRIEF)
    return min(detail, most, key=list(Detail).index)


def has_grown_accustomed(detail: Detail, sessions: int) -> bool:
    """Return whether less is told than the session before, after just so many `sessions`."""
    return sessions > 0 and accustomed(detail, sessions) is not accustomed(detail, sessions - 1)
