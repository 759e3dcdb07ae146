"""How alike two questions are by the words, and the pieces of words, they share."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]

PIECES = (3, 4, 5)  # letters; shared pieces make "stretches" like "stretching" without any grammar
UNKNOWN = 0.3  # how much a piece that no text has counts against likeness
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without punctuation."""
    return [word.replace("\u2019", "'") for word in _WORD.findall(text.lower())]


@lru_cache(maxsize=8192)
def _pieces_of_word(word: str) -> tuple[str, ...]:
    bounded = f"<{word}>"
    parts = [bounded[at : at + size] for size in PIECES for at in range(len(bounded) - size + 1)]
    return (f"={word}", *parts)


def _pieces(text: str) -> Counter[str]:
    words = words_of(text)
    pairs = [f"{first}_{second}" for first, second in pairwise(words)]
    return Counter([*pairs, *(piece for word in words for piece in _pieces_of_word(word))])


@dataclass(frozen=True)
class Likeness:
    """The pieces of some texts, as postings: which texts have each, and what it weighs there (tf-idf).

    `places` gives the part of `rows` and `weights` that belongs to a piece.
    """

    size: int
    rarity: dict[str, float] = field(repr=False)
    places: dict[str, slice] = field(repr=False)
    rows: NDArray[np.int32] = field(repr=False)
    weights: Row = field(repr=False)

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Likeness":
        """Take `texts` to pieces."""
        found = [_pieces(text) for text in texts]
        in_texts = Counter(piece for pieces in found for piece in pieces)
        rarity = {piece: log((len(texts) + 1) / (count + 0.5)) for piece, count in in_texts.items()}
        ends = dict(zip(in_texts, accumulate(in_texts.values()), strict=True))
        places = {piece: slice(end - in_texts[piece], end) for piece, end in ends.items()}
        rows, weights = np.empty(in_texts.total(), np.int32), np.empty(in_texts.total(), np.float32)
        free = {piece: place.start for piece, place in places.items()}
        for row, pieces in enumerate(found):
            for piece, weight in _weights(pieces, rarity, len(texts)).items():
                rows[free[piece]], weights[free[piece]] = row, weight
                free[piece] += 1
        return cls(len(texts), rarity, places, rows, weights)

    def to(self, text: str) -> Row:
        """Return the cosine of `text` with each of the texts, from 0 to 1."""
        weights = _weights(_pieces(text), self.rarity, self.size)
        if not weights:
            return np.zeros(self.size, np.float32)
        places = [(self.places[piece], weight) for piece, weight in weights.items()]
        rows = np.concatenate([self.rows[place] for place, _ in places])
        shares = np.concatenate([self.weights[place] * weight for place, weight in places])
        return np.bincount(rows, weights=shares, minlength=self.size).astype(np.float32)


def _weights(pieces: Counter[str], rarity: dict[str, float], size: int) -> dict[str, float]:
    """Return what each known piece weighs, so that the squares of a text known throughout sum to one."""
    known = {piece: (1 + log(count)) * rarity[piece] for piece, count in pieces.items() if piece in rarity}
    unknown = UNKNOWN * (len(pieces) - len(known)) * log(max(2, size)) ** 2
    norm = (sum(weight**2 for weight in known.values()) + unknown) ** 0.5
    return {piece: weight / norm for piece, weight in known.items()}
