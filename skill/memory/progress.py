"""Progress: how much a person practised, counted in days of their own calendar."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field

from skill.memory.days import week_of

Count = Annotated[int, Field(ge=0, le=1_000_000_000)]

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Practice:
    """What was done since the last time it was counted; `sessions` is 1 where a session began with it."""

    seconds: int = 0
    exercises: int = 0
    sessions: int = 0


@dataclass(frozen=True)
class Tally:
    """What a session has come to by now: `seconds` of work, and `exercises`; `session` stands for its id."""

    session: str = ""
    seconds: Count = 0
    exercises: Count = 0

    def since(self, counted: "Tally") -> Practice:
        """Return what of this is not in `counted`, an earlier tally of the session."""
        seconds = max(0, self.seconds - counted.seconds)
        exercises = max(0, self.exercises - counted.exercises)
        return Practice(seconds, exercises, sessions=int(not counted.seconds and seconds > 0))

    def including(self, counted: "Tally") -> "Tally":
        """Return this, or the earlier `counted` where that is more."""
        seconds, exercises = max(self.seconds, counted.seconds), max(self.exercises, counted.exercises)
        return replace(self, seconds=seconds, exercises=exercises)


@dataclass(frozen=True)
class Progress:
    """What was practised in all: `seconds` of holds and repetitions, `streak` and `best` in days.

    `first` and `last` are days, `week` is the number of days practised in the week of `last`.
    """

    sessions: Count = 0
    exercises: Count = 0
    seconds: Count = 0
    first: date | None = None
    last: date | None = None
    streak: Count = 0
    best: Count = 0
    week: Count = 0

    def days_in_week(self, today: date) -> int:
        """Return on how many days of the week of `today`, Monday to Sunday, something was practised."""
        return self.week if self.last and week_of(self.last) >= week_of(today) else 0

    def streak_on(self, today: date) -> int:
        """Return how many days in a row were practised, up to `today` or the day before."""
        return self.streak if self.last and today - self.last <= A_DAY else 0


def practised(progress: Progress, day: date, done: Practice) -> Progress:
    """Return `progress` with what was done on `day`; an earlier day than the last counts as the last."""
    if done == Practice():
        return progress
    counted = replace(
        progress,
        sessions=progress.sessions + done.sessions,
        exercises=progress.exercises + done.exercises,
        seconds=progress.seconds + done.seconds,
    )
    if progress.last and day <= progress.last:
        return counted
    streak = progress.streak_on(day) + 1
    return replace(
        counted,
        first=progress.first or day,
        last=day,
        streak=streak,
        best=max(progress.best, streak),
        week=progress.days_in_week(day) + 1,
    )
