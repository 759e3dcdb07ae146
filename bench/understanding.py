"""How well questions find their answers: cross-validated over the content, and on questions held apart."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from skill.content import Content, load_content
from skill.embedding import embed
from skill.faq import Certainty, Finder, Found, Ways, learn, with_openings_lost

ROOT = Path(__file__).parent.parent
HELD_APART = {  # by locale
    "en-US": Path(__file__).parent / "questions.yaml",
    "es-ES": Path(__file__).parent / "questions.es.yaml",
    "de-DE": Path(__file__).parent / "questions.de.yaml",
}
FOLDS = 5
CARRIERS = tuple(
    """how often|how long|how do i|how do|how|why do|why|what is|what|when|where|can i|can|should i|should
do i|does it|does|is it|is this|is|are|will|tell me about|tell me|explain""".replace("\n", "|").split("|")
)
"""What Alexa may keep of a question for herself: the words of a sample before its slot."""


@dataclass
class Tally:
    """What became of some questions."""

    asked: int = 0
    right: int = 0
    asked_back: int = 0
    wrong: int = 0
    missed: int = 0

    def count(self, found: Found, wanted: Iterable[str], business: frozenset[str]) -> None:
        """Add one question; one that is asked back with the right answer among the two counts apart."""
        self.asked += 1
        ids = [name for name, _ in found.ranked[:2]]
        if found.certainty is Certainty.UNSURE:
            self.asked_back += any(name in wanted for name in ids)
            self.wrong += not any(name in wanted for name in ids)
        elif found.certainty is Certainty.NONE or found.best not in business:
            self.missed += 1
        else:
            self.right += found.best in wanted
            self.wrong += found.best not in wanted

    def __str__(self) -> str:
        shares = (
            f"{name} {100 * count / self.asked:.1f} %"
            for name, count in (
                ("right", self.right),
                ("asked back", self.asked_back),
                ("wrong", self.wrong),
                ("missed", self.missed),
            )
        )
        return ", ".join(shares)


def main() -> None:
    """Print hits, misses and false answers, in each language."""
    for locale, path in HELD_APART.items():
        content = load_content(ROOT / "content", locale)
        entries = [topic.ways for topic in content.topics.values()]
        asks = sum(len(entry.asks) for entry in entries)
        print(f"{locale}, cross-validated over {asks} ways of asking: {_crossed(entries)}")
        started = time.perf_counter()
        finder = learn(content.ways, embed)
        print(f"learning takes {time.perf_counter() - started:.1f} s, once")
        held_apart = yaml.safe_load(path.read_text(encoding="utf-8"))
        print(f"held apart, as asked: {_held_apart(finder, held_apart, content, str)}")
        if locale == "en-US":
            figures = _held_apart(finder, held_apart, content, without_carrier)
            print(f"held apart, without the words that Alexa keeps: {figures}")


def _crossed(entries: Sequence[Ways]) -> str:
    """Each fold is a stretch of the ways of asking for each entry: those of one author stand together."""
    business = frozenset(entry.id for entry in entries if entry.is_business)
    inside, outside = Tally(), Tally()
    for fold in range(FOLDS):
        kept = [replace(entry, asks=_fold(entry.asks, fold, kept=True)) for entry in entries]
        finder = learn(with_openings_lost(kept), embed)
        for entry in entries:
            for ask in _fold(entry.asks, fold, kept=False):
                (inside if entry.is_business else outside).count(finder.find(ask), {entry.id}, business)
    return f"{inside}; false answers {_false(outside):.1f} %"


def _fold(asks: Sequence[str], fold: int, *, kept: bool) -> tuple[str, ...]:
    folds = [number * FOLDS // len(asks) for number in range(len(asks))]
    return tuple(ask for ask, own in zip(asks, folds, strict=True) if (own != fold) is kept)


def _held_apart(finder: Finder, held_apart: Any, content: Content, cut: Callable[[str], str]) -> str:  # noqa: ANN401 (YAML)
    business = frozenset(topic.id for topic in content.topics.values() if not topic.refusal)
    inside, outside = Tally(), Tally()
    started = time.perf_counter()
    for row in held_apart["questions"]:
        topics = (content.topic(name) for name in row["topics"])  # a topic may have taken over an older one
        inside.count(finder.find(cut(row["ask"])), {topic.id for topic in topics if topic}, business)
    for row in held_apart["foreign"]:
        outside.count(finder.find(cut(row["ask"])), (), business)
    each = 1000 * (time.perf_counter() - started) / (inside.asked + outside.asked)
    return f"{inside}; false answers {_false(outside):.1f} %; {each:.2f} ms each"


def _false(outside: Tally) -> float:
    return 100 * (outside.wrong + outside.asked_back) / outside.asked


def without_carrier(text: str) -> str:
    """Return a question less the first words of it, where a sample of the model begins with them."""
    small = text.lower()
    return next((text[len(words) + 1 :] for words in CARRIERS if small.startswith(f"{words} ")), text)


if __name__ == "__main__":
    main()
