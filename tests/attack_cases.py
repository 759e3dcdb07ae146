"""The attack table as data: what tests/attacks/README.md describes, read."""

from collections.abc import Sequence
from dataclasses import field
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass

DIRECTORY = Path(__file__).parent / "attacks"
GROUPS = ("signature", "chain", "url", "timestamp", "skill_id", "body")

_STRICT = ConfigDict(extra="forbid")

Scheme = Literal["sha256", "sha1", "sha512", "pss", "textbook"]


@dataclass(frozen=True, config=_STRICT)
class Fill:
    """A text, so many times."""

    text: str
    times: int

    def __str__(self) -> str:
        return self.text * self.times


@dataclass(frozen=True, config=_STRICT)
class Case:
    """What is done to a good request, in this order, and how the server has to answer."""

    id: str
    expect: str
    why: str
    group: str
    set: dict[str, Any] = field(default_factory=dict)
    remove: list[str] = field(default_factory=list)
    age: float = 0
    stamp: str | None = None
    replace: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    hex: str | None = None
    fill: Fill | None = None
    pad: int = 0
    chain: str = "amazons"
    signer: str | None = None
    signs: str | None = None
    scheme: Scheme = "sha256"
    tail: str = ""
    chunked: bool = False
    headers: dict[str, str | list[str]] = field(default_factory=dict)
    wire: dict[str, str | Fill] = field(default_factory=dict)

    def is_met_by(self, answer: str) -> bool:
        return self.expect in (answer, answer.partition(" ")[0])


def load_cases(group: str) -> list[Case]:
    """Read one group's file; raises pydantic's ValidationError, which names the key that is wrong."""
    entries = yaml.safe_load((DIRECTORY / f"{group}.yaml").read_text(encoding="utf-8"))
    return TypeAdapter(list[Case]).validate_python([{"group": group, **entry} for entry in entries])


def all_cases() -> Sequence[Case]:
    return [case for group in GROUPS for case in load_cases(group)]
