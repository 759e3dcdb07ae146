"""Builds the interaction model of a locale from its sources and from the names in content/."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from skill.content import Content
from skill.errors import BrokenContentError, ContentError
from skill.interaction_model.source import Locale, Written
from skill.interaction_model.template import Grammar, parts_in, slots_in, unique

Json = dict[str, Any]
Sentences = tuple[str, ...]
Values = Mapping[str, Sentences]


def model_of(locale: Locale, content: Content) -> Json:
    """Return the interaction model of `locale` as the developer console takes it.

    Raises BrokenContentError with everything that is wrong in its sources.
    """
    problems: list[ContentError] = []
    expand = _Expansion(locale, problems)
    expand.all_of(locale.parts)
    _refuse(problems)
    samples = {intent: expand.all_of(locale.phrases(intent)) for intent in locale.source.intents}
    types = {
        **{name: _named(locale, values) for name, values in content.names.items()},
        **{
            name: {key: expand.all_of(locale.names(name, key)) for key in values}
            for name, values in locale.source.types.items()
        },
    }
    _refuse(problems)
    problems += [
        *_shared(locale, samples, types),
        *_undefined(locale, samples, types),
        *_unused(locale, samples),
    ]
    _refuse(problems)
    return _document(locale, samples, types)


def _refuse(problems: list[ContentError]) -> None:
    """Raise what has been found so far, as all that follows would be wrong for the same reason."""
    if problems:
        raise BrokenContentError(problems)


class _Expansion:
    """Expands phrases, and collects what is wrong with them in `problems`."""

    def __init__(self, locale: Locale, problems: list[ContentError]) -> None:
        self._words, self._problems = locale.dialect.words, problems
        self._grammar = Grammar(locale.source.parts)

    def all_of(self, phrases: Iterable[Written]) -> Sentences:
        """Return the sentences of `phrases`, each once, with those that the dialect's words make of them."""
        return unique(twin for phrase in phrases for twin in _twins(self._sentences(phrase), self._words))

    def _sentences(self, phrase: Written) -> Sentences:
        try:
            return self._grammar.sentences(phrase.text)
        except ValueError as error:
            self._problems.append(phrase.error(str(error)))
            return ()


def _twins(sentences: Iterable[str], words: Mapping[str, str]) -> Iterator[str]:
    """Yield `sentences`, and each that has one of `words` with the other word in its place."""
    for sentence in sentences:
        yield sentence
        for word, other in words.items():
            yield re.sub(rf"\b{re.escape(word)}\b", other, sentence)


def _named(locale: Locale, values: Values) -> Values:
    """Return names from content/ with those that Alexa or the locale makes of them; none that another has."""
    taken = {name for names in values.values() for name in names}
    heard: dict[str, Sentences] = {}
    for key, names in values.items():
        variants = [{word: other} for word, others in locale.source.misheard.items() for other in others]
        found = unique(
            twin
            for words in (*variants, locale.dialect.words)
            for name in names
            for twin in _twins([name], words)
        )
        heard[key] = (*names, *(name for name in found if name not in taken))
        taken.update(heard[key])
    return heard


def _shared(
    locale: Locale, samples: Mapping[str, Sentences], types: Mapping[str, Values]
) -> Iterator[ContentError]:
    """Yield sentences that two intents have; a slot that stands alone is said by each of its names."""
    owners: dict[str, str] = {}
    for intent, sentences in samples.items():
        alone = [types.get(locale.source.slots.get(sentence.strip("{}"), ""), {}) for sentence in sentences]
        said = (name for values in alone for names in values.values() for name in names)
        for sentence in unique((*sentences, *said)):
            owner = owners.setdefault(sentence, intent)
            if owner != intent:
                yield locale.error(("intents", intent), f"{sentence!r} is a sentence of {owner} as well")


def _undefined(
    locale: Locale, samples: Mapping[str, Sentences], types: Mapping[str, Values]
) -> Iterator[ContentError]:
    """Yield slots and intents that are used and not defined, and types without values."""
    for intent, sentences in samples.items():
        for slot in unique(slot for sentence in sentences for slot in slots_in(sentence)):
            if slot not in locale.source.slots:
                yield locale.error(("intents", intent), f"has {{{slot}}}, which is not among `slots`")
    for slot, kind in locale.source.slots.items():
        if kind not in types and not kind.startswith("AMAZON."):
            yield locale.error(("slots", slot), f"is a {kind}, which neither `types` nor the content has")
    for intent in sorted(locale.dialect.intents.keys() - locale.source.intents.keys()):
        yield locale.dialect_file.error(("intents", intent), f"is no intent of {locale.source_file.name}")


def _unused(locale: Locale, samples: Mapping[str, Sentences]) -> Iterator[ContentError]:
    """Yield slots and parts that no phrase has."""
    used = {slot for sentences in samples.values() for sentence in sentences for slot in slots_in(sentence)}
    for slot in sorted(locale.source.slots.keys() - used):
        yield locale.error(("slots", slot), "is in no phrase")
    written = [text for _, text in (*locale.source_file.texts(), *locale.dialect_file.texts())]
    parts = {part for text in written for part in parts_in(text)}
    for part in sorted(locale.source.parts.keys() - parts):
        yield locale.error(("parts", part), "is in no phrase")


def _document(locale: Locale, samples: Mapping[str, Sentences], types: Mapping[str, Values]) -> Json:
    language_model = {
        "invocationName": locale.dialect.invocation or locale.source.invocation,
        "intents": [_intent(intent, sentences, locale.source.slots) for intent, sentences in samples.items()],
        "types": [{"name": name, "values": _values(types[name])} for name in sorted(types)],
        "modelConfiguration": {"fallbackIntentSensitivity": {"level": locale.source.fallback_sensitivity}},
    }
    return {"interactionModel": {"languageModel": language_model}}


def _intent(name: str, sentences: Sentences, slots: Mapping[str, str]) -> Json:
    used = {slot for sentence in sentences for slot in slots_in(sentence)}
    described = [{"name": slot, "type": kind} for slot, kind in slots.items() if slot in used]
    return {"name": name, "samples": sorted(sentences), **({"slots": described} if described else {})}


def _values(values: Values) -> list[Json]:
    return [
        {"id": key, "name": {"value": names[0], "synonyms": sorted(names[1:])}}
        for key, names in sorted(values.items())
    ]
