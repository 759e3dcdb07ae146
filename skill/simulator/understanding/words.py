"""An utterance as the words that a speech recogniser hands on."""

import re

from num2words import num2words

Words = tuple[str, ...]

_NUMBER = re.compile(r"\d{1,6}")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_HESITATIONS = frozenset(
    {"um", "uhm", "uh", "er", "erm", "hmm", "alexa", "please", "hey", "oh", "well", "just", "actually"}
)
_OPENINGS = (
    "could you",
    "can you",
    "would you",
    "will you",
    "i would like to",
    "i'd like to",
    "i want to",
    "i think",
    "let's",
    "okay",
    "ok",
    "yes",
    "all right",
    "alright",
    "sorry",
    "and",
    "so",
    "then",
    "now",
)
_ENDINGS = ("thank you", "thanks", "for me", "right now", "now", "then")


def words_of(text: str, language: str = "en") -> Words:
    """Return `text` in lower case, numbers spelled out, without punctuation; hyphens part words."""
    spelled = _NUMBER.sub(lambda number: f" {num2words(int(number[0]), lang=language)} ", text)
    return tuple(_WORD.findall(spelled.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower()))


def bare(words: Words) -> Words:
    """Return `words` without apostrophes, as hurried people type them."""
    return tuple(word.replace("'", "") for word in words)


def without_fillers(words: Words) -> Words:
    """Return `words` without hesitations and politeness; the same words if nothing else is left."""
    kept = tuple(word for word in words if word not in _HESITATIONS)
    return _without_ending(_without_opening(kept)) or kept or words


def _without_opening(words: Words) -> Words:
    for opening in map(words_of, _OPENINGS):
        if bare(words[: len(opening)]) == bare(opening):
            return _without_opening(words[len(opening) :])
    return words


def _without_ending(words: Words) -> Words:
    for ending in map(words_of, _ENDINGS):
        if words[-len(ending) :] == ending:
            return _without_ending(words[: -len(ending)])
    return words
