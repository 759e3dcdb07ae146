"""Which sentences of different intents are most alike."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from skill.embedding import embed
from skill.simulator.understanding.model import LanguageModel

MEANING = 0.5  # the share of meaning in the likeness of two sentences; the rest is letters in common


@dataclass(frozen=True)
class Pair:
    """Two samples of two intents, and how alike they are (0 to 1)."""

    likeness: float
    sentence: str
    intent: str
    other: str
    other_intent: str

    def __str__(self) -> str:
        return f"{self.likeness:.2f}  {self.sentence} ({self.intent})  {self.other} ({self.other_intent})"


def closest_pairs(model: LanguageModel) -> Iterator[Pair]:
    """Yield, for each sample, the sample of another intent that it is most like; the likest pairs first."""
    said = [(intent.name, sample) for intent in model.intents for sample in intent.samples]
    samples = [sample for _, sample in said]
    owners = np.array([intent for intent, _ in said])
    letters = process.cdist(samples, samples, scorer=fuzz.ratio, dtype=np.float32) / 100
    meanings = embed(samples)
    likeness = MEANING * (meanings @ meanings.T) + (1 - MEANING) * letters
    likeness[owners[:, None] == owners[None, :]] = 0
    nearest = likeness.argmax(axis=1)
    for row in np.argsort(-likeness.max(axis=1), kind="stable"):
        column = nearest[row]
        if row < column or nearest[column] != row:  # a pair that is nearest both ways comes once
            yield Pair(float(likeness[row, column]), *reversed(said[row]), *reversed(said[column]))
