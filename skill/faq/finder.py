"""Which entry answers a question in somebody's own words; learnt from the ways of asking in the content."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from skill.faq.likeness import Likeness, Row

Embed = Callable[[Sequence[str]], Row]
"""Gives each text a row of its meaning, of length one: the closer two rows, the more alike."""

# Chosen by cross-validation over the content's own ways of asking (`python -m bench.understanding`).
MEANING = 0.6  # the share of meaning in the likeness of two texts; the rest is shared words
RIDGE = 0.3  # how little a single way of asking is trusted
STEPS = 10  # of learning
LEAST_BUSINESS = 0.65  # how surely a question has to be the coach's business; see Found
CLOSE = 0.05  # two entries whose scores differ by less are both asked back
LEAST_REFUSAL = 0.25  # below it a question is nobody's that is known
TINY = float(np.finfo(np.float32).tiny)


class Certainty(StrEnum):
    """What to do with the best candidate."""

    SURE = "sure"
    UNSURE = "unsure"  # between the best two
    NONE = "none"


@dataclass(frozen=True)
class Ways:
    """The ways of asking for one entry; `is_business` is false where the answer is a refusal."""

    id: str
    asks: tuple[str, ...]
    is_business: bool = True


@dataclass(frozen=True)
class Found:
    """The best entries with their scores (about 0 to 1), how surely it is business, the verdict.

    `business` is from about -2 to 2: what was learnt of it, and by how much the best entry that is
    business beats the best refusal. `offers` are the nearest two that are business, for when nothing fits.
    """

    ranked: tuple[tuple[str, float], ...]
    offers: tuple[str, ...]
    business: float
    certainty: Certainty

    @property
    def best(self) -> str:
        """The id of the best entry."""
        return self.ranked[0][0]


@dataclass(frozen=True)
class Finder:
    """Kernel ridge regression: the kernel is the squared blend of meaning and shared words.

    It learns on the first question, or on `learn`: that takes seconds, and meanwhile four bytes for each
    pair of asks.
    """

    entries: tuple[Ways, ...]
    embed: Embed

    def learn(self) -> None:
        """Learn now rather than on the first question."""
        _ = self._weights

    def find(self, question: str) -> Found:
        """Return what answers `question` best."""
        scores = self._kernel([question], self.embed([question]))[0] @ self._weights
        by_entry = scores[:-1]
        ours, foreign = by_entry[self._is_business], by_entry[~self._is_business]
        business = float(scores[-1] + ours.max(initial=0) - foreign.max(initial=0))
        is_business = business >= LEAST_BUSINESS
        best_first = [(self.entries[n], float(by_entry[n])) for n in np.argsort(-by_entry)]
        ranked = tuple((entry.id, score) for entry, score in best_first if entry.is_business == is_business)
        offers = tuple(entry.id for entry, _ in best_first if entry.is_business)
        return Found(ranked[:3], offers[:2], business, _certainty(ranked, is_business=is_business))

    @cached_property
    def _asks(self) -> list[str]:
        return [ask for entry in self.entries for ask in entry.asks]

    @cached_property
    def _is_business(self) -> NDArray[np.bool_]:
        return np.array([entry.is_business for entry in self.entries])

    @cached_property
    def _likeness(self) -> Likeness:
        return Likeness.of(self._asks)

    @cached_property
    def _meanings(self) -> Row:
        return self.embed(self._asks)

    @cached_property
    def _weights(self) -> Row:
        """One column an entry, and one for what is the coach's business at all."""
        owners = np.repeat(np.arange(len(self.entries)), [len(entry.asks) for entry in self.entries])
        targets = np.eye(len(self.entries), dtype=np.float32)[owners]
        business = np.where(self._is_business, 1, -1).astype(np.float32)
        wanted = np.hstack([targets, business[owners][:, None]])
        return _solved(self._kernel(self._asks, self._meanings), wanted)

    def _kernel(self, texts: Sequence[str], meanings: Row) -> Row:
        """Return the likeness of each text to each ask; in place, as all asks at once are many megabytes."""
        kernel = np.asarray(meanings @ self._meanings.T, np.float32)
        kernel *= MEANING
        for number, text in enumerate(texts):
            kernel[number] += (1 - MEANING) * self._likeness.to(text)
        np.maximum(kernel, 0, out=kernel)
        return np.square(kernel, out=kernel)


def _solved(kernel: Row, wanted: Row) -> Row:
    """Return the weights with which `kernel` and the ridge come close to `wanted`, by conjugate gradients.

    Each column for itself; further steps were no better: https://en.wikipedia.org/wiki/Conjugate_gradient_method
    """
    weights = np.zeros_like(wanted)
    rest, direction = wanted.copy(), wanted.copy()
    left = _products(rest, rest)
    for _ in range(STEPS):
        image = kernel @ direction
        image += RIDGE * direction
        step = left / np.maximum(_products(direction, image), TINY)
        weights += step * direction
        rest -= step * image
        before, left = left, _products(rest, rest)
        direction *= left / np.maximum(before, TINY)
        direction += rest
    return weights


def _products(one: Row, other: Row) -> Row:
    """Return the inner product of each column with that of the other."""
    return np.asarray(np.einsum("ij,ij->j", one, other))


def _certainty(ranked: Sequence[tuple[str, float]], *, is_business: bool) -> Certainty:
    scores = [score for _, score in ranked[:2]]
    if not scores or (not is_business and scores[0] < LEAST_REFUSAL):
        return Certainty.NONE
    is_close = len(scores) > 1 and scores[0] - scores[1] < CLOSE < scores[1]
    return Certainty.UNSURE if is_business and is_close else Certainty.SURE
