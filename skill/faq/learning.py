"""Learning to find entries from their ways of asking."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skill.faq.finder import Embed, Finder, Ways
from skill.faq.pieces import KINDS, SHARES, Row, Vocabulary, features

TRUST = 0.5  # in a single way of asking: C of a support vector machine


def learn(entries: Sequence[Ways], embed: Embed) -> Finder:
    """Learn a linear support vector machine for each entry, which tells it from all others.

    Each entry counts the same, however many ways of asking it has. Takes some ten seconds for ten thousand:
    https://scikit-learn.org/stable/modules/generated/sklearn.svm.LinearSVC.html
    """
    from scipy.sparse import csr_matrix, hstack  # noqa: PLC0415 (50 MiB for what is seldom done)

    texts = [ask for entry in entries for ask in entry.asks]
    vocabularies = tuple(Vocabulary.of(map(kind, texts)) for kind in KINDS)
    rows = [features(text, vocabularies) for text in texts]
    ends = np.cumsum([0, *(len(places) for places, _ in rows)])
    values, places = np.concatenate([row for _, row in rows]), np.concatenate([row for row, _ in rows])
    size = sum(len(vocabulary.hashes) for vocabulary in vocabularies)
    pieces = csr_matrix((values, places, ends), shape=(len(texts), size))
    everything = hstack([pieces, csr_matrix(SHARES[-1] * embed(texts))]).tocsr()
    counts = np.array([len(entry.asks) for entry in entries])
    owners = np.repeat(np.arange(len(entries)), counts)
    evenly = counts.mean() / np.maximum(counts, 1)
    columns = [_told_apart(everything, owners == number, weight) for number, weight in enumerate(evenly)]
    is_business = np.array([entry.is_business for entry in entries])
    weights = np.array(columns, np.float16).T
    return Finder(tuple(entry.id for entry in entries), is_business, vocabularies, weights, embed)


def _told_apart(rows: Any, wanted: NDArray[np.bool_], weight: float) -> Row:  # noqa: ANN401 (of scipy)
    """Return what tells the wanted `rows`, of that weight each: one a column, and what always counts."""
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    if wanted.all() or not wanted.any():  # nothing to tell apart
        return np.append(np.zeros(rows.shape[1], np.float32), 1.0 if wanted.any() else -1.0)
    machine = LinearSVC(C=TRUST, class_weight={True: weight}, random_state=0).fit(rows, wanted)
    return np.append(machine.coef_[0], machine.intercept_)
