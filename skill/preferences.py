"""Preferences: what a person wants every time."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from skill.routine import Detail, Side


@dataclass(frozen=True)
class Preferences:
    """What a person chose for good; None, or nothing, where the content decides. `hold` in seconds."""

    routine: str | None = None
    hold: Annotated[int, Field(gt=0, le=1000)] | None = None
    detail: Detail | None = None
    side: Side | None = None
    without: tuple[str, ...] = ()
