"""Plan: what a block is built from, and all that the session has to keep of it."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from skill.routine import Detail, Dose, Exercise, OneSide, Routine, Side

# What a session brings back is only believed within reason.
Count = Annotated[int, Field(ge=0, le=10_000)]
Seconds = Annotated[float, Field(ge=0, le=100_000, allow_inf_nan=False)]


class Entry(StrEnum):
    """How a block leads into its first bout."""

    USUAL = "usual"  # as the routine does: the setup, the other side, or the next set
    OTHER_SIDE = "other_side"  # changing sides, wherever in the routine
    ANEW = "anew"  # the setup, wherever in the routine
    AGAIN = "again"  # seconds to get back into position, then the starting word
    NOW = "now"  # the starting word at once
    ON = "on"  # still in position: one word, and the hold goes on


@dataclass(frozen=True)
class Choice:
    """A hold length in seconds, from the bout with this index on; None is the routine's own again."""

    start: Count
    seconds: Count | None


@dataclass(frozen=True)
class Plan:
    """What is played: which bouts of which routine, from where on, and what was done before.

    `routine` is the id of a routine, or of an exercise that is done alone.
    `held` counts the seconds (or repetitions) of the first bout that were done already, `lead` the seconds
    of speech before it. `last` is the bout worked in last, `where` the exercise the person is in place for;
    `worked` counts the seconds of holds and repetitions done in this session. `side` comes first in every
    exercise but `unlike`, which had begun before that was chosen; `detail` goes before the routine's own.
    """

    routine: str
    without: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    first: Count = 0
    held: Seconds = 0.0
    entry: Entry = Entry.USUAL
    lead: Seconds = 0.0
    last: Count | None = None
    where: str = ""
    done: tuple[str, ...] = ()
    worked: Seconds = 0.0
    side: OneSide = Side.RIGHT
    unlike: str = ""
    detail: Detail | None = None

    def beginning_at(self, index: int, entry: Entry = Entry.USUAL) -> "Plan":
        """Return this plan from the beginning of another bout on; nothing counts as done by that."""
        return replace(self, first=index, held=0.0, entry=entry, lead=0.0)

    @property
    def chosen_hold(self) -> int | None:
        """The hold length in seconds that was chosen last; None where all are the routine's own."""
        return self.choices[-1].seconds if self.choices else None

    def amount(self, dose: Dose, exercise: Exercise, pair: int) -> int:
        """Return the seconds or repetitions of a bout whose pair of sides begins at bout `pair`."""
        if dose.seconds is None:
            return dose.repetitions or 0
        chosen = [choice.seconds for choice in self.choices if choice.start <= pair][-1:]
        return exercise.clamp(chosen[0]) if chosen and chosen[0] is not None else dose.seconds

    def first_side(self, exercise: Exercise) -> Side:
        """Return the side that an exercise with two sides begins with."""
        return self.side.other if exercise.id == self.unlike else self.side

    def detail_in(self, routine: Routine) -> Detail:
        """Return how much is spoken in `routine`."""
        return self.detail or routine.detail

    def doses(self, routine: Routine) -> list[Dose]:
        """Return the doses of `routine` that are to be done."""
        alone = [dose for dose in routine.doses if dose.exercise == routine.id]
        return alone or [dose for dose in routine.doses if dose.exercise not in self.without]
