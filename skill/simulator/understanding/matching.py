"""Whether an utterance fits a sample, and what then fills its slots."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from skill.simulator.understanding.model import Intent, Slot
from skill.simulator.understanding.vocabulary import SlotValue
from skill.simulator.understanding.words import Words, bare, words_of

Part = str | Slot
Slots = Mapping[str, SlotValue]
Filling = Callable[[Slot, Words], SlotValue | None]

_SLOT_OR_WORDS = re.compile(r"\{(?P<slot>\w+)\}|(?P<words>[^{}]+)")


@dataclass(frozen=True)
class Template:
    """A sample utterance, taken apart into words and slots."""

    intent: str
    parts: tuple[Part, ...]

    @property
    def literals(self) -> Words:
        """The words that must be said as they stand."""
        return tuple(part for part in self.parts if isinstance(part, str))

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The gaps, in order."""
        return tuple(part for part in self.parts if isinstance(part, Slot))


@dataclass(frozen=True)
class Fit:
    """A template that an utterance fits, and what filled its slots."""

    template: Template
    slots: Slots


def templates_of(intent: Intent) -> Iterator[Template]:
    """Take apart each sample of `intent`."""
    slots = {slot.name: slot for slot in intent.slots}
    for sample in intent.samples:
        yield Template(intent.name, tuple(_parts(sample, slots)))


def _parts(sample: str, slots: Mapping[str, Slot]) -> Iterator[Part]:
    for piece in _SLOT_OR_WORDS.finditer(sample):
        if piece["slot"]:
            yield slots[piece["slot"]]
        else:
            yield from bare(words_of(piece["words"]))


def by_opening(templates: Iterable[Template]) -> dict[str, tuple[Template, ...]]:
    """Sort `templates` by their first word, those that begin with a slot under ""."""
    shelves: dict[str, list[Template]] = {}
    for template in templates:
        opening = template.parts[0]
        shelves.setdefault(opening if isinstance(opening, str) else "", []).append(template)
    return {opening: tuple(shelf) for opening, shelf in shelves.items()}


def fillings(parts: tuple[Part, ...], words: Words, fill: Filling) -> Iterator[Slots]:
    """Yield each way in which `words` fit `parts`; longer slot values first."""
    if not parts or not words:
        yield from () if parts or words else ({},)
    elif isinstance(parts[0], Slot):
        yield from _slot_fillings(parts[0], parts[1:], words, fill)
    elif bare(words[:1]) == parts[:1]:
        yield from fillings(parts[1:], words[1:], fill)


def _slot_fillings(slot: Slot, parts: tuple[Part, ...], words: Words, fill: Filling) -> Iterator[Slots]:
    for length in range(len(words) - len(parts), 0, -1):
        value = fill(slot, words[:length])
        if value is not None:
            for rest in fillings(parts, words[length:], fill):
                yield {slot.name: value, **rest}
