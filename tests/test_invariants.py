"""The invariants themselves: each of them catches the answer that breaks it."""

import json
from typing import Any

import pytest

from tests.invariants import check_answer

QUESTION = "<speak>Welcome. Shall we begin?</speak>"


def answer(
    speech: str = QUESTION, reprompt: str | None = QUESTION, *, end: bool | None = False, **more: object
) -> bytes:
    response: dict[str, Any] = {"outputSpeech": {"type": "SSML", "ssml": speech}}
    if reprompt is not None:
        response["reprompt"] = {"outputSpeech": {"type": "SSML", "ssml": reprompt}}
    if end is not None:
        response["shouldEndSession"] = end
    return json.dumps({"version": "1.0", "response": response, **more}).encode()


def quiet(seconds: int) -> str:
    breaks = '<break time="10s"/>' * (seconds // 10)
    return f"<speak>Rest.{breaks}Shall we go on?</speak>"


@pytest.mark.parametrize(
    "body",
    [
        answer(),
        answer("<speak>Goodbye.</speak>", None, end=True),
        answer("<speak>Take your time. Say ready when you are there.</speak>"),
        answer('<speak>So<break time="250ms"/> <amazon:effect name="whispered">now?</amazon:effect></speak>'),
        answer(quiet(230), quiet(80)),
    ],
)
def test_a_proper_answer_passes(body: bytes) -> None:
    check_answer("IntentRequest", 200, body)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(answer(end=None), id="shouldEndSession is absent"),
        pytest.param(answer("<speak>Welcome.</speak>"), id="open without a prompt"),
        pytest.param(answer(reprompt=None), id="open without a reprompt"),
        pytest.param(answer(reprompt=None, end=True), id="closed with a question"),
        pytest.param(answer("<speak>Goodbye.</speak>", end=True), id="closed with a reprompt"),
        pytest.param(answer('<speak>So<break time="11s"/>?</speak>'), id="too long a break"),
        pytest.param(answer('<speak>So <mark name="x"/> now?</speak>'), id="a tag of Polly's"),
        pytest.param(answer(f"<speak>{'so ' * 2700}now?</speak>"), id="too many characters"),
        pytest.param(answer(quiet(250)), id="too long a reply"),
        pytest.param(answer(reprompt=quiet(100)), id="too long a reprompt"),
        pytest.param(answer("<speak> </speak>"), id="nothing said"),
        pytest.param(answer(sessionAttributes={"v": "x" * 1100}), id="too large a session"),
        pytest.param(answer(padding="x" * 25_000), id="too large a reply"),
    ],
)
def test_an_answer_that_breaks_a_rule_is_caught(body: bytes) -> None:
    with pytest.raises(AssertionError):
        check_answer("IntentRequest", 200, body)


def test_any_status_but_200_is_caught() -> None:
    with pytest.raises(AssertionError):
        check_answer("LaunchRequest", 500, answer())


def test_a_closed_session_is_answered_with_nothing() -> None:
    check_answer("SessionEndedRequest", 200, b'{"version":"1.0","response":{}}')
    with pytest.raises(AssertionError):
        check_answer("SessionEndedRequest", 200, answer())
