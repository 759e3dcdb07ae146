"""Understanding as Alexa passes it on: with every slot of the intent, also those that nothing filled."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from skill.simulator.understanding import Heard, SlotValue, Understanding
from skill.simulator.understanding.model import load_model

UNFILLED = SlotValue("")


class Ear(Protocol):
    """Turns what was said into an intent."""

    def interpret(self, text: str) -> Heard:
        """Return the intent and the slots of `text`; a slot that nothing filled has no words."""
        ...


@dataclass(frozen=True)
class ModelEar:
    """An ear for one interaction model; `slots` names the slots of each intent."""

    understanding: Understanding
    slots: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls, path: Path) -> "ModelEar":
        """Build from a `<locale>.json` model file; raises ContentError if that is malformed."""
        intents = load_model(path).intents
        slots = {intent.name: tuple(slot.name for slot in intent.slots) for intent in intents}
        return cls(_understanding(path), slots)

    def interpret(self, text: str) -> Heard:
        """Return the intent and all its slots; a slot that nothing filled has no words."""
        heard = self.understanding.interpret(text)
        names = self.slots.get(heard.intent, ())
        return Heard(heard.intent, {name: heard.slots.get(name, UNFILLED) for name in names})


@lru_cache(maxsize=8)
def _understanding(path: Path) -> Understanding:
    """Return the understanding of a model, which several Echos share: it has much to read and to learn."""
    return Understanding.load(path)
