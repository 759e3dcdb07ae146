"""Hearing the coach at the terminal, through espeak-ng where it is installed."""

import shutil
import subprocess
from typing import Protocol

import click


class Loudspeaker(Protocol):
    """What lets the coach be heard."""

    def say(self, text: str) -> None:
        """Begin to say `text`, without waiting for its end."""
        ...

    def hush(self) -> None:
        """Fall silent at once."""
        ...


class Muted:
    """A loudspeaker that says nothing."""

    def say(self, text: str) -> None:
        """Say nothing of `text`."""

    def hush(self) -> None:
        """Stay silent."""


class Espeak:
    """A loudspeaker that speaks through the program espeak-ng."""

    def __init__(self, program: str, locale: str) -> None:
        self._program, self._locale = program, locale
        self._speaking: subprocess.Popen[bytes] | None = None

    @classmethod
    def found(cls, locale: str) -> Loudspeaker:
        """Return a locale's loudspeaker; without espeak-ng a muted one, with a word on standard error."""
        program = shutil.which("espeak-ng")
        if program is None:
            click.echo("espeak-ng is not installed: the coach is only printed.", err=True)
            return Muted()
        return cls(program, locale)

    def say(self, text: str) -> None:
        """Begin to say `text` in place of what is being said; silence cuts nothing off."""
        if not text:
            return
        self.hush()
        command = [self._program, "-v", self._locale.lower(), "-s", "160", "--", text]
        self._speaking = subprocess.Popen(  # noqa: S603 (a fixed program; the text is one argument, no shell)
            command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def hush(self) -> None:
        """Cut off what is being said."""
        if self._speaking:
            self._speaking.terminate()
            self._speaking.wait()
            self._speaking = None
