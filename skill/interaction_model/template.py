"""A phrase with alternatives and optional words stands for several sentences."""

import re
from collections.abc import Iterable, Mapping
from functools import cached_property

from hassil import Sentence, parse_sentence, sample_expression
from hassil.errors import HassilError
from hassil.parser import ParseError

_SLOT = re.compile(r"{(\w+)}")
_PART = re.compile(r"<(\w+)>")


class Grammar:
    """Expands phrases in hassil's notation; `parts` are the phrases that `<name>` stands for."""

    def __init__(self, parts: Mapping[str, str]) -> None:
        self._parts = parts

    def sentences(self, phrase: str) -> tuple[str, ...]:
        """Return each sentence that `phrase` stands for, once; raises ValueError where it is no phrase."""
        try:
            expression = parse_sentence(phrase).expression
            found = list(sample_expression(expression, None, self._rules, expand_lists=False))
        except (
            ParseError,
            HassilError,
            AssertionError,
        ) as error:  # hassil asserts that brackets are not empty
            raise ValueError(str(error)) from error
        return unique(" ".join(sentence.split()) for sentence in found)

    @cached_property
    def _rules(self) -> dict[str, Sentence]:
        return {name: parse_sentence(text) for name, text in self._parts.items()}


def slots_in(sentence: str) -> list[str]:
    """Return the names of the slots in a sentence."""
    return _SLOT.findall(sentence)


def parts_in(phrase: str) -> list[str]:
    """Return the names of the parts in a phrase."""
    return _PART.findall(phrase)


def unique(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that are not empty, each once, in their order."""
    return tuple(dict.fromkeys(text for text in texts if text))
