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


SPANISH = replace(
    PHRASES,
    language="es",
    nouns={
        "second": Noun(
            {"one": "un segundo", "other": "{count} segundos"}, numbers={"uno": "un", "veintiuno": "veintiún"}
        ),
        "minute": Noun(
            {"one": "un minuto", "other": "{count} minutos"},
            {"one": "un minuto y medio", "other": "{count} minutos y medio"},
            "medio minuto",
        ),
    },
    sides={
        Side.RIGHT: {"plain": "derecho", "feminine": "derecha"},
        Side.LEFT: {"plain": "izquierdo", "feminine": "izquierda"},
        Side.BOTH: {"plain": "ambos lados"},
    },
)


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [
        (1, "second", "un segundo"),
        (21, "second", "veintiún segundos"),
        (31, "second", "treinta y un segundos"),
        (0.5, "minute", "medio minuto"),
        (1.5, "minute", "un minuto y medio"),
        (14.5, "minute", "catorce minutos y medio"),
    ],
)
def test_a_number_is_said_as_its_noun_asks_for(number: float, noun: str, said: str) -> None:
    assert SPANISH.counted(number, noun) == said


@pytest.mark.parametrize(("side", "said"), [(Side.RIGHT, "derecho"), (Side.LEFT, "izquierdo")])
def test_a_side_is_said_in_its_usual_form_unless_another_is_named(side: Side, said: str) -> None:
    feminine = SPANISH.side(side, "feminine")
    text = "la rodilla {side:feminine}, el pie {other}. ¿ahora el {side}?"
    other = SPANISH.side(side.other)
    assert SPANISH.sided(text, side) == f"La rodilla {feminine}, el pie {other}. ¿Ahora el {said}?"
    phrases = replace(SPANISH, lines={Line.STATUS: ("{exercise}, pierna {side:feminine}.",)})
    assert phrases.line(Line.STATUS, exercise="arco", side=side) == f"Arco, pierna {feminine}."


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
