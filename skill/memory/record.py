"""Record: all that is kept of an account, as it is stored."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

from pydantic import (
    Field,
    TypeAdapter,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from skill.errors import CoachError
from skill.memory.place import Place
from skill.memory.progress import Progress
from skill.preferences import Preferences

SHAPE = 1
ANYBODY = "anybody"  # whose voice was not recognised; a name, for stores that take no empty key

Json = dict[str, Any]
MIGRATIONS: Mapping[int, Callable[[Json], Json]] = {}
"""From each older shape the way to the next one."""


class NewerRecordError(CoachError):
    """The record was written by a newer version, and is left as it is."""


def _or(default: object) -> WrapValidator:
    def validate(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401 (pydantic's signature)
        try:
            return handler(value)
        except ValidationError:
            return default

    return WrapValidator(validate)


@dataclass(frozen=True)
class Person:
    """What is kept of one person; what cannot be read any more is as if it had never been."""

    place: Annotated[Place | None, _or(None)] = None
    preferences: Annotated[Preferences, _or(Preferences())] = field(default_factory=Preferences)
    progress: Annotated[Progress, _or(Progress())] = field(default_factory=Progress)


@dataclass(frozen=True)
class Record:
    """An account's people, by the hash of their id, or ANYBODY.

    `revision` belongs to the store, which counts its writes by it.
    """

    shape: Annotated[int, Field(ge=1)] = SHAPE
    revision: Annotated[int, Field(ge=0)] = 0
    people: Mapping[str, Annotated[Person, _or(Person())]] = field(default_factory=dict)

    @classmethod
    def from_attributes(cls, attributes: Mapping[str, Any]) -> "Record":
        """Read what a store kept; what is no record begins anew. Raises NewerRecordError."""
        if not attributes:
            return cls()
        kept, shape = dict(attributes), _number(attributes, "shape", 1)
        if shape > SHAPE:
            raise NewerRecordError(f"shape {shape} is newer than {SHAPE}")
        for older in range(shape, SHAPE):
            kept = MIGRATIONS[older](kept)
        try:
            return _ADAPTER.validate_python({**kept, "shape": SHAPE})
        except ValidationError:
            return cls(revision=_number(attributes, "revision", 0))

    def to_attributes(self) -> Json:
        """Return the JSON object that `from_attributes` reads back; all its numbers are whole."""
        kept = {"people": {}, **_ADAPTER.dump_python(self, mode="json", exclude_defaults=True)}
        whole: Json = _whole({**kept, "shape": self.shape, "revision": self.revision})
        return whole

    def changed(self, key: str, change: Callable[[Person], Person]) -> "Record":
        """Return the record with one person changed."""
        person = change(self.people.get(key, Person()))
        return replace(self, people={**self.people, key: person})


_ADAPTER = TypeAdapter(Record)


def _number(attributes: Mapping[str, Any], key: str, least: int) -> int:
    try:
        return max(least, int(attributes[key]))
    except (KeyError, TypeError, ValueError):
        return least


def _whole(value: Any) -> Any:  # noqa: ANN401 (JSON)
    """Return a JSON value with its numbers rounded down, for stores that keep no fractions."""
    if isinstance(value, dict):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return int(value) if isinstance(value, float) else value
