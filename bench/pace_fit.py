"""`python -m bench.pace_fit [LANGUAGE]`: fit the costs of sounds to espeak-ng, by least squares."""

import sys
from collections.abc import Sequence
from itertools import pairwise
from math import sqrt
from pathlib import Path
from statistics import mean, median

from bench.synthesisers import espeak
from skill.content import Content, load_contents
from skill.pace import FITTED_WORDS_PER_MINUTE, PLAIN, Cost, spell_out

HERE = Path(__file__).parent
FOLDS = 10
SWEEPS = 3000

Row = Sequence[float]


def by_language() -> dict[str, Content]:
    """Return the content of one locale of each language, the first."""
    contents = load_contents(HERE.parent / "content")
    return {content.locale.language: content for content in reversed(list(contents.values()))}


def fitted_sentences(language: str) -> list[str]:
    """Return the sentences that the costs are fitted to; none of them is spoken by the coach."""
    return (HERE / f"pace_fit.{language}.txt").read_text(encoding="utf-8").splitlines()


def fitted_texts(language: str) -> list[str]:
    """Return the sentences, and some joined in pairs for the pause between two."""
    sentences = fitted_sentences(language)
    return sentences + [" ".join(pair) for pair in list(pairwise(sentences))[::3]]


def counts(text: str, language: str, costs: Sequence[Cost]) -> list[float]:
    """Return how often `text` pays each of the costs."""
    spoken = spell_out(text, language)
    return [cost.count(spoken) for cost in costs]


def product(first: Row, second: Row) -> float:
    """Return the sum of the products of two rows."""
    return sum(a * b for a, b in zip(first, second, strict=True))


def least_squares(rows: Sequence[Row], targets: Row) -> list[float]:
    """Return the non-negative weights that bring `rows` nearest to `targets`, by coordinate descent.

    No weight may be negative: a word more never shortens a text.
    """
    columns = list(zip(*rows, strict=True))
    gram = [[product(one, other) for other in columns] for one in columns]
    goal = [product(column, targets) for column in columns]
    weights = [0.0] * len(columns)
    for _ in range(SWEEPS):
        for index, row in enumerate(gram):
            weights[index] = max(0, weights[index] + (goal[index] - product(row, weights)) / row[index])
    return weights


def held_out_errors(rows: Sequence[Row], targets: Row) -> list[float]:
    """Return the error in seconds of each text, fitted without its fold."""
    errors = []
    for fold in range(FOLDS):
        kept = [index for index in range(len(rows)) if index % FOLDS != fold]
        weights = least_squares([rows[index] for index in kept], [targets[index] for index in kept])
        left_out = range(fold, len(rows), FOLDS)
        errors += [product(weights, rows[index]) - targets[index] for index in left_out]
    return errors


def report(title: str, costs: Sequence[Cost], contents: Sequence[Content]) -> None:
    """Print the costs as fitted to all texts of some languages, beside those in use, and the errors."""
    rows, targets = [], []
    for locale in (content.locale for content in contents):
        voice = espeak(FITTED_WORDS_PER_MINUTE, locale.name)
        for text in fitted_texts(locale.language):
            rows.append(counts(text, locale.language, costs))
            targets.append(voice(text).middle)
    print(f"{title:15}{'fitted':>8}{'in use':>8}   seconds at {FITTED_WORDS_PER_MINUTE} words a minute")
    for cost, seconds in zip(costs, least_squares(rows, targets), strict=True):
        print(f"{cost.name:15}{seconds:8.3f}{cost.seconds:8.3f}")
    errors = held_out_errors(rows, targets)
    rms = sqrt(mean(error**2 for error in errors))
    print(f"{len(rows)} texts, each left out in turn: bias {mean(errors):+.3f} s, rms {rms:.3f} s,")
    print(f"median {median(map(abs, errors)):.3f} s, worst {max(map(abs, errors)):.3f} s")


def main() -> None:
    """Print the costs of each language, and those of a language that has none of its own."""
    contents = by_language()
    for language in sys.argv[1:] or contents:
        report(language, contents[language].costs, [contents[language]])
    if not sys.argv[1:]:
        report("plain", PLAIN, list(contents.values()))


if __name__ == "__main__":
    main()
