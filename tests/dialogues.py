"""Conversations as data: what tests/conversations/README.md describes, read and held."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import ConfigDict, TypeAdapter
from pydantic.dataclasses import dataclass as checked_dataclass

from skill.content import DEFAULT_LOCALE
from skill.simulator.alexa_api import Trouble
from skill.simulator.clock import START, parse_start
from skill.simulator.device import Device
from skill.simulator.script import parse_line, perform
from skill.simulator.turn import Turn
from skill.simulator.voice import EchoVoice
from tests.fake_store import FakeStore

_STRICT = ConfigDict(extra="forbid")

MakeDevice = Callable[..., Device]


@checked_dataclass(frozen=True, config=_STRICT)
class Span:
    """How long a reply may last, in seconds."""

    min: float = 0
    max: float = 240


@checked_dataclass(frozen=True, config=_STRICT)
class Step:
    """One thing said, and what has to come of it."""

    say: str
    person: str = "first"
    recognised: str | None = None
    store: Literal["down", "up"] | None = None
    at: float | None = None
    during: str | None = None
    after: str | None = None
    plus: float = 0
    request: str | None = None
    intent: str | None = None
    slots: dict[str, str] | None = None
    hears: list[str] = field(default_factory=list)
    not_hears: list[str] = field(default_factory=list)
    reprompt: list[str] = field(default_factory=list)
    seconds: Span | None = None
    open: bool | None = None

    def __post_init__(self) -> None:
        moments = [moment for moment in (self.at, self.during, self.after) if moment is not None]
        if len(moments) > 1 or (self.plus and not moments):
            raise ValueError("one of at, during and after; plus only with one of them")


@checked_dataclass(frozen=True, config=_STRICT)
class Dialogue:
    """A conversation from its first line to its last."""

    about: str
    steps: list[Step]
    voice: str = "1,0,0,0"
    start: str | None = None
    alexa: Trouble | None = None
    locale: str = DEFAULT_LOCALE


@dataclass
class Person:
    """Somebody with an Echo of their own, and what it played them last."""

    device: Device
    last: Turn | None = None

    def speak(self, step: Step) -> Turn:
        self.device.recognise(step.recognised and f"amzn1.ask.person.{step.recognised}")
        at = self._moment(step)
        text = step.say if at is None else f"[{at:.3f}] {step.say}"
        self.last = perform(parse_line(text), self.device)
        return self.last

    def _moment(self, step: Step) -> float | None:
        if step.at is not None:
            return step.at + step.plus
        if step.during is not None:
            return sum(self._heard_at(step.during)) / 2 + step.plus
        if step.after is not None:
            return self._heard_at(step.after)[1] + step.plus
        return None

    def _heard_at(self, words: str) -> tuple[float, float]:
        """Return when the last reply begins to say `words` and when it has said them, in its seconds."""
        assert self.last is not None, "nothing was said yet to break into"
        passed = 0.0
        for sound in self.device.voice.sounds(self.last.ssml):
            if match := re.search(_pattern(words), sound.text):
                share = sound.seconds / len(sound.text)
                return passed + match.start() * share, passed + match.end() * share
            passed += sound.seconds
        raise AssertionError(f"{words!r} is not in: {self.last.text}")


def load_dialogue(path: Path) -> Dialogue:
    """Read a conversation; raises pydantic's ValidationError, which names the key that is wrong."""
    return TypeAdapter(Dialogue).validate_python(yaml.safe_load(path.read_text(encoding="utf-8")))


def hold(dialogue: Dialogue, make_device: MakeDevice, store: FakeStore | None = None) -> None:
    """Let everybody say their lines, in order, and check what comes of each; `store` is the memory."""
    start = parse_start(dialogue.start) if dialogue.start else START
    people: dict[str, Person] = {}
    for number, step in enumerate(dialogue.steps, start=1):
        if step.person not in people:
            voice = EchoVoice.parse(dialogue.voice)
            device = make_device(step.person, voice, start, dialogue.alexa, dialogue.locale)
            people[step.person] = Person(device)
        if store and step.store:
            store.is_down = step.store == "down"
        turn = people[step.person].speak(step)
        check(step, turn, f"step {number} ({step.say}): {turn.text or turn.request}")


def check(step: Step, turn: Turn, what: str) -> None:
    expected: Mapping[str, Any] = {
        key: value
        for key in ("request", "intent", "slots", "open")
        if (value := getattr(step, key)) is not None
    }
    assert {key: getattr(turn, key) for key in expected} == expected, what
    for words in step.hears:
        assert re.search(_pattern(words), turn.text), f"{words!r} not heard in {what}"
    for words in step.not_hears:
        assert not re.search(_pattern(words), turn.text), f"{words!r} heard in {what}"
    for words in step.reprompt:
        assert re.search(_pattern(words), turn.reprompt or ""), f"{words!r} not in the reprompt of {what}"
    if step.seconds:
        assert step.seconds.min <= turn.seconds <= step.seconds.max, f"{turn.seconds:.1f} s: {what}"


def _pattern(words: str) -> str:
    """Return a pattern for words as written, or for a `/regular expression/`; case never matters."""
    is_expression = len(words) > 1 and words.startswith("/") and words.endswith("/")
    return f"(?i){words[1:-1] if is_expression else re.escape(words)}"
