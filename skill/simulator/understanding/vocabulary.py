"""What may fill a slot: the values of the custom types, and numbers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from num2words import num2words
from rapidfuzz import fuzz, process

from skill.simulator.understanding.model import SlotType
from skill.simulator.understanding.words import Words, bare, words_of

NUMBER = "AMAZON.NUMBER"
_LARGEST_NUMBER = 999
_SAME_NAME = 86  # percent of letters that a misheard name has in common with the real one


@dataclass(frozen=True)
class SlotValue:
    """What filled a slot: the words (digits for a number) and, where a value matched, its id and name."""

    spoken: str
    id: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """For each slot type, the phrases it knows and what each means; `articles` may stand before one."""

    phrases: Mapping[str, Mapping[Words, SlotValue]]
    articles: frozenset[str]

    @classmethod
    def of(cls, types: Iterable[SlotType], language: str, articles: frozenset[str]) -> "Vocabulary":
        """Collect the values of `types`, and the numbers from 0 to 999 in `language`."""
        return cls({kind.name: _values(kind) for kind in types} | {NUMBER: _numbers(language)}, articles)

    def known(self, kind: str, words: Words) -> SlotValue | None:
        """Return the value that `words` name, with or without an article before it."""
        for name in (words, self._without_article(words)):
            value = self.phrases.get(kind, {}).get(bare(name))
            if value:
                return value if kind == NUMBER else SlotValue(" ".join(name), value.id, value.name)
        return None

    def within(self, kind: str, words: Words) -> SlotValue | None:
        """Return the value of the longest name that stands somewhere in `words`; the first of equals."""
        spans = [words[at : at + size] for size in range(len(words), 0, -1) for at in range(len(words))]
        return next((value for span in spans if (value := self.known(kind, span))), None)

    def guessed(self, kind: str, words: Words) -> SlotValue:
        """Return the value whose name is nearest to `words`, else the words alone."""
        spoken = " ".join(self._without_article(words))
        choices = {phrase: " ".join(phrase) for phrase in self.phrases[kind]}
        best = process.extractOne(spoken, choices, scorer=fuzz.ratio, score_cutoff=_SAME_NAME)
        value = self.phrases[kind][best[2]] if best else SlotValue(spoken)
        return SlotValue(spoken, value.id, value.name)

    def _without_article(self, words: Words) -> Words:
        return words[1:] if words[0] in self.articles else words


def _values(kind: SlotType) -> dict[Words, SlotValue]:
    return {
        bare(words_of(phrase)): SlotValue(phrase, value.id, value.name.value)
        for value in kind.values
        for phrase in value.phrases
    }


def _numbers(language: str) -> dict[Words, SlotValue]:
    numbers = range(_LARGEST_NUMBER + 1)
    return {words_of(num2words(number, lang=language)): SlotValue(str(number)) for number in numbers}
