"""What a text is made of: its words, their beginnings, words side by side, and runs of letters."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float32]
Places = NDArray[np.intp]

STEM = 4  # letters; a shared beginning makes "stretches" like "stretching" without any grammar
RUNS = (3, 4, 5)  # letters side by side: "clam shells" is like "clamshell", and a slip costs only a part
OFTEN = 2  # times that a piece has to be met to be learnt
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without punctuation."""
    return [word.replace("\u2019", "'") for word in _WORD.findall(text.lower())]


def phrases_of(text: str) -> list[str]:
    """Return the words of a text, the beginnings of the long ones, and the pairs."""
    words = words_of(text)
    stems = [f"{word[:STEM]}-" for word in words if len(word) >= STEM]
    return [*words, *stems, *(f"{first} {second}" for first, second in pairwise(words))]


def runs_of(text: str) -> list[str]:
    """Return the runs of letters of each word, with a mark at its beginning and end."""
    marked = [f"<{word}>" for word in words_of(text)]
    return [
        word[at : at + length] for word in marked for length in RUNS for at in range(len(word) - length + 1)
    ]


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """The pieces of one kind that some texts have more than once, and how rare each is (tf-idf).

    A piece is known by a hash of 32 bits, so that tens of thousands take little memory; `hashes` rise. What
    nobody has said before weighs `rarest`.
    """

    hashes: NDArray[np.uint32] = field(repr=False)
    rarity: Row = field(repr=False)
    rarest: float

    @classmethod
    def of(cls, texts: Iterable[Iterable[str]]) -> "Vocabulary":
        """Take the pieces of each text."""
        sets = [{*pieces} for pieces in texts]
        in_texts = Counter(_hash(piece) for pieces in sets for piece in pieces)
        met = sorted((piece, count) for piece, count in in_texts.items() if count >= OFTEN)
        counts = np.array([count for _, count in met], np.float32)
        rarity = np.log((len(sets) + 1) / (counts + 0.5)).astype(np.float32)
        return cls(
            np.array([piece for piece, _ in met], np.uint32), rarity, float(np.log((len(sets) + 1) / 1.5))
        )

    def row(self, pieces: Iterable[str]) -> tuple[Places, Row]:
        """Return the places of the known pieces, and what each weighs; the squares sum to one at most."""
        counts = Counter(map(_hash, pieces))
        asked = np.fromiter(counts, np.uint32, len(counts))
        said = 1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))
        places = np.searchsorted(self.hashes, asked)
        inside = np.minimum(places, max(0, len(self.hashes) - 1))
        is_known = self.hashes[inside] == asked if len(self.hashes) else np.zeros(len(asked), np.bool_)
        weights = said * np.where(is_known, self.rarity[inside] if len(self.rarity) else 0.0, self.rarest)
        norm = float(np.sqrt(weights @ weights)) or 1.0
        return inside[is_known], np.asarray(weights[is_known] / norm, np.float32)


def _hash(piece: str) -> int:
    return crc32(piece.encode())


KINDS: tuple[Callable[[str], list[str]], ...] = (phrases_of, runs_of)

# What each kind counts beside the others, and last the meaning; chosen as the constants of the finder are.
SHARES = (1.0, 0.7, 0.5)


def features(text: str, vocabularies: Sequence[Vocabulary]) -> tuple[Places, Row]:
    """Return the places of a text's known pieces, one vocabulary after the other, and what each counts."""
    starts = np.cumsum([0, *(len(vocabulary.hashes) for vocabulary in vocabularies)])
    rows = [vocabulary.row(kind(text)) for vocabulary, kind in zip(vocabularies, KINDS, strict=True)]
    places = [start + known for start, (known, _) in zip(starts, rows, strict=False)]
    values = [share * weights for share, (_, weights) in zip(SHARES, rows, strict=False)]
    return np.concatenate(places), np.concatenate(values)
