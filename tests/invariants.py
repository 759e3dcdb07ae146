"""What has to be true of every answer, whatever was said: Alexa's limits (ALEXA.md) and good manners."""

import json
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

from skill.simulator.connection import Post
from skill.simulator.reply import break_seconds
from skill.simulator.voice import EchoVoice, plain_text

PLAIN_TAGS = {
    *("speak", "audio", "break", "emphasis", "lang", "p", "phoneme", "prosody", "s", "say-as", "sub", "w"),
    "voice",
}
AMAZON_TAGS = {"amazon:effect", "amazon:emotion", "amazon:domain", "alexa:name"}
LONGEST_BREAK_SECONDS = 10
LONGEST_SSML = 8000
LONGEST_REPLY_SECONDS = 240
LONGEST_REPROMPT_SECONDS = 90
LARGEST_REPLY_BYTES = 24 * 1024
LARGEST_ATTRIBUTES_BYTES = 1024

SAY = "say|tell|di|decir|pregúntame|sag|sagen|frag"
ASKS = re.compile(rf"\?$|\b(?:{SAY})\b[^.?!]*[.!]?$", re.IGNORECASE)
"""A question, or a last sentence that names what one can say."""

_NAMESPACES = {"urn:amazon": "amazon:", "urn:alexa": "alexa:"}


def checked(post: Post) -> Post:
    """Return `post` with every answer that comes through it checked."""

    def post_and_check(headers: Any, body: bytes) -> tuple[int, bytes]:  # noqa: ANN401 (passed on as it is)
        status, answer = post(headers, body)
        check_answer(json.loads(body)["request"]["type"], status, answer)
        return status, answer

    return post_and_check


def check_answer(request_type: str, status: int, body: bytes) -> None:
    assert status == 200, body
    assert len(body) < LARGEST_REPLY_BYTES
    answer = json.loads(body)
    attributes = json.dumps(answer.get("sessionAttributes") or {})
    assert len(attributes.encode()) < LARGEST_ATTRIBUTES_BYTES, attributes
    if request_type == "SessionEndedRequest" or request_type.startswith("AlexaSkillEvent."):
        assert answer["response"] == {}
    else:
        check_response(answer["response"])


def check_response(response: dict[str, Any]) -> None:
    is_closed = response.get("shouldEndSession")
    assert isinstance(is_closed, bool), "shouldEndSession is always set"
    ssml = response["outputSpeech"]["ssml"]
    check_ssml(ssml, LONGEST_REPLY_SECONDS)
    asks = bool(ASKS.search(_words(ssml)))
    assert asks is not is_closed, f"open if and only if it asks: {_words(ssml)[-200:]}"
    assert ("reprompt" in response) is not is_closed, "open if and only if there is a reprompt"
    if not is_closed:
        check_ssml(response["reprompt"]["outputSpeech"]["ssml"], LONGEST_REPROMPT_SECONDS)


def check_ssml(ssml: str, longest_seconds: float) -> None:
    assert len(ssml) <= LONGEST_SSML
    assert _words(ssml), "something is said"
    assert EchoVoice().seconds(ssml) <= longest_seconds
    for element in _elements(ssml):
        assert _tag(element) in PLAIN_TAGS | AMAZON_TAGS
        if element.tag == "break":
            assert break_seconds(element.attrib["time"]) <= LONGEST_BREAK_SECONDS


def _words(ssml: str) -> str:
    return plain_text(EchoVoice().sounds(ssml))


def _elements(ssml: str) -> Iterator[ET.Element]:
    named = ssml.replace("<speak", '<speak xmlns:amazon="urn:amazon" xmlns:alexa="urn:alexa"', 1)
    return ET.fromstring(named).iter()  # noqa: S314 (the skill's own reply)


def _tag(element: ET.Element) -> str:
    namespace, _, name = element.tag.rpartition("}")
    return _NAMESPACES.get(namespace.lstrip("{"), "") + name
