"""The lines one can type to a simulated Echo: `open`, words, `[12.5] words`, `[silence]` and the like."""

import re
from dataclasses import dataclass
from enum import StrEnum

from skill.errors import CoachError
from skill.simulator.device import Device
from skill.simulator.turn import Turn


class LineError(CoachError):
    """A line means nothing; names it."""

    def __init__(self, line: str) -> None:
        super().__init__(f"no such line: {line}")
        self.line = line


class Verb(StrEnum):
    """What a line lets happen."""

    OPEN = "open"
    ASK = "ask"
    SAY = "say"
    SILENCE = "silence"
    WAIT = "wait"
    DISABLE = "disable"


@dataclass(frozen=True)
class Line:
    """One line, read: `at` in seconds after the last reply began, None for its end; `wait` in seconds."""

    verb: Verb
    said: str
    at: float | None = None
    wait: float = 0


_NUMBER = r"\d+(?:\.\d+)?"
_SHAPES = tuple(
    (verb, re.compile(shape, re.IGNORECASE))
    for verb, shape in (
        (Verb.SILENCE, r"(?P<said>\[silence\])"),
        (Verb.DISABLE, r"(?P<said>\[disable\])"),
        (Verb.WAIT, rf"(?P<said>\[wait\s+(?P<wait>{_NUMBER})\])"),
        (Verb.OPEN, rf"(?:\[(?P<at>{_NUMBER})\]\s*)?(?P<said>open)"),
        (Verb.ASK, rf"(?:\[(?P<at>{_NUMBER})\]\s*)?ask:\s*(?P<said>[^\s\[].*)"),
        (Verb.SAY, rf"(?:\[(?P<at>{_NUMBER})\]\s*)?(?!ask:)(?P<said>[^\s\[].*)"),
    )
)


def parse_line(text: str) -> Line:
    """Read one line that is not blank; raises LineError."""
    stripped = text.strip()
    for verb, shape in _SHAPES:
        if match := shape.fullmatch(stripped):
            found = match.groupdict()
            at = found.get("at")
            return Line(verb, found["said"], None if at is None else float(at), float(found.get("wait") or 0))
    raise LineError(stripped)


def perform(line: Line, device: Device) -> Turn:
    """Let `line` happen on `device`; raises ReplyError where the skill answers what no Echo would play."""
    match line.verb:
        case Verb.OPEN:
            return device.open(line.at)
        case Verb.ASK:
            return device.ask(line.said, line.at)
        case Verb.SAY:
            return device.say(line.said, line.at)
        case Verb.SILENCE:
            return device.silence(line.said)
        case Verb.WAIT:
            return device.wait(line.wait, line.said)
        case Verb.DISABLE:
            return device.disable(line.said)
