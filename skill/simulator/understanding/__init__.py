"""What an utterance means, by the interaction model alone: text to intent and slots."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from skill.simulator.understanding.matching import Filling, Fit, Template, by_opening, fillings, templates_of
from skill.simulator.understanding.model import LanguageModel, Slot, load_model
from skill.simulator.understanding.nearness import SMALL_WORDS, Nearness
from skill.simulator.understanding.vocabulary import SlotValue, Vocabulary
from skill.simulator.understanding.words import Words, bare, without_fillers, words_of

__all__ = ["Heard", "SlotValue", "Understanding"]

FALLBACK = "AMAZON.FallbackIntent"
_OPEN_TYPES = frozenset({"BODY_PART", "STRETCH", "TOPIC"})  # names that no list holds in full
_FREE_WORDS = "AMAZON.SearchQuery"
_LONGEST_NAME = 3  # words
_LONGEST_UTTERANCE = 25  # words; nobody says more to an Echo in one breath


@dataclass(frozen=True)
class Heard:
    """The intent that an utterance reached, and what filled its slots."""

    intent: str
    slots: Mapping[str, SlotValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Understanding:
    """The simulated ear for one interaction model; the same words always mean the same."""

    templates: Mapping[str, tuple[Template, ...]]
    vocabulary: Vocabulary
    nearness: Nearness
    language: str

    @classmethod
    def load(cls, path: Path) -> "Understanding":
        """Build from a `<locale>.json` model file; raise ContentError if that is malformed."""
        return cls.of(load_model(path), path.stem.partition("-")[0])

    @classmethod
    def of(cls, model: LanguageModel, language: str) -> "Understanding":
        """Build from a model in `language`, a two-letter code."""
        templates = [template for intent in model.intents for template in templates_of(intent)]
        vocabulary = Vocabulary.of(model.types, language)
        return cls(by_opening(templates), vocabulary, Nearness.of(templates, vocabulary), language)

    def interpret(self, text: str) -> Heard:
        """Return what `text` means: just as said, nearly so, as a question, or with an unknown name."""
        words = words_of(text, self.language)[:_LONGEST_UTTERANCE]
        core = without_fillers(words)
        return (
            self._exact(words)
            or self._exact(core)
            or self._near(core)
            or self._asked(words)
            or self._loose(core)
            or Heard(FALLBACK)
        )

    def _exact(self, words: Words) -> Heard | None:
        return _most_literal(list(self._fits(words, self._known)))

    def _near(self, words: Words) -> Heard | None:
        corrected = self.nearness.corrected(words)
        return self._exact(corrected) if corrected else None

    def _asked(self, words: Words) -> Heard | None:
        return _most_literal(list(self._fits(words, _anything)))

    def _loose(self, words: Words) -> Heard | None:
        fits = [fit for fit in self._fits(words, self._guessed) if _has_carrier(fit.template)]
        return _most_literal([fit for fit in fits if _is_resolved(fit)] or fits)

    def _fits(self, words: Words, fill: Filling) -> Iterator[Fit]:
        for opening in (*bare(words[:1]), ""):
            for template in self.templates.get(opening, ()):
                for slots in fillings(template.parts, words, fill):
                    yield Fit(template, slots)

    def _known(self, slot: Slot, words: Words) -> SlotValue | None:
        return self.vocabulary.known(slot.type, words)

    def _guessed(self, slot: Slot, words: Words) -> SlotValue | None:
        is_name = (
            slot.type in _OPEN_TYPES and len(words) <= _LONGEST_NAME and not SMALL_WORDS.issuperset(words)
        )
        return self.vocabulary.guessed(slot.type, words) if is_name else None


def _anything(slot: Slot, words: Words) -> SlotValue | None:
    """Fill a slot for free words with all of them; no other slot."""
    return SlotValue(" ".join(words)) if slot.type == _FREE_WORDS else None


def _most_literal(fits: list[Fit]) -> Heard | None:
    """Choose the intent by the most literal words, and of its readings the one with the longest slot values.

    So "my chest hurts" is the symptom of that name, not a chest that hurts. Of equals the model's first wins.
    """
    if not fits:
        return None
    intent = max(fits, key=lambda fit: len(fit.template.literals)).template.intent
    best = min(
        (fit for fit in fits if fit.template.intent == intent), key=lambda fit: len(fit.template.parts)
    )
    return Heard(intent, best.slots)


def _has_carrier(template: Template) -> bool:
    """Whether enough is said around the one slot to tell the intent without knowing what fills it."""
    literals = template.literals
    return len(literals) > 1 and not SMALL_WORDS.issuperset(literals) and len(template.slots) == 1


def _is_resolved(fit: Fit) -> bool:
    return all(value.id for value in fit.slots.values())
