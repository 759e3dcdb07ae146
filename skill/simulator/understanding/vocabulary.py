"""What may fill a slot: the values of the custom types, numbers, and lengths of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from babel.units import format_unit
from num2words import num2words
from rapidfuzz import fuzz, process

from skill.interaction_model import Listening, Moments
from skill.simulator.understanding.model import SlotType
from skill.simulator.understanding.moments import DATE, TIME, dates, times
from skill.simulator.understanding.words import Words, bare, words_of

NUMBER = "AMAZON.NUMBER"
DURATION = "AMAZON.DURATION"
_LARGEST_NUMBER = 999
_MINUTES = range(1, 61)
_A_LEAP_YEAR = date(2028, 1, 1)  # any day serves to collect the names of all days
_SAME_NAME = 86  # percent of letters that a misheard name has in common with the real one


@dataclass(frozen=True)
class SlotValue:
    """What filled a slot: the words and, where a value matched, its id and name.

    Numbers, times and durations are as Alexa writes them.
    """

    spoken: str
    id: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """For each slot type, the phrases it knows and what each means; `articles` may stand before one."""

    phrases: Mapping[str, Mapping[Words, SlotValue]]
    articles: frozenset[str]

    @classmethod
    def of(cls, types: Iterable[SlotType], language: str, listening: Listening) -> "Vocabulary":
        """Collect the values of `types`; in `language` the numbers, minutes, times and days."""
        built_in = {
            NUMBER: _numbers(language),
            DURATION: _durations(listening.moments, language),
            TIME: _times(listening.moments, language),
            DATE: _dates(listening.moments, language),
        }
        return cls({kind.name: _values(kind) for kind in types} | built_in, listening.articles)

    def known(self, kind: str, words: Words) -> SlotValue | None:
        """Return the value that `words` name, with or without an article before it; dates have their own."""
        for name in (words,) if kind == DATE else (words, self._without_article(words)):
            value = self.phrases.get(kind, {}).get(bare(name))
            if value:
                is_figure = kind in (NUMBER, DURATION, TIME)
                return value if is_figure else SlotValue(" ".join(name), value.id, value.name)
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


def _durations(moments: Moments, language: str) -> dict[Words, SlotValue]:
    """Lengths in minutes; in seconds alone the number before the word is what fills a slot."""
    whole = {number: format_unit(number, "duration-minute", locale=language) for number in _MINUTES}
    phrases = {phrase: number * 60 for number, phrase in whole.items()}
    phrases |= {phrase: seconds for seconds, said in moments.lengths.items() for phrase in said}
    phrases[whole[1].partition(" ")[2]] = 60  # "a minute" comes without its article
    return {words_of(phrase, language): SlotValue(f"PT{seconds}S") for phrase, seconds in phrases.items()}


def _times(moments: Moments, language: str) -> dict[Words, SlotValue]:
    return {bare(words): SlotValue(value) for words, value in times(moments, language).items()}


def _dates(moments: Moments, language: str) -> dict[Words, SlotValue]:
    """Return the days by their words alone: which date they are depends on the day they are said."""
    return {bare(words): SlotValue(" ".join(words)) for words in dates(_A_LEAP_YEAR, moments, language)}
