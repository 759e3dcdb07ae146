"""Every error the project raises on purpose: one root, a flat family."""

from collections.abc import Sequence
from enum import StrEnum


class CoachError(Exception):
    """The root of the family."""


class ConfigError(CoachError):
    """A setting is missing or cannot be used; names the environment variable."""

    def __init__(self, variable: str, problem: str) -> None:
        super().__init__(f"{variable}: {problem}")
        self.variable = variable


class ContentError(CoachError):
    """A content file is wrong; reads `file:line: key: what is wrong`."""

    def __init__(self, file: str, line: int, key: str, problem: str) -> None:
        super().__init__(f"{file}:{line}: {key}: {problem}")
        self.file, self.line, self.key, self.problem = file, line, key, problem


class BrokenContentError(CoachError):
    """Content that cannot be used; `problems` are all that was found, a line each."""

    def __init__(self, problems: Sequence[ContentError]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class VerificationError(CoachError):
    """A request is not from Alexa; `reason` is one word for the log and the reply."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


class Refusal(StrEnum):
    """Why one of Alexa's services did not do what it was asked."""

    NO_PERMISSION = "no_permission"
    TOO_MANY = "too_many"
    UNSUPPORTED = "unsupported"
    BUSY = "busy"
    UNREACHABLE = "unreachable"


class AlexaError(CoachError):
    """One of Alexa's services did not do what it was asked; names neither token nor device."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal)
        self.refusal = refusal


class StoreError(CoachError):
    """What is remembered cannot be read or written now."""


class Conflict(StoreError):  # noqa: N818 (as the field calls it)
    """Another write came between reading and writing."""
