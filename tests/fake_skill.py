"""A skill that gives canned replies and remembers what it was sent, and an ear that knows three phrases."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from skill.simulator.clock import Clock, SimulatedClock
from skill.simulator.connection import Connection
from skill.simulator.device import Device
from skill.simulator.ear import UNFILLED
from skill.simulator.understanding import Heard, SlotValue
from skill.simulator.voice import EchoVoice

TEN_SECONDS = '<speak><break time="10s"/></speak>'


def reply(
    ssml: str = TEN_SECONDS,
    *,
    reprompt: str | None = TEN_SECONDS,
    end: bool | None = False,
    attributes: Mapping[str, object] | None = None,
) -> bytes:
    response: dict[str, Any] = {"outputSpeech": {"type": "SSML", "ssml": ssml}}
    if reprompt:
        response["reprompt"] = {"outputSpeech": {"type": "SSML", "ssml": reprompt}}
    if end is not None:
        response["shouldEndSession"] = end
    return json.dumps(
        {"version": "1.0", "sessionAttributes": attributes or {}, "response": response}
    ).encode()


class FakeSkill:
    """Answers with `replies` in turn, then with the last of them; a closed session with nothing."""

    def __init__(self, replies: Iterable[bytes] = ()) -> None:
        self._replies = list(replies) or [reply()]
        self.sent: list[dict[str, Any]] = []
        self.headers: list[Mapping[str, str]] = []

    def post(self, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        self.headers.append(headers)
        self.sent.append(json.loads(body))
        if self.requests[-1]["type"] == "SessionEndedRequest":
            return 200, b'{"version":"1.0","response":{}}'
        return 200, self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]

    @property
    def requests(self) -> list[dict[str, Any]]:
        return [envelope["request"] for envelope in self.sent]

    @property
    def types(self) -> list[str]:
        return [request["type"] for request in self.requests]


class FakeEar:
    """Understands `next`, `about` and `about …`, and nothing else."""

    def interpret(self, text: str) -> Heard:
        if text == "about":
            return Heard("FaqIntent", {"topic": UNFILLED})
        if text == "next":
            return Heard("AMAZON.NextIntent", {})
        if text.startswith("about "):
            return Heard("FaqIntent", {"topic": _topic(text.removeprefix("about "))})
        return Heard("AMAZON.FallbackIntent", {})


def _topic(words: str) -> SlotValue:
    known = words == "the psoas"
    return SlotValue(words, "what", "psoas") if known else SlotValue(words, None, None)


def fake_sign(body: bytes) -> dict[str, str]:
    return {"Signature-256": f"signed {len(body)}"}


def fake_device(skill: FakeSkill, voice: EchoVoice | None = None, clock: Clock | None = None) -> Device:
    return Device(Connection(skill.post, fake_sign), FakeEar(), clock or SimulatedClock(), voice)
