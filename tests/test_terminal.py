"""The chat for people, played by a keyboard that types at given moments."""

import io
import os
from collections.abc import Iterable, Iterator

import pytest

from skill.simulator.clock import Clock, SimulatedClock
from skill.simulator.keyboard import TerminalKeyboard
from skill.simulator.loudspeaker import Muted
from skill.simulator.terminal import Chat
from tests.fake_skill import FakeSkill, fake_device, reply

SPOKEN = '<speak>Hello.<break time="10s"/>Shall we begin?</speak>'


class TypedAt:
    """A keyboard whose lines come at given seconds of `clock`, which passes while one waits for them."""

    def __init__(self, clock: Clock, lines: Iterable[tuple[float, str]]) -> None:
        self._clock, self._lines = clock, list(lines)

    def line(self, seconds: float | None) -> str | None:
        if not self._lines and seconds is None:
            raise EOFError
        end = self._clock.seconds() + seconds if seconds is not None else float("inf")
        if not self._lines or self._lines[0][0] > end:
            self._clock.move_to(end)
            return None
        moment, typed = self._lines.pop(0)
        self._clock.move_to(moment)
        return typed


def talk(skill: FakeSkill, lines: Iterable[tuple[float, str]], *, fast: bool = False) -> str:
    clock, out = SimulatedClock(), io.StringIO()
    device = fake_device(skill, clock=clock)
    with pytest.raises(EOFError):
        Chat(device, TypedAt(clock, lines), out, Muted(), is_fast=fast).run()
    return out.getvalue()


def test_a_line_typed_while_the_coach_speaks_breaks_in_at_that_moment() -> None:
    skill = FakeSkill([reply(SPOKEN)])
    shown = talk(skill, [(4, "next")])
    assert skill.requests[1]["timestamp"] == "2026-01-01T09:00:04Z"
    assert shown.count("Shall we begin?") == 1, "the first reply was cut before its question"


def test_pauses_are_shown() -> None:
    assert "· 10 s ·" in talk(FakeSkill([reply(SPOKEN)]), [])


def test_when_nothing_is_typed_the_session_closes_by_itself() -> None:
    skill = FakeSkill([reply(SPOKEN)])
    shown = talk(skill, [])
    assert skill.types == ["LaunchRequest", "SessionEndedRequest"]
    assert "the session is closed" in shown


def test_a_line_during_the_reprompt_is_heard() -> None:
    skill = FakeSkill()
    talk(skill, [(22, "next")])
    assert skill.types[:2] == ["LaunchRequest", "IntentRequest"]


def test_blank_and_malformed_lines_do_not_break_in() -> None:
    skill = FakeSkill()
    shown = talk(skill, [(2, ""), (3, "[soon] next")])
    assert skill.types == ["LaunchRequest", "SessionEndedRequest"]
    assert "no such line: [soon] next" in shown


def test_fast_skips_the_pauses_and_says_lines_when_the_reply_ended() -> None:
    skill = FakeSkill()
    talk(skill, [(0, "next"), (0, "[2] next")], fast=True)
    stamps = [request["timestamp"] for request in skill.requests]
    assert stamps == ["2026-01-01T09:00:00Z", "2026-01-01T09:00:10Z", "2026-01-01T09:00:12Z"]


@pytest.fixture
def pipe() -> Iterator[tuple[TerminalKeyboard, int]]:
    readable, writable = os.pipe()
    yield TerminalKeyboard(readable), writable
    os.close(readable)


def test_lines_typed_at_once_come_one_by_one(pipe: tuple[TerminalKeyboard, int]) -> None:
    keyboard, writable = pipe
    os.write(writable, b"yes\nnext\n")
    assert (keyboard.line(None), keyboard.line(None), keyboard.line(0)) == ("yes", "next", None)
    os.close(writable)


def test_a_last_line_without_its_end_is_heard_before_the_end(pipe: tuple[TerminalKeyboard, int]) -> None:
    keyboard, writable = pipe
    os.write(writable, b"stop")
    os.close(writable)
    assert keyboard.line(None) == "stop"
    with pytest.raises(EOFError):
        keyboard.line(None)
