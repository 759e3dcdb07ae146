"""Session: what was sent and when it began; all that Alexa carries from one request to the next."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from skill.memory import Remembered
from skill.preferences import Preferences
from skill.reminders import Reminder
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
    MEANT = "meant"
    REMINDER = "reminder"
    REMINDER_TIME = "reminder_time"
    CANCEL_REMINDERS = "cancel_reminders"
    RESUME = "resume"
    FORGET = "forget"


class Caution(StrEnum):
    """What stands between a serious pain and going on."""

    NONE = "none"
    DUE = "due"  # the advice has to be heard once more first
    HEARD = "heard"  # going on is now for the person to ask for


@dataclass(frozen=True)
class Session:
    """Where a conversation stands.

    A block plays since `began` (Alexa's stamp) where that is set; otherwise the coach waits for the answer
    to `asked`, and `plan` is the place to go on from. `asked_before` is the question that comes back after a
    no to starting over, or after a question that was put in between. `caution` is set by a serious pain and
    stays until something is played again. `answered` is the topic of the last answer, `told_more` whether
    that was what there is more to it, `meant` the two that a question back is about, `reminder` the one that
    is offered. `preferences` outlive the session, and `remembered` is what is known of the person.
    """

    version: int = VERSION
    plan: Plan | None = None
    began: AwareDatetime | None = None
    asked: Asked = Asked.BEGIN
    asked_before: Asked | None = None
    caution: Caution = Caution.NONE
    answered: str | None = None
    told_more: bool = False
    meant: tuple[str, ...] = ()
    reminder: Reminder | None = None
    has_heard_notice: bool = False
    preferences: Preferences = field(default_factory=Preferences)
    remembered: Remembered = field(default_factory=Remembered)

    @classmethod
    def from_attributes(cls, attributes: Mapping[str, Any] | None) -> "Session | None":
        """Read session attributes; without any a session begins, and None means that they cannot be read."""
        if not attributes:
            return cls()
        try:
            session = _ADAPTER.validate_python(dict(attributes))
        except (ValidationError, TypeError, ValueError):
            return None
        return session if session.version == VERSION else None

    def to_attributes(self) -> dict[str, Any]:
        """Return the JSON object that `from_attributes` reads back."""
        return {
            "version": self.version,
            **_ADAPTER.dump_python(self, mode="json", exclude_defaults=True),
        }


_ADAPTER = TypeAdapter(Session)
