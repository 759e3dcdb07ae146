"""Content: all exercises, routines, topics and spoken lines, as frozen models."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from pydantic import with_config

from skill.faq import Ways
from skill.phrases import Line, Noun, Phrases
from skill.routine import Detail, Exercise, Routine, Side

DEFAULT_ROUTINE = "daily"  # what "start" begins; the routine that every content has to have


@with_config(extra="forbid")
@dataclass(frozen=True)
class Topic:
    """A question people ask, the ways to name it, and the answer.

    With a `section`, an exercise in progress answers with its own; `answer` is for when there is none. `asks`
    are whole questions from which the coach learns to find it; a `refusal` is for what is not its business,
    and `safety` goes before any other topic that a question may mean.
    """

    id: str
    topic: str
    answer: str
    source: Literal["article", "general"]
    section: Literal["feel", "why", "safety"] | None = None
    also_called: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    more: str | None = None
    refusal: bool = False
    safety: bool = False

    @property
    def ways(self) -> Ways:
        """Return every way of asking for it."""
        return Ways(self.id, (self.topic, *self.also_called, *self.asks), is_business=not self.refusal)


@with_config(extra="forbid")
@dataclass(frozen=True)
class Speech:
    """`speech.yaml`: every generic spoken line of one language."""

    language: str
    pronounce: dict[str, str]
    sides: dict[Side, str]
    things: dict[str, str]
    nouns: dict[str, Noun]
    lines: dict[Line, tuple[str, ...]]

    @property
    def phrases(self) -> Phrases:
        """The lines as the timeline and the handlers say them."""
        return Phrases(self.language, self.lines, self.nouns, self.sides, self.things)


@dataclass(frozen=True)
class Content:
    """Everything the coach can say and do."""

    exercises: Mapping[str, Exercise] = field(repr=False)
    routines: Mapping[str, Routine] = field(repr=False)
    topics: Mapping[str, Topic] = field(repr=False)
    phrases: Phrases = field(repr=False)
    pronunciations: Mapping[str, str] = field(repr=False)

    @property
    def names(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """Return what things are called, by Alexa's slot type for them and by id; the proper name first."""
        return {
            "STRETCH": {key: (row.name, *row.also_called) for key, row in self.exercises.items()},
            "ROUTINE": {key: (row.name, *row.also_called) for key, row in self.routines.items()},
            "TOPIC": {key: (row.topic, *row.also_called) for key, row in self.topics.items()},
        }

    def routine(self, name: str) -> Routine | None:
        """Return the routine with this id, or the exercise with this id as a routine of its own."""
        if name in self.exercises:
            exercise = self.exercises[name]
            return Routine(
                name, exercise.name, "side", Detail.FULL, (replace(exercise.alone, exercise=name),)
            )
        return self.routines.get(name)
