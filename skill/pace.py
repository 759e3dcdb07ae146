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
    pattern: str
    seconds: float

    def count(self, spoken: str) -> int:
        """Return how often `spoken` has to pay."""
        return sum(1 for _ in re.finditer(self.pattern, spoken))


_WORD = r"[\w'\u2019]+"
_UNSTRESSED = "a|an|and|are|as|at|for|from|in|into|is|it|of|on|or|that|the|through|to|with|you|your"
_SILENT_E = r"(?<=[^\Waeiouy])e\b"
_ONLY_E = r"\b[^\Waeiouy]{1,2}e\b"  # the, be
_FINAL_LE = r"(?<=[^\Waeiouy]l)e\b"  # gentle, ankle
_ONE_SOUND = "th|sh|ch|ck|ng|wh|ph|kn|wr"
_MUTE_AT_TIMES = r"(?<![aeo])w|g+(?!h)|(?<!g)h"  # not the end of slow, nor the middle of right

ENGLISH = (
    Cost("utterance", r"\A", 0.271),
    Cost("stressed word", rf"\b(?!(?:{_UNSTRESSED})\b){_WORD}", 0.089),
    Cost("syllable", rf"(?!{_SILENT_E})[aeiouy]+|{_ONLY_E}|{_FINAL_LE}", 0.046),
    Cost("consonant", rf"{_ONE_SOUND}|{_MUTE_AT_TIMES}|([^\W\d_aeiouyghw])\1?", 0.075),
    Cost("comma", r"[,;:\u2013\u2014](?=\s)", 0.308),
    Cost("sentence", r"[.?!]+(?=\s)", 0.438),
)
"""American English; another language is another such tuple, fitted in the same way."""


@dataclass(frozen=True)
class Voice:
    """A voice profile: its speed, its language (as num2words names it) and what its sounds cost."""

    words_per_minute: float = 160
    language: str = "en"
    costs: tuple[Cost, ...] = ENGLISH

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
