"""Reads publishing/: what the store shows of the skill, by language, and what it is told besides."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, StringConstraints, with_config

from skill.content.yaml_file import YamlFile, read_yaml
from skill.errors import BrokenContentError, ContentError

# https://developer.amazon.com/docs/alexa/smapi/skill-manifest.html
Name = Annotated[str, StringConstraints(min_length=2, max_length=50)]
Summary = Annotated[str, StringConstraints(min_length=1, max_length=160)]
LongText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Word = Annotated[str, StringConstraints(min_length=1, max_length=150)]

Json = dict[str, Any]
T = TypeVar("T")


@with_config(extra="forbid")
@dataclass(frozen=True)
class Example:
    """An example phrase: `say`, in which {invocation} and {sample} stand for what the locale's model has."""

    say: Word
    sample: Word | None = None

    def spoken(self, invocation: str) -> str:
        """Return the phrase as people say it."""
        return self.say.replace("{invocation}", invocation).replace("{sample}", self.sample or "")


@with_config(extra="forbid")
@dataclass(frozen=True)
class Listing:
    """What the store shows in one language."""

    name: Name
    summary: Summary
    description: LongText
    examples: Annotated[tuple[Example, ...], Field(min_length=3, max_length=3)]
    keywords: Annotated[tuple[Word, ...], Field(min_length=1, max_length=30)]


@with_config(extra="forbid")
@dataclass(frozen=True)
class Compliance:
    """What Amazon asks everyone who publishes a skill."""

    allows_purchases: bool
    contains_ads: bool
    is_child_directed: bool
    is_export_compliant: bool
    uses_personal_info: bool
    uses_health_info: bool


@with_config(extra="forbid")
@dataclass(frozen=True)
class Facts:
    """What the store is told whatever the language."""

    category: str
    is_available_worldwide: bool
    permissions: tuple[str, ...]
    events: tuple[str, ...]
    compliance: Compliance
    testing_instructions: LongText


@dataclass(frozen=True)
class Localised:
    """A locale: its listing, and its interaction model as Alexa takes it."""

    listing: Listing
    model: Json = field(repr=False)

    @property
    def invocation(self) -> str:
        """What people call the skill by."""
        return str(self.model["interactionModel"]["languageModel"]["invocationName"])

    @property
    def samples(self) -> frozenset[str]:
        """Every sentence that the model knows."""
        intents = self.model["interactionModel"]["languageModel"]["intents"]
        return frozenset(sample for intent in intents for sample in intent.get("samples", ()))

    @property
    def examples(self) -> tuple[str, ...]:
        """The example phrases, as people say them."""
        return tuple(example.spoken(self.invocation) for example in self.listing.examples)


@dataclass(frozen=True)
class Publication:
    """All that is published."""

    facts: Facts
    locales: Mapping[str, Localised]


def load_publication(publishing: Path, models: Path) -> Publication:
    """Read what is published, for every locale that has a model.

    Raises BrokenContentError, which names file, line and key of all that is wrong.
    """
    problems: list[ContentError] = []
    facts = _parsed(_read(publishing / "skill.yaml", problems), Facts, problems)
    paths = {path.stem: path for path in sorted(models.glob("*.json"))}
    languages = sorted({locale.partition("-")[0] for locale in paths})
    files = {language: _read(publishing / f"{language}.yaml", problems) for language in languages}
    listings = {language: _parsed(file, Listing, problems) for language, file in files.items()}
    locales: dict[str, Localised] = {}
    for locale, path in paths.items():
        language = locale.partition("-")[0]
        file, listing = files[language], listings[language]
        model = _model(path, problems)
        if file and listing and model:
            locales[locale] = Localised(listing, model)
            problems.extend(_misfits(file, locales[locale], f"{models.name}/{path.name}"))
    if problems or facts is None:
        raise BrokenContentError(problems)
    return Publication(facts, locales)


def _read(path: Path, problems: list[ContentError]) -> YamlFile | None:
    try:
        return read_yaml(path, path.parent)
    except ContentError as error:
        problems.append(error)
        return None


def _model(path: Path, problems: list[ContentError]) -> Json | None:
    try:
        model: Json = json.loads(path.read_text(encoding="utf-8"))
    except json.JSONDecodeError as error:
        name = f"{path.parent.name}/{path.name}"
        problems.append(ContentError(name, error.lineno, "file", f"is not valid JSON: {error.msg}"))
        return None
    return model


def _parsed(file: YamlFile | None, kind: type[T], problems: list[ContentError]) -> T | None:
    return file.parse(kind, problems) if file else None


def _misfits(file: YamlFile, localised: Localised, model: str) -> Iterator[ContentError]:
    """Yield what keeps the example phrases from working as they stand; Amazon tries each of them."""
    for number, example in enumerate(localised.listing.examples):
        if example.sample is not None and example.sample not in localised.samples:
            yield file.error(("examples", number, "sample"), f"is no sample of {model}")
        if ("{sample}" in example.say) is (example.sample is None) or "{" in localised.examples[number]:
            yield file.error(
                ("examples", number, "say"), "has to hold {sample} if there is one, and no other"
            )
    if "{invocation}" not in localised.listing.examples[0].say:
        yield file.error(("examples", 0, "say"), "has to hold {invocation}, as it is the first")
