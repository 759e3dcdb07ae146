"""Understanding as Alexa passes it on: with every slot of the intent, also those that nothing filled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from skill.simulator.clock import START
from skill.simulator.understanding import Heard, SlotValue, Understanding
from skill.simulator.understanding.model import Slot, load_model
from skill.simulator.understanding.moments import DATE, dates
from skill.simulator.understanding.words import words_of

UNFILLED = SlotValue("")


class Ear(Protocol):
    """Turns what was said into an intent."""

    def interpret(self, text: str) -> Heard:
        """Return the intent and the slots of `text`; a slot that nothing filled has no words."""
        ...


@dataclass(frozen=True)
class ModelEar:
    """An ear for one interaction model: the slots of each intent, and what day it is where it hangs."""

    understanding: Understanding
    slots: Mapping[str, tuple[Slot, ...]]
    today: Callable[[], date]

    @classmethod
    def load(cls, path: Path, today: Callable[[], date] = START.date) -> "ModelEar":
        """Build from a `<locale>.json` model file; raises ContentError if that is malformed."""
        slots = {intent.name: intent.slots for intent in load_model(path).intents}
        return cls(_understanding(path), slots, today)

    def interpret(self, text: str) -> Heard:
        """Return the intent and all its slots; a slot that nothing filled has no words."""
        heard = self.understanding.interpret(text)
        slots = self.slots.get(heard.intent, ())
        return Heard(heard.intent, {slot.name: self._filled(slot, heard) for slot in slots})

    def _filled(self, slot: Slot, heard: Heard) -> SlotValue:
        value = heard.slots.get(slot.name, UNFILLED)
        if slot.type != DATE or not value.spoken:
            return value
        moments, language = self.understanding.listening.moments, self.understanding.language
        return SlotValue(dates(self.today(), moments, language).get(words_of(value.spoken), value.spoken))


@lru_cache(maxsize=8)
def _understanding(path: Path) -> Understanding:
    """Return the understanding of a model, which several Echos share: it has much to read and to learn."""
    return Understanding.load(path)
