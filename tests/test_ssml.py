"""Segments as SSML, within what Alexa takes."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.routine import Phase
from skill.ssml import render
from skill.timeline import Segment

SOUNDS = {"psoas": "soʊ.əs"}


def say(text: str) -> Segment:
    return Segment(1.0, Phase.HOLD, say=text)


def quiet(seconds: float) -> Segment:
    return Segment(seconds, Phase.HOLD)


def breaks(ssml: str) -> list[int]:
    """Return the milliseconds of each break."""
    return [int(found) for found in re.findall(r'<break time="(\d+)ms" />', ssml)]


def test_speech_and_silence_follow_one_another() -> None:
    assert render([say("Hold."), quiet(2.5), say("Halfway.")], {}) == (
        '<speak>Hold.<break time="2500ms" />Halfway.</speak>'
    )


def test_two_sentences_in_a_row_do_not_run_together() -> None:
    assert render([say("Keep holding."), say("Halfway.")], {}) == "<speak>Keep holding. Halfway.</speak>"


@given(st.floats(0, 240))
def test_a_long_silence_is_a_chain_of_breaks_of_ten_seconds_at_most(seconds: float) -> None:
    found = breaks(render([quiet(seconds)], {}))
    assert sum(found) == round(seconds * 1000)
    assert all(0 < part <= 10_000 for part in found)
    assert len(found) <= seconds // 10 + 1


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_whatever_is_said_arrives_as_it_was_written(text: str) -> None:
    root = ET.fromstring(render([say(text)], SOUNDS))  # noqa: S314 (our own)
    assert "".join(root.itertext()) == text


def test_signs_of_markup_are_spoken_not_obeyed() -> None:
    assert render([say("left & right <now>")], {}) == "<speak>left &amp; right &lt;now&gt;</speak>"


@pytest.mark.parametrize("word", ["psoas", "Psoas", "PSOAS"])
def test_a_rare_word_is_pronounced_and_written_as_it_stood(word: str) -> None:
    rendered = render([say(f"The {word} is deep.")], SOUNDS)
    assert rendered == (f'<speak>The <phoneme alphabet="ipa" ph="soʊ.əs">{word}</phoneme> is deep.</speak>')


def test_a_word_inside_another_is_left_alone() -> None:
    assert "<phoneme" not in render([say("iliopsoas")], SOUNDS)


def test_a_rare_word_after_a_silence_stays_after_it() -> None:
    rendered = render([quiet(1), say("psoas"), quiet(1)], SOUNDS)
    assert re.sub(r"<phoneme.*</phoneme>", "*", rendered) == (
        '<speak><break time="1000ms" />*<break time="1000ms" /></speak>'
    )
