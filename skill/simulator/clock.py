"""The clock a simulated Echo lives by: simulated seconds, or the wall's."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol

START = datetime(2026, 1, 1, 9, tzinfo=UTC)


def parse_start(text: str) -> datetime:
    """Return the moment that ISO 8601 `text` names, in UTC, which is also assumed where no zone is given.

    Raises ValueError where `text` is no such moment.
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Clock(Protocol):
    """Seconds since the start, and the date and time that they make."""

    def seconds(self) -> float:
        """Return the seconds since the start."""
        ...

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        ...

    def move_to(self, seconds: float) -> None:
        """Let time pass until `seconds` since the start; never back."""
        ...


class SimulatedClock:
    """Time that passes only when it is told to."""

    def __init__(self, start: datetime = START) -> None:
        self._start = start
        self._seconds = 0.0

    def seconds(self) -> float:
        """Return the simulated seconds since the start."""
        return self._seconds

    def now(self) -> datetime:
        """Return the simulated moment, in UTC."""
        return self._start + timedelta(seconds=self._seconds)

    def move_to(self, seconds: float) -> None:
        """Let time pass at once."""
        self._seconds = max(self._seconds, seconds)


class WallClock:
    """Time as it passes for the person at the keyboard; waiting is sleeping."""

    def __init__(self) -> None:
        self._start = datetime.now(UTC)
        self._origin = time.monotonic()

    def seconds(self) -> float:
        """Return the seconds since the clock was made."""
        return time.monotonic() - self._origin

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self._start + timedelta(seconds=self.seconds())

    def move_to(self, seconds: float) -> None:
        """Sleep until `seconds` since the start; not at all if they are over."""
        time.sleep(max(0.0, seconds - self.seconds()))
