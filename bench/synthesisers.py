"""Real synthesisers, to measure how long a spoken text truly is."""

import io
import subprocess
import wave
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from importlib.util import find_spec

from skill.content import DEFAULT_LOCALE

SILENCE = 150 / 32768
"""Samples below this share of full scale count as silence."""


NEIGHBOURS = {"en-CA": "en-US"}
"""Locales that sound like another; espeak-ng would give them the British voice."""


@dataclass(frozen=True)
class Duration:
    """How long a spoken text is: the whole sound, and without the silence around it, in seconds."""

    raw: float
    trimmed: float

    @property
    def middle(self) -> float:
        """Half of the silence: what the pace is fitted to."""
        return (self.raw + self.trimmed) / 2

    def scaled(self, factor: float) -> "Duration":
        """Return the duration at another speed."""
        return Duration(self.raw * factor, self.trimmed * factor)


Synthesiser = Callable[[str], Duration]


def measure(samples: Sequence[float], rate: int, full_scale: float) -> Duration:
    """Return the duration of `samples`, `rate` of them a second."""
    loud = SILENCE * full_scale
    first = next((index for index, sample in enumerate(samples) if abs(sample) > loud), len(samples))
    quiet = next((count for count, sample in enumerate(reversed(samples)) if abs(sample) > loud), 0)
    return Duration(len(samples) / rate, max(0, len(samples) - first - quiet) / rate)


def measure_wave(sound: bytes) -> Duration:
    """Return the duration of a 16-bit mono WAV file."""
    with wave.open(io.BytesIO(sound)) as recording:
        rate = recording.getframerate()
        frames = recording.readframes(len(sound))  # a streamed header does not know the length
    return measure(array("h", frames), rate, full_scale=32768)


def espeak(words_per_minute: int, locale: str = DEFAULT_LOCALE) -> Synthesiser:
    """Return espeak-ng's voice for a locale at a speed."""
    return partial(_espeak, words_per_minute, NEIGHBOURS.get(locale, locale).lower())


@cache
def _espeak(words_per_minute: int, voice: str, text: str) -> Duration:
    command = ["espeak-ng", "-v", voice, "-s", str(words_per_minute), "--stdin", "--stdout"]
    spoken = subprocess.run(command, input=text.encode(), capture_output=True, check=True)  # noqa: S603 (fixed)
    return measure_wave(spoken.stdout)


def neural_voice(calibration: Iterable[str], pace: Callable[[str], float]) -> Synthesiser | None:
    """Return hibari's voice where `hibari-tts` is installed, else None.

    It has a speed of its own, so one factor is chosen: the `calibration` texts take as long as `pace` says.
    """
    if find_spec("hibari") is None:
        return None
    native = _hibari()
    texts = tuple(calibration)
    factor = sum(map(pace, texts)) / sum(native(text).middle for text in texts)
    return lambda text: native(text).scaled(factor)


def _hibari() -> Synthesiser:
    voice = import_module("hibari").Hibari()

    @cache
    def spoken(text: str) -> Duration:
        return measure(voice(text, seed=0).tolist(), rate=24_000, full_scale=1)

    return spoken
