"""Lines, numbers and sides as they are said."""

from dataclasses import replace

import pytest

from skill.phrases import Line, Noun, Phrases
from skill.routine import Side
from tests.practice import PHRASES

NOUNS = {
    "second": Noun({"one": "{count} second", "other": "{count} seconds"}),
    "minute": Noun(
        {"one": "{count} minute", "other": "{count} minutes"},
        {"other": "{count} and a half minutes"},
        "half a minute",
    ),
}


def saying(line: Line, *variants: str) -> Phrases:
    return replace(PHRASES, nouns=NOUNS, lines={line: variants})


def test_the_wordings_of_a_line_take_turns() -> None:
    phrases = saying(Line.HALFWAY, "Halfway.", "Half done.")
    assert [phrases.line(Line.HALFWAY, turn) for turn in range(3)] == ["Halfway.", "Half done.", "Halfway."]


def test_a_value_at_the_start_gets_a_capital_and_the_rest_stays_as_it_is() -> None:
    phrases = saying(Line.READY, "{seconds:second} to go, Anna.")
    assert phrases.line(Line.READY, seconds=7) == "Seven seconds to go, Anna."


def test_a_plain_number_is_said_in_words_and_a_word_as_it_is() -> None:
    phrases = saying(Line.STATUS, "{exercise}, set {set:ordinal} of {sets}, {side}")
    said = phrases.line(Line.STATUS, exercise="bow", set=2, sets=3, side="left")
    assert said == "Bow, set second of three, left"


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "second", "one second"),
        (0, "second", "zero seconds"),
        (21, "second", "twenty-one seconds"),
        (1.0, "minute", "one minute"),
        (0.5, "minute", "half a minute"),
        (2.5, "minute", "two and a half minutes"),
        (12.9, "second", "twelve seconds"),
    ],
)
def test_a_number_is_said_with_its_noun(number: float, noun: str, said: str) -> None:
    assert saying(Line.READY).counted(number, noun) == said


@pytest.mark.parametrize(
    ("seconds", "minutes"), [(0, 0.5), (14, 0.5), (46, 1), (60, 1), (74, 1), (76, 1.5), (861, 14.5)]
)
def test_minutes_are_told_to_the_half(seconds: float, minutes: float) -> None:
    assert Phrases.minutes(seconds) == minutes


@pytest.mark.parametrize(
    ("side", "said"), [(Side.RIGHT, "Right knee, left foot"), (Side.LEFT, "Left knee, right foot")]
)
def test_a_text_is_said_for_its_side(side: Side, said: str) -> None:
    assert PHRASES.sided("{side} knee, {other} foot", side) == said


def test_a_counted_repetition_is_a_sentence_of_its_own() -> None:
    assert [PHRASES.number(number) for number in (1, 12)] == ["One.", "Twelve."]


def test_things_are_joined_as_a_list_is_spoken() -> None:
    assert PHRASES.listed(["a bed", "a mat"]) == "a bed and a mat"
    assert PHRASES.listed(["one", "two", "three"], style="or") == "one, two, or three"
