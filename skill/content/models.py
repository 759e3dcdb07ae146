"""Content: all exercises, routines, topics and spoken lines, as frozen models."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Literal
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, with_config

from skill.faq import Ways, with_openings_lost, words_of
from skill.pace import Cost, Voice
from skill.phrases import Forms, Line, Noun, Phrases
from skill.routine import Detail, Exercise, Routine, Side
from skill.timeline import Narrator

DEFAULT_LOCALE = "en-US"  # where the request names none; its language is what the others are compared to
DEFAULT_ROUTINE = "daily"  # what "start" begins; the routine that every content has to have


@with_config(extra="forbid")
@dataclass(frozen=True)
class Topic:
    """A question people ask, the ways to name it, and the answer.

    With a `section`, an exercise in progress answers with its own; `answer` is for when there is none.
    `asks`, from a file of their own, are whole questions from which the coach learns to find it; `formerly`
    are the ids of topics that it took over. A `refusal` is for what is not its business, without an `answer`
    for what makes no sense; and `safety` goes before any other topic that a question may mean.
    """

    id: str
    topic: str
    source: Literal["article", "general"]
    answer: str = ""
    section: Literal["feel", "why", "safety"] | None = None
    also_called: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    more: str | None = None
    refusal: bool = False
    safety: bool = False

    @property
    def ways(self) -> Ways:
        """Return every way of asking for it."""
        return Ways(self.id, (self.topic, *self.also_called, *self.asks), is_business=not self.refusal)


def _forms(side: object) -> object:
    """Let a side that is always said alike be written without its forms."""
    return {"plain": side} if isinstance(side, str) else side


@with_config(extra="forbid")
@dataclass(frozen=True)
class Speech:
    """`speech.yaml`: every generic spoken line of one language."""

    language: str
    pronounce: dict[str, str]
    sides: dict[Side, Annotated[Forms, BeforeValidator(_forms)]]
    things: dict[str, str]
    nouns: dict[str, Noun]
    lines: dict[Line, tuple[str, ...]]

    @property
    def phrases(self) -> Phrases:
        """The lines as the timeline and the handlers say them."""
        return Phrases(self.language, self.lines, self.nouns, self.sides, self.things)


@with_config(extra="forbid")
@dataclass(frozen=True)
class Pace:
    """`pace.yaml`: what the sounds of one language cost its voices."""

    costs: tuple[Cost, ...]


def _known_zone(zone: str) -> str:
    if zone not in available_timezones():
        raise ValueError("is no time zone; write it like Europe/London")
    return zone


@with_config(extra="forbid")
@dataclass(frozen=True)
class Locale:
    """A language as Alexa speaks it in one country; `name` is Alexa's name for it, such as en-GB.

    `time_zone` is for who has not told theirs. `words` are said there in place of others.
    """

    name: str
    language: str
    words_per_minute: Annotated[float, Field(ge=80, le=300)]
    time_zone: Annotated[str, AfterValidator(_known_zone)]
    words: dict[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Content:
    """Everything the coach can say and do in one locale."""

    locale: Locale
    costs: tuple[Cost, ...] = field(repr=False)
    exercises: Mapping[str, Exercise] = field(repr=False)
    routines: Mapping[str, Routine] = field(repr=False)
    topics: Mapping[str, Topic] = field(repr=False)
    phrases: Phrases = field(repr=False)
    pronunciations: Mapping[str, str] = field(repr=False)

    def narrator(self, words_per_minute: float | None = None) -> Narrator:
        """Return who says the words, at the locale's usual pace unless another is given."""
        pace = words_per_minute or self.locale.words_per_minute
        return Narrator(self.phrases, Voice(pace, self.phrases.language, self.costs).seconds)

    @property
    def ways(self) -> tuple[Ways, ...]:
        """Every way of asking for each topic, as Alexa may pass it on."""
        return with_openings_lost([topic.ways for topic in self.topics.values()])

    def named(self, words: str) -> Topic | None:
        """Return the topic of which `words` are a name to the letter."""
        said = words_of(words)
        names = (
            (topic, name) for topic in self.topics.values() for name in (topic.topic, *topic.also_called)
        )
        return next((topic for topic, name in names if words_of(name) == said), None)

    def topic(self, name: str) -> Topic | None:
        """Return the topic with this id, or the one that took it over: an Echo may know an older model."""
        taken_over = (topic for topic in self.topics.values() if name in topic.formerly)
        return self.topics.get(name) or next(taken_over, None)

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
