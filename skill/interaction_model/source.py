"""The sources of the interaction models: one file a language, and one a locale for what differs there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, with_config

from skill.content.yaml_file import Key, YamlFile, read_yaml
from skill.errors import BrokenContentError, ContentError
from skill.interaction_model.template import Grammar, unique

Phrases = tuple[str, ...]


@with_config(extra="forbid")
@dataclass(frozen=True)
class Moments:
    """How times, days and lengths of time are said: what fills Alexa's own slot types.

    `clock` has patterns by minute ("15"), for `early` minutes (1 to 9) and for `any` but the full hour; they
    may have `{hour}`, `{next}` (the hour after) and `{minute}`. `hours` are those called other than their
    number, `last_hour` the one that they end with; `before_noon` and `after_noon` are patterns with `{time}`.
    `named` are phrases by the value that they fill a slot with: HH:MM or a part of the day. `near` are days
    by how many lie between, `weeks` and `weekends` likewise. `weekdays` are patterns with `{day}`, `dates`
    with `{month}`, `{number}` and `{ordinal}`. `lengths` are phrases by seconds.
    """

    clock: Mapping[str, Phrases] = field(default_factory=dict)
    last_hour: Annotated[int, Field(ge=12, le=23)] = 12
    before_noon: Phrases = ()
    after_noon: Phrases = ()
    named: Mapping[str, Phrases] = field(default_factory=dict)
    near: Mapping[int, Phrases] = field(default_factory=dict)
    weeks: Mapping[int, Phrases] = field(default_factory=dict)
    weekends: Mapping[int, Phrases] = field(default_factory=dict)
    weekdays: Phrases = ()
    dates: Phrases = ()
    hours: Mapping[int, str] = field(default_factory=dict)
    lengths: Mapping[int, Phrases] = field(default_factory=dict)


@with_config(extra="forbid")
@dataclass(frozen=True)
class Listening:
    """What the simulated Echo has to know of a language.

    Words that say little, by where they stand; and phrases for it to learn from: `questions` for the slot of
    free words, and what is `foreign` to the skill. `moments` are the times and days.
    """

    hesitations: frozenset[str]
    openings: Phrases
    endings: Phrases
    articles: frozenset[str]
    small_words: frozenset[str]
    questions: Phrases = ()
    foreign: Phrases = ()
    moments: Moments = field(default_factory=Moments)


@with_config(extra="forbid")
@dataclass(frozen=True)
class Source:
    """`<language>.yaml`: what people say, as phrases in hassil's notation.

    `slots` gives each slot its type. `types` are the values, by id, of the types that content/ does not name;
    the first phrase of a value is its name. `misheard` is what Alexa may make of a word.
    """

    invocation: str
    fallback_sensitivity: Literal["LOW", "MEDIUM", "HIGH"]
    slots: Mapping[str, str]
    intents: Mapping[str, Phrases]
    types: Mapping[str, Mapping[str, Phrases]]
    listening: Listening
    parts: Mapping[str, str] = field(default_factory=dict)
    misheard: Mapping[str, Phrases] = field(default_factory=dict)


@with_config(extra="forbid")
@dataclass(frozen=True)
class Dialect:
    """`<locale>.yaml`: the language that it is built from, and what is said there besides.

    `words` are heard as well as the language's own, in every phrase that has them.
    """

    language: str
    invocation: str | None = None
    words: Mapping[str, str] = field(default_factory=dict)
    intents: Mapping[str, Phrases] = field(default_factory=dict)


@dataclass(frozen=True)
class Written:
    """A phrase, and where it stands."""

    text: str
    file: YamlFile = field(repr=False)
    key: Key

    def error(self, problem: str) -> ContentError:
        """Return the error that names where the phrase stands."""
        return self.file.error(self.key, problem)


@dataclass(frozen=True)
class Locale:
    """Both sources of one locale, with the files they came from."""

    name: str
    source: Source
    dialect: Dialect
    source_file: YamlFile = field(repr=False)
    dialect_file: YamlFile = field(repr=False)

    @property
    def parts(self) -> Iterator[Written]:
        """Yield the phrases that stand for parts of others."""
        for name, text in self.source.parts.items():
            yield Written(text, self.source_file, ("parts", name))

    @cached_property
    def listening(self) -> Listening:
        """What the simulated Echo has to know, its phrases as sentences."""
        expand, heard = Grammar(self.source.parts).sentences, self.source.listening
        questions = unique(sentence for phrase in heard.questions for sentence in expand(phrase))
        foreign = unique(sentence for phrase in heard.foreign for sentence in expand(phrase))
        return replace(heard, questions=questions, foreign=foreign)

    def phrases(self, intent: str) -> Iterator[Written]:
        """Yield the phrases of an intent: the language's, then the locale's own."""
        for intents, file in (
            (self.source.intents, self.source_file),
            (self.dialect.intents, self.dialect_file),
        ):
            for index, text in enumerate(intents.get(intent, ())):
                yield Written(text, file, ("intents", intent, index))

    def names(self, slot_type: str, value: str) -> Iterator[Written]:
        """Yield the phrases of a value of a slot type."""
        for index, text in enumerate(self.source.types[slot_type][value]):
            yield Written(text, self.source_file, ("types", slot_type, value, index))

    def error(self, key: Key, problem: str) -> ContentError:
        """Return the error that names the language's file, and `key` in it."""
        return self.source_file.error(key, problem)


def read_locales(directory: Path) -> tuple[Locale, ...]:
    """Read each `<locale>.yaml` with its `<language>.yaml`; raises BrokenContentError with all problems."""
    problems: list[ContentError] = []
    files = [read_yaml(path, directory) for path in sorted(directory.glob("*.yaml"))]
    sources = {_stem(file): (file, file.parse(Source, problems)) for file in files if "-" not in _stem(file)}
    locales = []
    for file in files:
        dialect = file.parse(Dialect, problems) if "-" in _stem(file) else None
        if dialect and dialect.language not in sources:
            problems.append(file.error(("language",), f"has no {dialect.language}.yaml beside it"))
        elif dialect:
            source_file, source = sources[dialect.language]
            locales += [Locale(_stem(file), source, dialect, source_file, file)] if source else []
    if problems:
        raise BrokenContentError(problems)
    return tuple(locales)


def read_listening(directory: Path, locale: str) -> Listening:
    """Return what the simulated Echo has to know of the language of `locale`; raises BrokenContentError."""
    found = next(row for row in read_locales(directory) if row.name == locale)
    return found.listening


def _stem(file: YamlFile) -> str:
    return Path(file.name).stem
