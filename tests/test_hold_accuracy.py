"""Do the holds, spoken by a real synthesiser, last what was promised?"""

import io
import re
import shutil
import wave
from array import array
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

import pytest
import yaml

from bench.holds import Hold, all_holds, holds
from bench.pace_fit import fitted_sentences
from bench.synthesisers import Duration, espeak, measure_wave
from skill.content import DEFAULT_LOCALE

CONTENT = Path(__file__).parent.parent / "content"
LOCALES = sorted(path.stem for path in (CONTENT / "locales").glob("*.yaml"))
LANGUAGES = sorted({locale.partition("-")[0] for locale in LOCALES})
RAW, TRIMMED = 0, 1

needs_espeak = pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")


def segment(phase: str, *, say: str | None = None, pause: float | None = None) -> dict[str, Any]:
    return {"exercise": "kneeling", "side": "left", "set": 1, "phase": phase, "say": say, "pause": pause}


def one_second_a_word(text: str) -> Duration:
    words = len(text.split())
    return Duration(raw=words + 0.5, trimmed=words)


@pytest.fixture
def hold() -> Hold:
    rows = [
        segment("ready", say="Begin."),
        segment("hold", pause=15),
        segment("hold", say="Halfway."),
        segment("hold", pause=12),
        segment("hold", say="Breathe out."),
        segment("release", say="And release."),
    ]
    (found,) = holds("short", rows, {"kneeling": 30})
    return found


def test_a_hold_is_what_lies_between_the_starting_word_and_the_release(hold: Hold) -> None:
    assert (hold.said, hold.silence) == (("Halfway.", "Breathe out."), 27)


def test_a_hold_that_lasts_its_promise_has_no_error_and_silence_around_the_speech_makes_it_longer(
    hold: Hold,
) -> None:
    assert hold.errors(one_second_a_word) == pytest.approx((100 / 30, 0))


def test_the_naive_rule_lets_all_speech_come_on_top(hold: Hold) -> None:
    assert hold.naive_error(one_second_a_word) == pytest.approx(10)


def test_silence_before_and_after_a_sound_is_trimmed() -> None:
    sound = io.BytesIO()
    with wave.open(sound, "wb") as recording:
        recording.setparams((1, 2, 1000, 0, "NONE", ""))
        recording.writeframes(array("h", [0] * 200 + [9000, 0, -9000] * 100 + [1] * 500).tobytes())

    assert measure_wave(sound.getvalue()) == Duration(raw=1.0, trimmed=0.3)


@pytest.fixture(scope="module", params=LOCALES)
def locale(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def every_hold(locale: str) -> list[Hold]:
    return all_holds(locale)


@pytest.fixture(scope="module")
def measured(every_hold: list[Hold], locale: str) -> list[tuple[Hold, tuple[float, float]]]:
    voice = espeak(160, locale)
    return [(hold, hold.errors(voice)) for hold in every_hold]


def test_no_hold_of_any_routine_goes_unmeasured(every_hold: list[Hold]) -> None:
    promised = Counter[tuple[str, str]]()
    for routine in (CONTENT / "en" / "routines").glob("*.yaml"):
        for dose in yaml.safe_load(routine.read_text(encoding="utf-8"))["doses"]:
            if "seconds" in dose:
                promised[routine.stem, dose["exercise"]] = 2 * dose["sets"]  # right and left

    assert Counter((hold.routine, hold.exercise) for hold in every_hold) == promised


@needs_espeak
@pytest.mark.parametrize("way", [RAW, TRIMMED], ids=["raw", "trimmed"])
def test_every_hold_lasts_what_was_promised(
    measured: list[tuple[Hold, tuple[float, float]]], locale: str, way: int
) -> None:
    errors = {f"{hold.routine} {hold.name}": abs(error[way]) for hold, error in measured}

    assert median(errors.values()) <= (3 if locale == DEFAULT_LOCALE else 3.5)
    assert {name: error for name, error in errors.items() if error > 6} == {}


@needs_espeak
def test_the_readme_states_how_accurate_the_holds_of_the_locale_are(
    measured: list[tuple[Hold, tuple[float, float]]], locale: str
) -> None:
    readme = (CONTENT.parent / "README.md").read_text(encoding="utf-8")
    (row,) = [line for line in readme.splitlines() if line.startswith(f"| {locale} |")]
    stated = [float(figure) for figure in re.findall(r"([\d.]+) %", row)]
    raw, trimmed = ([abs(error[way]) for _, error in measured] for way in (RAW, TRIMMED))
    assert [median(raw), median(trimmed), max(raw), max(trimmed)] == pytest.approx(stated, abs=0.1)


def spoken_sentences(entry: object) -> Iterator[str]:
    """Every sentence in a piece of content, as its words alone."""
    match entry:
        case str():
            yield from filter(None, map(words_of, re.split(r"[.?!]", entry)))
        case dict() | list():
            for value in entry.values() if isinstance(entry, dict) else entry:
                yield from spoken_sentences(value)


def words_of(sentence: str) -> str:
    return " ".join(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", sentence.lower()))


def spoken_content(language: str) -> set[str]:
    return {
        sentence
        for file in (CONTENT / language).rglob("*.yaml")
        for sentence in spoken_sentences(yaml.safe_load(file.read_text(encoding="utf-8")))
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pace_is_fitted_to_nothing_that_the_coach_says(language: str) -> None:
    assert (content := spoken_content(language))
    fitted = fitted_sentences(language)
    assert len(fitted) == len(set(fitted)) >= 100
    assert {sentence for sentence in fitted if words_of(sentence) in content} == set()


def test_the_pace_is_fitted_to_nothing_that_is_measured(every_hold: list[Hold], locale: str) -> None:
    assert (measured := {words_of(text) for hold in every_hold for text in hold.said})
    fitted = fitted_sentences(locale.partition("-")[0])
    assert {sentence for sentence in fitted if words_of(sentence) in measured} == set()
