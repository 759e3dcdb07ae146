"""An utterance as the words that a speech recogniser hands on."""

import re
from collections.abc import Sequence

from num2words import num2words

from skill.interaction_model import Listening

Words = tuple[str, ...]

_NUMBER = re.compile(r"\d{1,6}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")


def words_of(text: str, language: str = "en") -> Words:
    """Return `text` in lower case, numbers spelled out, without punctuation; hyphens part words."""
    spelled = _NUMBER.sub(lambda number: f" {num2words(int(number[0]), lang=language)} ", text)
    return tuple(_WORD.findall(spelled.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower()))


def bare(words: Words) -> Words:
    """Return `words` without apostrophes, as hurried people type them."""
    return tuple(word.replace("'", "") for word in words)


def without_fillers(words: Words, listening: Listening) -> Words:
    """Return `words` without hesitations and politeness; the same words if nothing else is left."""
    kept = tuple(word for word in words if word not in listening.hesitations)
    opened = _without_opening(kept, [words_of(opening) for opening in listening.openings])
    return _without_ending(opened, [words_of(ending) for ending in listening.endings]) or kept or words


def _without_opening(words: Words, openings: Sequence[Words]) -> Words:
    for opening in openings:
        if bare(words[: len(opening)]) == bare(opening):
            return _without_opening(words[len(opening) :], openings)
    return words


def _without_ending(words: Words, endings: Sequence[Words]) -> Words:
    for ending in endings:
        if words[-len(ending) :] == ending:
            return _without_ending(words[: -len(ending)], endings)
    return words
