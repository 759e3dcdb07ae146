"""Which entry answers a question in somebody's own words, by what was learnt from the ways of asking."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from skill.faq.pieces import SHARES, Places, Row, Vocabulary, features

Embed = Callable[[Sequence[str]], Row]
"""Gives each text a row of its meaning, of length one: the closer two rows, the more alike."""

# Chosen by cross-validation over the content's own ways of asking (`python -m bench.understanding`).
LEAST_BUSINESS = 0.59  # by how much the best of its business has to be likelier; under 3 % else passes
CLOSE = 0.1  # two entries whose scores differ by less are both asked back
FITTING = 0.3  # likewise two that both have more: they were both asked for
LEAST_REFUSAL = -0.6  # below it a question is nobody's that is known
OPENING, LEAST_LEFT = 2, 3  # words of a question that Alexa may keep ("how often"), and that have to be left


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


def with_openings_lost(entries: Sequence[Ways]) -> tuple[Ways, ...]:
    """Return the entries with each longer way of asking also without its first two words.

    Alexa may keep those for herself. What is left is not learnt where it may be about more than one entry.
    """
    lost = [{*map(_without_opening, entry.asks)} - {""} for entry in entries]
    owners = Counter(said for entry, cut in zip(entries, lost, strict=True) for said in cut | {*entry.asks})
    return tuple(
        replace(entry, asks=(*entry.asks, *sorted(said for said in cut - {*entry.asks} if owners[said] == 1)))
        for entry, cut in zip(entries, lost, strict=True)
    )


def _without_opening(ask: str) -> str:
    words = ask.split()
    return " ".join(words[OPENING:]) if len(words) >= OPENING + LEAST_LEFT else ""


@dataclass(frozen=True)
class Found:
    """The best entries with their scores, how surely it is business, the verdict.

    A score above 0 says that an entry fits; most lie from -1 to 1. `business` is by how much the best entry
    that is business beats the best refusal. `offers` are the nearest two that are business, for when nothing
    fits.
    """

    ranked: tuple[tuple[str, float], ...]
    offers: tuple[str, ...]
    business: float
    certainty: Certainty

    @property
    def best(self) -> str:
        """The id of the best entry."""
        return self.ranked[0][0]


@dataclass(frozen=True, eq=False)
class Finder:
    """Weighs the pieces of a question and its meaning for each entry.

    `weights` has a row for each piece of each vocabulary, for each dimension of meaning, and one that always
    counts; a column for each of `ids`.
    """

    ids: tuple[str, ...]
    is_business: NDArray[np.bool_] = field(repr=False)
    vocabularies: tuple[Vocabulary, ...] = field(repr=False)
    weights: NDArray[np.float16] = field(repr=False)
    embed: Embed = field(repr=False)

    def find(self, question: str, least_business: float = LEAST_BUSINESS) -> Found:
        """Return what answers `question` best; as business where it is that as surely as `least_business`."""
        places, values = features(question, self.vocabularies)
        scores = self._scores(question, places, values)
        ours, foreign = scores[self.is_business], scores[~self.is_business]
        business = _best(ours) - _best(foreign)
        is_business = business >= least_business
        best_first = [(int(n), float(scores[n])) for n in np.argsort(-scores)]
        ranked = tuple((self.ids[n], score) for n, score in best_first if self.is_business[n] == is_business)
        offers = tuple(self.ids[n] for n, _ in best_first if self.is_business[n])
        certainty = _certainty(ranked, is_business=is_business) if len(places) else Certainty.NONE
        return Found(ranked[:3], offers[:2], business, certainty)

    def _scores(self, question: str, places: Places, values: Row) -> Row:
        meaning = SHARES[-1] * self.embed([question])[0]
        end = len(self.weights) - 1
        scores = values @ self.weights[places].astype(np.float32)
        return np.asarray(scores + meaning @ self.weights[end - len(meaning) : end] + self.weights[end])


def _best(scores: Row) -> float:
    """Return the highest, or that of an entry that does not fit where there is none."""
    return float(scores.max()) if len(scores) else -1.0


def _certainty(ranked: Sequence[tuple[str, float]], *, is_business: bool) -> Certainty:
    scores = [score for _, score in ranked[:2]]
    if not scores or (not is_business and scores[0] < LEAST_REFUSAL):
        return Certainty.NONE
    is_between = len(scores) > 1 and (scores[0] - scores[1] < CLOSE or scores[1] > FITTING)
    return Certainty.UNSURE if is_business and is_between else Certainty.SURE
