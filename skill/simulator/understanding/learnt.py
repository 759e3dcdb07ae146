"""The intent that words are likest to, learnt from all samples of the model at once."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import cycle, pairwise, zip_longest
from math import inf

from skill.faq import Finder, Ways
from skill.simulator.understanding.matching import Template
from skill.simulator.understanding.model import Slot
from skill.simulator.understanding.moments import DATE, TIME
from skill.simulator.understanding.vocabulary import DURATION, NUMBER, Vocabulary
from skill.simulator.understanding.words import Words

FREE_WORDS = "AMAZON.SearchQuery"
FIGURES = frozenset({NUMBER, DURATION, TIME, DATE})  # too many to learn one by one
LEAST_OURS = 0.2  # how surely words have to be said to the skill; see Found
FREE_ROUNDS = 6  # names that stand for free words, in each sample
NOBODYS = ""  # the intent of what is said to somebody else


@dataclass(frozen=True)
class Guess:
    """The likeliest intent, and how likely it is (about -1 to 1)."""

    intent: str
    likelihood: float


@dataclass(frozen=True)
class Learnt:
    """Guesses the intent of words that no sample has.

    A name of a type that several intents take, as of an exercise, tells nothing of the intent: a word for the
    type stands for it.
    """

    ways: tuple[Ways, ...] = field(repr=False)
    finder: Finder = field(repr=False)
    clean: Callable[[Words], Words]

    @classmethod
    def of(
        cls,
        templates: Iterable[Template],
        questions: Iterable[Words],
        foreign: Iterable[Words],
        vocabulary: Vocabulary,
        core: Callable[[Words], Words],
        finder_of: Callable[[Sequence[Ways]], Finder],
    ) -> "Learnt":
        """Learn from `templates`, and from `foreign` sentences of no intent; `core` takes fillers away."""
        templates = list(templates)
        used = {(slot.type, row.intent) for row in templates for slot in row.slots}
        counts = Counter(kind for kind, _ in used)
        shared = frozenset(kind for kind, count in counts.items() if count > 1 or kind in FIGURES)

        def clean(words: Words) -> Words:
            return _masked(core(words), vocabulary, shared)

        sentences = _sentences(templates, vocabulary, shared, core)
        for intent in {row.intent for row in templates if FREE_WORDS in (slot.type for slot in row.slots)}:
            sentences[intent] += map(clean, questions)
        ways = [Ways(intent, _telling(said)) for intent, said in sentences.items()]
        nobodys = Ways(NOBODYS, _telling(map(clean, foreign)), is_business=False)
        return cls(tuple(ways), finder_of((*ways, nobodys)), clean)

    def guess(self, words: Words) -> Guess:
        """Return what `words` mean most likely; `NOBODYS` intent where they are likest to the foreign.

        Names alone, one after another, mean nothing.
        """
        clean = self.clean(words)
        if len(clean) > 1 and all(map(_is_mask, clean)):
            return Guess(NOBODYS, -1.0)
        return Guess(*self.finder.find(" ".join(clean), LEAST_OURS).ranked[0])

    def strays(self) -> Iterator[tuple[str, str, str]]:
        """Yield each sentence that was learnt of one intent and is likest to another, with both intents."""
        for way in self.ways:
            for sentence in way.asks:
                likest = self.finder.find(sentence, -inf).best
                if likest != way.id:
                    yield sentence, way.id, likest


def _masked(words: Words, vocabulary: Vocabulary, shared: frozenset[str]) -> Words:
    """Return `words` with the names of `shared` types replaced by what stands for the type."""
    at, masked = 0, []
    while at < len(words):
        ends = ((end, kind) for end in range(len(words), at, -1) for kind in sorted(shared))
        named = next((row for row in ends if vocabulary.known(row[1], words[at : row[0]])), None)
        masked.append(_mask(named[1]) if named else words[at])
        at = named[0] if named else at + 1
    return tuple(masked)


def _mask(kind: str) -> str:
    """Return a word that nobody says."""
    return f"x{kind.lower()}x"


def _is_mask(word: str) -> bool:
    return word.startswith("x") and word.endswith("x") and len(word) > 1


def _telling(sentences: Iterable[Words]) -> tuple[str, ...]:
    """Return the sentences that have two words side by side as no shorter one has: others teach nothing."""
    seen: set[tuple[str, str]] = set()
    telling = []
    for sentence in sorted(set(sentences), key=lambda words: (len(words), words)):
        pairs = set(pairwise(("", *sentence, "")))
        if sentence and not seen.issuperset(pairs):
            telling.append(" ".join(sentence))
            seen.update(pairs)
    return tuple(telling)


def _sentences(
    templates: Iterable[Template],
    vocabulary: Vocabulary,
    shared: frozenset[str],
    core: Callable[[Words], Words],
) -> dict[str, list[Words]]:
    """Return the sentences of each intent, with names in their slots.

    All names are there where they stand alone, else they take turns; free words may be any name there is.
    """
    names: dict[str, list[Words]] = {kind: list(values) for kind, values in vocabulary.phrases.items()}
    words = [values for kind, values in names.items() if kind not in FIGURES]
    names[FREE_WORDS] = [name for group in zip_longest(*words) for name in group if name]
    names |= {kind: [(_mask(kind),)] for kind in shared}
    turns = {kind: cycle(values) for kind, values in names.items()}
    sentences: dict[str, list[Words]] = {}
    for template in templates:
        kinds = [slot.type for slot in template.slots]
        rounds = FREE_ROUNDS if FREE_WORDS in kinds else 1
        rounds = rounds if template.literals else len(names[kinds[0]])
        said = [tuple(_filled(template, turns)) for _ in range(rounds)]
        sentences.setdefault(template.intent, []).extend(map(core, said))
    return sentences


def _filled(template: Template, turns: Mapping[str, Iterator[Words]]) -> Iterator[str]:
    for part in template.parts:
        yield from next(turns[part.type]) if isinstance(part, Slot) else (part,)
