"""Exercise, Routine, Bout: the vocabulary that everything else shares."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, with_config

# Strict and finite: `yes` is no number of sets, and nothing lasts for ever.
PositiveInt = Annotated[int, Field(strict=True, gt=0, le=1000)]
PositiveFloat = Annotated[float, Field(gt=0, le=1000)]
NonNegativeFloat = Annotated[float, Field(ge=0, le=1000)]


class Side(StrEnum):
    """The hip that is stretched or worked."""

    RIGHT = "right"
    LEFT = "left"
    BOTH = "both"

    @property
    def other(self) -> "Side":
        """The opposite side; both is its own opposite."""
        return {Side.RIGHT: Side.LEFT, Side.LEFT: Side.RIGHT}.get(self, Side.BOTH)


OneSide = Literal[Side.RIGHT, Side.LEFT]


class Phase(StrEnum):
    """What a moment of a timeline is for."""

    ANSWER = "answer"  # what a reply says before the routine goes on; never in a preview
    SETUP = "setup"
    READY = "ready"
    HOLD = "hold"
    REPS = "reps"
    RELEASE = "release"
    SWITCH = "switch"
    REST = "rest"
    PROMPT = "prompt"


class Kind(StrEnum):
    """Whether an exercise is held or repeated."""

    HOLD = "hold"
    REPS = "reps"


class Detail(StrEnum):
    """How much is spoken, least first: of a setup, between two sets, and inside the work."""

    BRIEF = "brief"
    USUAL = "usual"
    FULL = "full"

    @property
    def less(self) -> "Detail":
        """The level below; the lowest has none but itself."""
        return {Detail.FULL: Detail.USUAL}.get(self, Detail.BRIEF)

    @property
    def more(self) -> "Detail":
        """The level above; the highest has none but itself."""
        return {Detail.BRIEF: Detail.USUAL}.get(self, Detail.FULL)


@with_config(extra="forbid")
@dataclass(frozen=True)
class Setup:
    """How to get into an exercise; `{side}` and `{other}` stand for the two sides."""

    full: str
    brief: str
    other_side: str = ""
    next_set: tuple[str, ...] = ()


@with_config(extra="forbid")
@dataclass(frozen=True)
class Silences:
    """Quiet seconds an exercise needs around its work."""

    ready: PositiveFloat
    change: NonNegativeFloat = 0
    rest: NonNegativeFloat = 0


@with_config(extra="forbid")
@dataclass(frozen=True)
class Limits:
    """The shortest and longest hold that is safe, in seconds."""

    least: PositiveInt
    most: PositiveInt


@with_config(extra="forbid")
@dataclass(frozen=True)
class Dose:
    """How much of an exercise: sets of seconds or of repetitions."""

    sets: PositiveInt
    seconds: PositiveInt | None = None
    repetitions: PositiveInt | None = None
    exercise: str = ""


@with_config(extra="forbid")
@dataclass(frozen=True)
class Exercise:
    """One exercise as its content file describes it."""

    id: str
    name: str
    kind: Kind
    sides: Literal["each", "both"]
    place: str
    seconds: Silences
    setup: Setup
    cues: tuple[str, ...]
    release: tuple[str, ...]
    feel: str
    why: str
    easier: str
    safety: str
    alone: Dose
    source: dict[str, Literal["article", "general"]] = field(hash=False)
    also_called: tuple[str, ...] = ()
    equipment: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    hold: Limits | None = None
    tempo: PositiveFloat | None = None
    mistakes: str | None = None
    harder: str | None = None

    def clamp(self, seconds: float) -> int:
        """Return the safe hold nearest to `seconds`; a hold exercise only."""
        assert self.hold is not None  # noqa: S101 (content.py checks that a hold has its limits)
        return round(min(max(seconds, self.hold.least), self.hold.most))


@with_config(extra="forbid")
@dataclass(frozen=True)
class Routine:
    """An ordered list of doses; `order` says whether a side's sets follow one another."""

    id: str
    name: str
    order: Literal["side", "set"]
    detail: Detail
    doses: tuple[Dose, ...]
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bout:
    """One hold (`amount` in seconds) or one set of repetitions (`amount` of them).

    `pair` is the index of the first bout of its pair: the same set on the first side.
    """

    index: int
    exercise: Exercise
    side: Side
    set: int
    sets: int
    pair: int
    amount: int

    def seconds(self, done: float = 0.0) -> float:
        """Return how long the hold or the repetitions last when `done` of them are done already."""
        return (self.amount - done) * (self.exercise.tempo or 1)
