"""Lines from the keyboard, without stopping the clock while one waits for them."""

import os
import select
from typing import Protocol

_CHUNK_BYTES = 4096


class Keyboard(Protocol):
    """Where typed lines come from."""

    def line(self, seconds: float | None) -> str | None:
        """Return the next line, or None when `seconds` passed first (never, where None).

        Raises EOFError when there will be no more.
        """
        ...


class TerminalKeyboard:
    """Lines typed on a file descriptor, standard input by default; several may come at once."""

    def __init__(self, descriptor: int = 0) -> None:
        self._descriptor = descriptor
        self._typed = b""

    def line(self, seconds: float | None) -> str | None:
        """Return the next line, or None when `seconds` passed first; raises EOFError at the end."""
        while b"\n" not in self._typed:
            ready, _, _ = select.select([self._descriptor], [], [], seconds)
            if not ready:
                return None
            self._read()
        line, _, self._typed = self._typed.partition(b"\n")
        return line.decode(errors="replace")

    def _read(self) -> None:
        chunk = os.read(self._descriptor, _CHUNK_BYTES)
        if not chunk and not self._typed:
            raise EOFError
        self._typed += chunk or b"\n"
