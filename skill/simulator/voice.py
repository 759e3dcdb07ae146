"""The simulated Echo's own voice: how long a reply really plays, whatever its planner thought."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from random import Random

from skill.pace import Voice
from skill.simulator.reply import pieces

MOST_FIGURES = 4  # of a voice in text form


@dataclass(frozen=True)
class Sound:
    """A stretch of a reply: `text` is empty in a silence; `seconds` is how long it plays."""

    text: str
    seconds: float


@dataclass(frozen=True)
class EchoVoice:
    """How one Echo speaks and hears."""

    rate: float = 1
    """Speed of speech: 1.1 speaks a tenth faster than the planner's default voice."""

    delay: float = 0
    """Seconds from the request's stamp to the first sound of the reply."""

    lag: float = 0
    """Seconds from the user's first word to the request's stamp."""

    jitter: float = 0
    """Seconds by which each delay and each lag varies either way."""

    pace: Callable[[str], float] = Voice().seconds
    """Seconds that a text takes in the language spoken, at a rate of 1."""

    def __post_init__(self) -> None:
        """Refuse what no voice can be; raises ValueError."""
        if not all(map(math.isfinite, self.figures)) or min(self.figures) < 0 or self.rate == 0:
            raise ValueError(
                f"a voice is RATE,DELAY,LAG,JITTER: a rate above 0, the rest 0 or more: {self.figures}"
            )

    @property
    def figures(self) -> tuple[float, float, float, float]:
        """Rate, delay, lag and jitter, as `parse` reads them."""
        return self.rate, self.delay, self.lag, self.jitter

    @classmethod
    def parse(cls, text: str) -> "EchoVoice":
        """Read `RATE,DELAY,LAG,JITTER`, of which the last may be left out; raises ValueError otherwise."""
        figures = [float(figure) for figure in text.split(",")]
        if len(figures) > MOST_FIGURES:
            raise ValueError(f"a voice is RATE,DELAY,LAG,JITTER: {text}")
        rate, delay, lag, jitter = *figures, *(0.0,) * (MOST_FIGURES - len(figures))
        return cls(rate, delay, lag, jitter)

    def sounds(self, ssml: str | None) -> tuple[Sound, ...]:
        """Return speech and silence in order; breaks in a row are one silence. Raises ReplyError."""
        return tuple(self._merged(ssml)) if ssml else ()

    def seconds(self, ssml: str | None) -> float:
        """Return how long `ssml` plays from its first sound to its end; raises ReplyError."""
        return sum(sound.seconds for sound in self.sounds(ssml))

    def delayed(self, random: Random) -> float:
        """Return the seconds before a reply's first sound, this time."""
        return self._vary(self.delay, random)

    def lagged(self, random: Random) -> float:
        """Return the seconds from a first word to its request's stamp, this time."""
        return self._vary(self.lag, random)

    def _merged(self, ssml: str) -> Iterator[Sound]:
        audible = (piece for piece in _joined(pieces(ssml)) if piece)
        for is_silence, run in groupby(audible, key=lambda piece: isinstance(piece, float)):
            if is_silence:
                yield Sound("", sum(piece for piece in run if isinstance(piece, float)))
            else:
                text = " ".join(str(piece) for piece in run)
                yield Sound(text, self.pace(text) / self.rate)

    def _vary(self, seconds: float, random: Random) -> float:
        return max(0.0, seconds + random.uniform(-self.jitter, self.jitter))


def plain_text(sounds: tuple[Sound, ...]) -> str:
    """Return the words of `sounds` alone."""
    return " ".join(sound.text for sound in sounds if sound.text)


def _joined(found: Iterator[str | float]) -> Iterator[str | float]:
    """Join the texts between two silences into one, with single spaces."""
    for is_silence, run in groupby(found, key=lambda piece: isinstance(piece, float)):
        if is_silence:
            yield from run
        else:
            yield " ".join("".join(map(str, run)).split())
