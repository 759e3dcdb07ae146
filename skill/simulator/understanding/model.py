"""The interaction model as its JSON file describes it."""

import json
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from skill.errors import ContentError


@dataclass(frozen=True)
class Slot:
    """A named gap in an intent's samples and the type of what may fill it."""

    name: str
    type: str


@dataclass(frozen=True)
class Intent:
    """One thing the user may want, and ways to say it."""

    name: str
    samples: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Name:
    """What a slot value is called, and what else people call it."""

    value: str
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Value:
    """One value of a slot type; `id` is what the skill works with."""

    id: str
    name: Name

    @property
    def phrases(self) -> tuple[str, ...]:
        """Every way to say it, its name first."""
        return (self.name.value, *self.name.synonyms)


@dataclass(frozen=True)
class SlotType:
    """A custom slot type: the values it knows."""

    name: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class LanguageModel:
    """The `languageModel` of one locale."""

    invocationName: str  # noqa: N815 (the key in Amazon's format)
    intents: tuple[Intent, ...]
    types: tuple[SlotType, ...] = ()


def load_model(path: Path) -> LanguageModel:
    """Read an interaction model file; raise ContentError if it has not the shape Amazon documents."""
    document = json.loads(path.read_text(encoding="utf-8"))
    try:
        return TypeAdapter(LanguageModel).validate_python(document["interactionModel"]["languageModel"])
    except ValidationError as error:
        first = error.errors()[0]
        raise ContentError(path.name, 1, ".".join(map(str, first["loc"])), first["msg"]) from error
