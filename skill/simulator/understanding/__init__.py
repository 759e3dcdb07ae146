"""What an utterance means, by the interaction model alone: text to intent and slots."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from skill.faq import Finder, Ways
from skill.interaction_model import Listening, read_listening
from skill.learning import finder_of
from skill.simulator.understanding.learnt import FREE_WORDS, NOBODYS, Learnt
from skill.simulator.understanding.matching import (
    Filling,
    Fit,
    Slots,
    Template,
    by_opening,
    fillings,
    templates_of,
)
from skill.simulator.understanding.model import LanguageModel, Slot, load_model
from skill.simulator.understanding.nearness import Nearness
from skill.simulator.understanding.vocabulary import SlotValue, Vocabulary
from skill.simulator.understanding.words import Words, bare, without_fillers, words_of

__all__ = ["Heard", "SlotValue", "Understanding"]

FALLBACK = "AMAZON.FallbackIntent"
_OPEN_TYPES = frozenset({"BODY_PART", "STRETCH", "TOPIC"})  # names that no list holds in full
_TOPIC = "TOPIC"
_ANYTHING = frozenset({_TOPIC, FREE_WORDS})
_LONGEST_NAME = 3  # words
_LEAST = -0.6  # how likely a guess has to be (about -1 to 1)
_LEAST_BESIDE_A_QUESTION = -0.3  # likewise where the words may as well be a question
_LONGEST_UTTERANCE = 25  # words; nobody says more to an Echo in one breath


@dataclass(frozen=True)
class Heard:
    """The intent that an utterance reached, and what filled its slots."""

    intent: str
    slots: Mapping[str, SlotValue] = field(default_factory=dict)


@dataclass(frozen=True)
class Understanding:
    """The simulated ear for one interaction model; the same words always mean the same.

    `slots` are those of each intent; the `needy` intents have a slot in every sample.
    """

    templates: Mapping[str, tuple[Template, ...]]
    vocabulary: Vocabulary
    nearness: Nearness
    slots: Mapping[str, tuple[Slot, ...]]
    needy: frozenset[str]
    learnt: Learnt
    listening: Listening
    language: str

    @classmethod
    def load(cls, path: Path) -> "Understanding":
        """Build from a `<locale>.json` model file and the source beside it; raises ContentError."""
        listening = read_listening(path.parent, path.stem)
        keep = partial(finder_of, source=path.parent, name=path.stem)
        return cls.of(load_model(path), path.stem.partition("-")[0], listening, keep)

    @classmethod
    def of(
        cls,
        model: LanguageModel,
        language: str,
        listening: Listening,
        finder_of: Callable[[Sequence[Ways]], Finder],
    ) -> "Understanding":
        """Build from a model in `language`, a two-letter code, and what there is to know of that."""
        templates = [template for intent in model.intents for template in templates_of(intent)]
        vocabulary = Vocabulary.of(model.types, language, listening)
        nearness = Nearness.of(templates, vocabulary, listening.small_words)
        slots = {intent.name: intent.slots for intent in model.intents}
        needy = frozenset(slots) - {template.intent for template in templates if not template.slots}
        questions = [words_of(text, language) for text in listening.questions]
        foreign = [words_of(text, language) for text in listening.foreign]
        core = partial(without_fillers, listening=listening)
        learnt = Learnt.of(templates, questions, foreign, vocabulary, core, finder_of)
        return cls(by_opening(templates), vocabulary, nearness, slots, needy, learnt, listening, language)

    def interpret(self, text: str) -> Heard:
        """Return what `text` means: as it is said, nearly, most likely, as a question, or with a new name."""
        words = words_of(text, self.language)[:_LONGEST_UTTERANCE]
        core = without_fillers(words, self.listening)
        known = self._exact(words) or self._exact(core) or self._near(core)
        return known or self._guessed(words, core) or Heard(FALLBACK)

    def strays(self) -> list[tuple[str, str, str]]:
        """Return the sentences of one intent that are likest to another's, with both intents.

        Questions are left out: they may be about anything.
        """
        anything = {name for name, slots in self.slots.items() if {slot.type for slot in slots} & _ANYTHING}
        return [row for row in self.learnt.strays() if anything.isdisjoint(row[1:])]

    def _guessed(self, words: Words, core: Words) -> Heard | None:
        """Return what words that no sample has most likely mean; a question may be about anything."""
        if not core:
            return None
        question, named = self._asked(words), self._loose(core)
        if named and _is_resolved(named.slots):
            return named
        guess = self.learnt.guess(core)
        if guess.likelihood < (_LEAST_BESIDE_A_QUESTION if question else _LEAST):
            return question or named
        if guess.intent == NOBODYS:
            return question
        if named and named.intent == guess.intent:
            return question or named
        slots = self._named(guess.intent, core)
        is_vague = guess.intent in self.needy and not slots
        return (
            question
            if is_vague or (question and self._names_a_topic(guess.intent))
            else Heard(guess.intent, slots)
        )

    def _names_a_topic(self, intent: str) -> bool:
        """Whether `intent` takes a topic: words around it are a question of their own."""
        return any(slot.type == _TOPIC for slot in self.slots[intent])

    def _exact(self, words: Words) -> Heard | None:
        return _most_literal(list(self._fits(words, self._known)))

    def _near(self, words: Words) -> Heard | None:
        corrected = self.nearness.corrected(words)
        return self._exact(corrected) if corrected else None

    def _named(self, intent: str, words: Words) -> dict[str, SlotValue]:
        """Return what the words name of the slots of `intent`, the longest name of each."""
        return {
            slot.name: value
            for slot in self.slots.get(intent, ())
            if (value := self.vocabulary.within(slot.type, words))
        }

    def _asked(self, words: Words) -> Heard | None:
        return _most_literal(list(self._fits(words, _anything)))

    def _loose(self, words: Words) -> Heard | None:
        fits = [fit for fit in self._fits(words, self._like_a_name) if self._has_carrier(fit.template)]
        return _most_literal([fit for fit in fits if _is_resolved(fit.slots)] or fits)

    def _fits(self, words: Words, fill: Filling) -> Iterator[Fit]:
        for opening in (*bare(words[:1]), ""):
            for template in self.templates.get(opening, ()):
                for slots in fillings(template.parts, words, fill):
                    yield Fit(template, slots)

    def _known(self, slot: Slot, words: Words) -> SlotValue | None:
        return self.vocabulary.known(slot.type, words)

    def _like_a_name(self, slot: Slot, words: Words) -> SlotValue | None:
        is_name = (
            slot.type in _OPEN_TYPES
            and len(words) <= _LONGEST_NAME
            and not self.listening.small_words.issuperset(words)
        )
        return self.vocabulary.guessed(slot.type, words) if is_name else None

    def _has_carrier(self, template: Template) -> bool:
        """Whether enough is said around the one slot to tell the intent without knowing what fills it."""
        literals = template.literals
        is_telling = len(literals) > 1 and not self.listening.small_words.issuperset(literals)
        return is_telling and len(template.slots) == 1


def _anything(slot: Slot, words: Words) -> SlotValue | None:
    """Fill a slot for free words with all of them; no other slot."""
    return SlotValue(" ".join(words)) if slot.type == FREE_WORDS else None


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


def _is_resolved(slots: Slots) -> bool:
    return all(value.id for value in slots.values())
