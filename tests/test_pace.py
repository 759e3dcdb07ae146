"""How long the voice takes, without a synthesiser."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.pace_fit import least_squares
from skill.content import load_content
from skill.pace import Cost, Voice

VOICE = Voice(costs=load_content(Path(__file__).parent.parent / "content").costs)
words = st.text(st.characters(categories=["L"]), min_size=1, max_size=12)
sentences = st.lists(words, min_size=1, max_size=12).map(" ".join)


@pytest.mark.parametrize("text", ["", " ", "...", " — "])
def test_nothing_to_speak_takes_no_time(text: str) -> None:
    assert VOICE.seconds(text) == 0


@given(sentences)
def test_whatever_can_be_spoken_takes_time(text: str) -> None:
    assert VOICE.seconds(text) > 0


@given(sentences, words, st.sampled_from([" ", ", ", ". "]))
def test_a_word_more_takes_longer(text: str, word: str, joint: str) -> None:
    assert VOICE.seconds(f"{text}{joint}{word}") > VOICE.seconds(text)


@given(sentences)
def test_half_the_speed_takes_twice_as_long(text: str) -> None:
    assert replace(VOICE, words_per_minute=80).seconds(text) == pytest.approx(2 * VOICE.seconds(text))


@pytest.mark.parametrize(
    ("figures", "spoken"),
    [
        ("Hold for 45 seconds.", "Hold for forty-five seconds."),
        ("1.5 more", "one point five more"),
        ("10", "ten"),
    ],
)
def test_figures_last_as_long_as_the_words_they_are_spoken_as(figures: str, spoken: str) -> None:
    assert VOICE.seconds(figures) == VOICE.seconds(spoken)


def test_a_full_stop_between_words_pauses_longer_than_a_comma_and_a_comma_longer_than_none() -> None:
    plain, comma, stop = map(
        VOICE.seconds, ["Breathe in and out", "Breathe in, and out", "Breathe in. And out"]
    )

    assert plain < comma < stop


@pytest.mark.parametrize("end", ["", ".", "!", ",", " …"])
def test_what_follows_the_last_word_costs_nothing(end: str) -> None:
    assert VOICE.seconds(f"Halfway{end}") == VOICE.seconds("Halfway")


@pytest.mark.parametrize(
    ("shorter", "longer"),
    [("hip", "hips"), ("tuck", "tucked"), ("rest", "release"), ("gent", "gentle"), ("sh", "she")],
)
def test_more_sounds_take_longer(shorter: str, longer: str) -> None:
    assert VOICE.seconds(shorter) < VOICE.seconds(longer)


@pytest.mark.parametrize(("first", "second"), [("hop", "hope"), ("pas", "pass"), ("it's", "it\u2019s")])
def test_letters_without_a_sound_cost_nothing(first: str, second: str) -> None:
    assert VOICE.seconds(first) == VOICE.seconds(second)


def test_another_language_has_its_own_costs_and_numbers() -> None:
    german = Voice(language="de", costs=(Cost("letter", re.compile("[a-zäöüß]"), 0.1),))

    assert german.seconds("5 Atemzüge") == pytest.approx(0.1 * len("fünfAtemzüge"))


def test_fitting_finds_the_costs_that_made_the_durations() -> None:
    rows = [[1, 0, 2], [0, 1, 1], [1, 1, 0], [2, 0, 1]]
    durations = [0.5, 0.5, 0.4, 0.4]

    assert least_squares(rows, durations) == pytest.approx([0.1, 0.3, 0.2], abs=1e-6)


def test_fitting_charges_nothing_for_what_would_shorten_a_text() -> None:
    assert least_squares([[1, 0], [1, 1]], [1.0, 0.5]) == pytest.approx([0.75, 0])
