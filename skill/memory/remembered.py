"""Remembered: what a session knows of the person, and how much of what it does is saved already."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from skill.memory.days import UTC, day_in
from skill.memory.progress import Progress, Tally, practised
from skill.memory.record import ANYBODY
from skill.preferences import Preferences
from skill.timeline import Plan


class Lapse(StrEnum):
    """Whether memory failed, and whether the person knows."""

    NONE = "none"
    DUE = "due"
    TOLD = "told"


@dataclass(frozen=True)
class Remembered:
    """What was remembered when the session began, and what has been saved since.

    Nothing is saved unless the session `keeps`: it was begun with the store asked, and not to be forgotten.
    `person` is the key of whose session it is, `zone` where their days begin. `progress` is as last known;
    None where it is not. `worked` counts the seconds of `Plan.worked` and `done` the exercises of
    `Plan.done` that are in it. `before` are the preferences as last saved, while a change is not.
    """

    keeps: bool = False
    person: str = ANYBODY
    zone: str = UTC
    is_known: bool = False
    has_place: bool = False
    progress: Progress | None = field(default_factory=Progress)
    worked: int = 0
    done: int = 0
    before: Preferences | None = None
    lapse: Lapse = Lapse.NONE

    @property
    def counted(self) -> Tally:
        """Return how much of this session is in `progress`."""
        return Tally(seconds=self.worked, exercises=self.done)

    def tally(self, plan: Plan) -> Tally:
        """Return what the session has come to with all that `plan` counts as done."""
        return Tally(seconds=int(plan.worked), exercises=len(plan.done)).including(self.counted)

    def counting(self, plan: Plan) -> "Remembered":
        """Return this with all that `plan` counts as done taken for saved."""
        tally = self.tally(plan)
        return replace(self, worked=tally.seconds, done=tally.exercises)

    def day(self, now: datetime) -> date:
        """Return the person's own day at `now`."""
        return day_in(self.zone, now)

    def progress_at(self, now: datetime, plan: Plan) -> Progress | None:
        """Return the progress with what `plan` counts as done; None where it is not known, or not kept."""
        if self.progress is None or not self.keeps:
            return None
        return practised(self.progress, self.day(now), self.tally(plan).since(self.counted))
