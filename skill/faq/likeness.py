"""How alike two questions are by the words they share, also in part or side by side."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]

STEM = 4  # letters; a shared beginning makes "stretches" like "stretching" without any grammar
UNKNOWN = 0.3  # how much a piece that no text has counts against likeness
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without punctuation."""
    return [word.replace("\u2019", "'") for word in _WORD.findall(text.lower())]


def _pieces(text: str) -> Counter[str]:
    words = words_of(text)
    stems = [f"{word[:STEM]}-" for word in words if len(word) >= STEM]
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return Counter([*words, *stems, *pairs])


@dataclass(frozen=True)
class Likeness:
    """The pieces of some texts, as postings: which texts have each, and what it weighs there (tf-idf).

    The piece that `places` numbers n has its texts in `rows`, and its weights there in `weights`, from
    `starts[n]` to `starts[n + 1]`.
    """

    size: int
    places: dict[str, int] = field(repr=False)
    rarity: Row = field(repr=False)
    starts: NDArray[np.int32] = field(repr=False)
    rows: NDArray[np.int32] = field(repr=False)
    weights: Row = field(repr=False)

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Likeness":
        """Take `texts` to pieces."""
        in_texts = Counter(piece for text in texts for piece in _pieces(text))
        places = {piece: place for place, piece in enumerate(in_texts)}
        counts = np.fromiter(in_texts.values(), np.int32, len(in_texts))
        rarity = np.log((len(texts) + 1) / (counts + 0.5)).astype(np.float32)
        starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)
        rows, weights = np.empty(starts[-1], np.int32), np.empty(starts[-1], np.float32)
        free = starts[:-1].copy()
        for row, text in enumerate(texts):
            known, shares = _weights(_pieces(text), places, rarity, len(texts))
            rows[free[known]], weights[free[known]] = row, shares
            free[known] += 1
        return cls(len(texts), places, rarity, starts, rows, weights)

    def to(self, text: str) -> Row:
        """Return the cosine of `text` with each of the texts, from 0 to 1."""
        known, shares = _weights(_pieces(text), self.places, self.rarity, self.size)
        likeness = np.zeros(self.size, np.float32)
        for place, share in zip(known, shares, strict=True):
            there = slice(self.starts[place], self.starts[place + 1])
            likeness[self.rows[there]] += share * self.weights[there]
        return likeness


def _weights(
    pieces: Counter[str], places: dict[str, int], rarity: Row, size: int
) -> tuple[NDArray[np.intp], Row]:
    """Return the known pieces and what each weighs: the squares of a text known throughout sum to one."""
    counts = {places[piece]: count for piece, count in pieces.items() if piece in places}
    known = np.fromiter(counts, np.intp, len(counts))
    weights = rarity[known] * np.fromiter(
        (1 + log(count) for count in counts.values()), np.float32, len(counts)
    )
    unknown = UNKNOWN * (len(pieces) - len(counts)) * log(max(2, size)) ** 2
    norm = float(weights @ weights + unknown) ** 0.5
    return known, np.asarray(weights / (norm or 1.0), np.float32)
