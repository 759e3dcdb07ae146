"""The chat at a terminal: one types, the coach answers and keeps its pauses."""

import sys
from dataclasses import dataclass, replace
from typing import TextIO

import click

from skill.simulator.device import MICROPHONE_SECONDS, Device
from skill.simulator.keyboard import Keyboard, TerminalKeyboard
from skill.simulator.loudspeaker import Espeak, Loudspeaker, Muted
from skill.simulator.reply import ReplyError
from skill.simulator.script import Line, LineError, parse_line, perform
from skill.simulator.turn import Turn
from skill.simulator.voice import Sound

_WELCOME = """\
A simulated Echo, and the hip coach on it: "Alexa, open hip coach" has just been said.
Type what you would say and press Enter: yes, next, how long left, it hurts, stop, …
{pace}
open starts again, [silence] says nothing, [wait 60] lets a minute pass; Ctrl-D leaves.
"""
_REAL_TIME = "A line typed while the coach speaks breaks in at that moment, as after the wake word."
_FAST = "Pauses are skipped; a line is said when the reply has ended, [12.5] next breaks in at 12.5 s."
_LEFT = "\nGoodbye."
_UNHEARD = "(Nobody listens: the session is closed. Type open.)"
_TIMED_OUT = "(Silence: the session is closed. Type open to start again.)"
_CLOSED = "(The session is closed. Type open to start again.)"
_PASSED = "(The time has passed; the session is closed.)"
_LISTENING = "(listening)"


@dataclass(frozen=True)
class Chat:
    """A conversation between the person at `keyboard` and the coach on `device`."""

    device: Device
    keyboard: Keyboard
    out: TextIO
    loudspeaker: Loudspeaker
    is_fast: bool = False

    def run(self) -> None:
        """Talk until the keyboard ends with EOFError; raises ReplyError like the device."""
        self._print(_WELCOME.format(pace=_FAST if self.is_fast else _REAL_TIME))
        turn = self.device.open()
        while True:
            line = self._read_through(turn) if self.is_fast else self._listen(turn)
            self.loudspeaker.hush()
            turn = perform(line, self.device)

    def _read_through(self, turn: Turn) -> Line:
        """Print the whole of `turn` at once and wait for the next line."""
        for sound in self.device.voice.sounds(turn.ssml):
            self._show(sound)
        self._print(_after(turn))
        return self._next_line()

    def _listen(self, turn: Turn) -> Line:
        """Play `turn` for as long as it lasts, then listen; the line that comes first breaks in."""
        return self._play(turn) or (self._wait_for_reply(turn) if turn.open else None) or self._closed(turn)

    def _play(self, turn: Turn) -> Line | None:
        moment = self.device.playback.began
        return self._sound(turn.ssml, moment) if turn.ssml else None

    def _wait_for_reply(self, turn: Turn) -> Line | None:
        playback = self.device.playback
        listened = playback.ended + MICROPHONE_SECONDS
        self._print(_LISTENING)
        line = self._line_before(listened) or self._sound(turn.reprompt, listened)
        return line or self._line_before(playback.closes)

    def _closed(self, turn: Turn) -> Line:
        timed_out = self.device.is_open
        if timed_out:
            self.device.silence()
        self._print(_TIMED_OUT if timed_out else _after(turn))
        return self._now(self._next_line())

    def _sound(self, ssml: str | None, moment: float) -> Line | None:
        """Play `ssml` from `moment` on, in seconds of the clock; returns the line that broke in."""
        for sound in self.device.voice.sounds(ssml):
            if line := self._line_before(moment):
                return line
            self._show(sound)
            moment += sound.seconds
        return self._line_before(moment)

    def _line_before(self, moment: float) -> Line | None:
        """Return a line typed before `moment`, in seconds of the clock, said as soon as it is typed."""
        while (left := moment - self.device.clock.seconds()) > 0:
            typed = self.keyboard.line(left)
            if typed and (line := self._parsed(typed)):
                return self._now(line)
        return None

    def _next_line(self) -> Line:
        while True:
            typed = self.keyboard.line(None)
            if typed and (line := self._parsed(typed)):
                return line

    def _now(self, line: Line) -> Line:
        since_began = self.device.clock.seconds() - self.device.playback.began
        return line if line.at is not None else replace(line, at=max(0.0, since_began))

    def _parsed(self, typed: str) -> Line | None:
        try:
            return parse_line(typed) if typed.strip() else None
        except LineError as problem:
            self._print(f"({problem})")
            return None

    def _show(self, sound: Sound) -> None:
        self._print(f"Coach: {sound.text}" if sound.text else f"       · {sound.seconds:.0f} s ·")
        self.loudspeaker.say(sound.text)

    def _print(self, text: str) -> None:
        print(text, file=self.out, flush=True)


def run_interactive(device: Device, *, fast: bool = False, speaks: str | None = None) -> int:
    """Talk at this terminal until Ctrl-D or Ctrl-C, aloud in the locale it `speaks`; returns the exit code.

    In real time `device` has to live by a WallClock; with `fast` by a SimulatedClock.
    """
    loudspeaker = Espeak.found(speaks) if speaks else Muted()
    try:
        Chat(device, TerminalKeyboard(), sys.stdout, loudspeaker, is_fast=fast).run()
    except (EOFError, KeyboardInterrupt):
        click.echo(_LEFT)
    except ReplyError as problem:
        click.echo(problem, err=True)
        return 1
    finally:
        loudspeaker.hush()
    return 0


def _after(turn: Turn) -> str:
    """Return what to tell the person once `turn` is over."""
    if turn.open:
        return _LISTENING
    if turn.said.startswith("["):
        return _TIMED_OUT if turn.request else _PASSED
    return _CLOSED if turn.request else _UNHEARD
