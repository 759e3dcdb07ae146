"""Small differences: the phrase of the model that an utterance nearly is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from rapidfuzz import fuzz, process

from skill.simulator.understanding.matching import Template
from skill.simulator.understanding.model import Slot
from skill.simulator.understanding.moments import DATE, TIME
from skill.simulator.understanding.vocabulary import Vocabulary
from skill.simulator.understanding.words import Words, bare

_SAME_PHRASE = 86  # percent of letters in common
_SAME_WORD = 80
_MOST_SLOTS = 2

Kinds = tuple[str, ...]


@dataclass(frozen=True)
class Span:
    """Some words of an utterance that name a value of the slot type `kind`."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True)
class Nearness:
    """The model's phrases by the types of their slots; a slot stands as its type in braces."""

    phrases: Mapping[Kinds, tuple[str, ...]]
    vocabulary: Vocabulary
    small_words: frozenset[str]

    @classmethod
    def of(
        cls, templates: Iterable[Template], vocabulary: Vocabulary, small_words: frozenset[str]
    ) -> "Nearness":
        """Collect `templates`; a slot that stands alone is there as each of its values."""
        phrases: dict[Kinds, list[str]] = {}
        for template in templates:
            if template.literals:
                kinds = tuple(slot.type for slot in template.slots)
                phrases.setdefault(kinds, []).append(_phrase(template))
            elif template.slots[0].type not in (TIME, DATE):  # of which a few letters make another
                phrases.setdefault((), []).extend(map(" ".join, vocabulary.phrases[template.slots[0].type]))
        return cls({kinds: tuple(some) for kinds, some in phrases.items()}, vocabulary, small_words)

    def corrected(self, words: Words) -> Words | None:
        """Return the nearest phrase that differs little from `words`, with its slots as they were said."""
        near = [found for spans in self._readings(words) for found in self._near(words, spans)]
        return max(near, default=(0, None), key=lambda found: found[0])[1]

    def _near(self, words: Words, spans: tuple[Span, ...]) -> Iterator[tuple[float, Words]]:
        said = _masked(words, spans)
        choices = self.phrases.get(tuple(span.kind for span in spans), ())
        hits = process.extract(" ".join(said), choices, scorer=fuzz.ratio, score_cutoff=_SAME_PHRASE, limit=3)
        for phrase, score, _ in hits:
            if self._differ_little(said, tuple(phrase.split())):
                yield score, _unmasked(phrase, words, spans)

    def _readings(self, words: Words) -> Iterator[tuple[Span, ...]]:
        spans = sorted(self._spans(words), key=lambda span: span.start)
        for count in range(_MOST_SLOTS + 1):
            for some in combinations(spans, count):
                if all(left.end <= right.start for left, right in pairwise(some)):
                    yield some

    def _spans(self, words: Words) -> Iterator[Span]:
        for kind in self.vocabulary.phrases:
            start = 0
            while start < len(words):
                end = self._longest(kind, words, start)
                if end > start:
                    yield Span(start, end, kind)
                start = max(end, start + 1)

    def _longest(self, kind: str, words: Words, start: int) -> int:
        ends = range(len(words), start, -1)
        return next((end for end in ends if self.vocabulary.known(kind, words[start:end])), start)

    def _differ_little(self, said: Words, meant: Words) -> bool:
        return self._is_covered(said, meant) and self._is_covered(meant, said)

    def _is_covered(self, words: Words, others: Words) -> bool:
        """Whether each word is a small one or nearly one of the others: "not" or "minutes" are neither."""
        return all(word in self.small_words or _has_like(word, others) for word in words)


def _phrase(template: Template) -> str:
    return " ".join(f"{{{part.type}}}" if isinstance(part, Slot) else part for part in template.parts)


def _masked(words: Words, spans: tuple[Span, ...]) -> Words:
    starts = {span.start: f"{{{span.kind}}}" for span in spans}
    inside = {at for span in spans for at in range(span.start + 1, span.end)}
    return tuple(starts.get(at, word) for at, word in enumerate(bare(words)) if at not in inside)


def _unmasked(phrase: str, words: Words, spans: tuple[Span, ...]) -> Words:
    said = iter([words[span.start : span.end] for span in spans])
    return tuple(
        word for part in phrase.split() for word in (next(said) if part.startswith("{") else (part,))
    )


def _has_like(word: str, others: Words) -> bool:
    return process.extractOne(word, others, scorer=fuzz.ratio, score_cutoff=_SAME_WORD) is not None
