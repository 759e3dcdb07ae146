"""How long the voice takes to say a text: every sound costs seconds that were fitted to a synthesiser."""

import re
from dataclasses import dataclass
from functools import lru_cache

from num2words import num2words

FITTED_WORDS_PER_MINUTE = 160
"""The speed of the synthesiser that `python -m bench.pace_fit` fits the costs to."""

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_AFTER_LAST_WORD = re.compile(r"\W+\Z")


@dataclass(frozen=True)
class Cost:
    """What each match of `pattern` in a spelled-out text adds, in seconds."""

    name: str
    pattern: re.Pattern[str]
    seconds: float

    def count(self, spoken: str) -> int:
        """Return how often `spoken` has to pay."""
        return sum(1 for _ in self.pattern.finditer(spoken))


_VOWELS = "aeiouyáàâãäåæéèêëíìîïóòôõöøœúùûüýÿ"

PLAIN = (
    Cost("utterance", re.compile(r"\A"), 0.304),
    Cost("word", re.compile(r"[\w'\u2019]+"), 0.059),
    Cost("syllable", re.compile(rf"[{_VOWELS}]+"), 0.067),
    Cost("consonant", re.compile(rf"[^\W\d_{_VOWELS}]"), 0.048),
    Cost("comma", re.compile(r"[,;:\u2013\u2014](?=\s)"), 0.332),
    Cost("sentence", re.compile(r"[.?!]+(?=\s)"), 0.495),
)
"""For a language whose own costs nobody has fitted yet: what English, Spanish and German have in common."""


@dataclass(frozen=True)
class Voice:
    """A voice profile: its speed, its language (as num2words names it) and what its sounds cost."""

    words_per_minute: float = 160
    language: str = "en"
    costs: tuple[Cost, ...] = PLAIN

    def seconds(self, text: str) -> float:
        """Return how long `text` takes, in seconds, with half of the silence a voice leaves around it.

        Where there is nothing to speak it is 0.
        """
        slowness = FITTED_WORDS_PER_MINUTE / self.words_per_minute
        return slowness * _fitted_seconds(text, self.language, self.costs)


def spell_out(text: str, language: str) -> str:
    """Return `text` as it is spoken: lower case, numbers in words, nothing after the last word."""
    words = _NUMBER.sub(lambda number: str(num2words(number[0], lang=language)), text.lower())
    return _AFTER_LAST_WORD.sub("", words)


@lru_cache(maxsize=4096)
def _fitted_seconds(text: str, language: str, costs: tuple[Cost, ...]) -> float:
    spoken = spell_out(text, language)
    return sum(cost.seconds * cost.count(spoken) for cost in costs) if spoken else 0.0
