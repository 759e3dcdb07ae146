"""Session: what was sent and when it began; all that Alexa carries from one request to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError

from skill.timeline import Plan

VERSION = 1


class Asked(StrEnum):
    """The question that a waiting session has put."""

    BEGIN = "begin"
    CHOICE = "choice"
    READY = "ready"
    ANYTHING_ELSE = "anything_else"
    PAUSED = "paused"
    START_OVER = "start_over"
    HURT = "hurt"
    PINCHED = "pinched"
    ACHED = "ached"


@dataclass(frozen=True)
class Session:
    """Where a conversation stands.

    A block plays since `began` (Alexa's stamp) where that is set; otherwise the coach waits for the answer
    to `asked`, and `plan` is the place to go on from. `must_hear_advice` is set by a serious pain until the
    advice was heard a second time.
    """

    version: int = VERSION
    plan: Plan | None = None
    began: datetime | None = None
    asked: Asked = Asked.BEGIN
    must_hear_advice: bool = False

    @classmethod
    def from_attributes(cls, attributes: Mapping[str, Any] | None) -> "Session":
        """Read session attributes; what cannot be read is a session that begins."""
        try:
            session = _ADAPTER.validate_python(dict(attributes or {}))
        except ValidationError:
            return cls()
        return session if session.version == VERSION else cls()

    def to_attributes(self) -> dict[str, Any]:
        """Return the JSON object that `from_attributes` reads back."""
        return {
            "version": self.version,
            **_ADAPTER.dump_python(self, mode="json", exclude_defaults=True),
        }


_ADAPTER = TypeAdapter(Session)
