"""What the skill answered, read as strictly as an Echo would read it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from skill.errors import CoachError

_NAMESPACES = '<speak xmlns:amazon="urn:amazon" xmlns:alexa="urn:alexa"'


class ReplyError(CoachError):
    """The skill answered with something an Echo would not play."""


@dataclass(frozen=True)
class Reply:
    """One answer of the skill; `should_end` is None where the skill left it out."""

    attributes: Mapping[str, object]
    ssml: str | None
    reprompt: str | None
    should_end: bool | None

    @classmethod
    def from_http(cls, status: int, body: bytes) -> "Reply":
        """Read an HTTP answer; raises ReplyError where it is not 200 with a reply in JSON."""
        if status != 200:  # noqa: PLR2004 (the one status that Alexa takes)
            raise ReplyError(f"HTTP {status}: {body[:200]!r}")
        try:
            envelope = json.loads(body)
            response = envelope["response"]
            return cls(
                attributes=envelope.get("sessionAttributes") or {},
                ssml=_ssml(response.get("outputSpeech")),
                reprompt=_ssml((response.get("reprompt") or {}).get("outputSpeech")),
                should_end=response.get("shouldEndSession"),
            )
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise ReplyError(f"not a reply: {body[:200]!r}") from problem


def pieces(ssml: str) -> Iterator[str | float]:
    """Yield what `ssml` says, as plain text, and its silences, in seconds, in order.

    Raises ReplyError where it is no SSML, or plays audio, whose length is not known here.
    """
    try:
        root = ET.fromstring(ssml.replace("<speak", _NAMESPACES, 1))  # noqa: S314 (the skill's own reply)
    except ET.ParseError as problem:
        raise ReplyError(f"invalid SSML: {problem}: {ssml[:200]}") from problem
    if root.tag != "speak":
        raise ReplyError(f"SSML outside <speak>: {ssml[:200]}")
    yield from _walk(root)


def break_seconds(time: str) -> float:
    """Return the seconds of a break's `time`; raises ReplyError where it has no number or no unit."""
    number, factor = (time[:-2], 0.001) if time.endswith("ms") else (time[:-1], 1.0)
    if not time.endswith("s") or not number.replace(".", "", 1).isdecimal():
        raise ReplyError(f"a break needs its seconds and their unit: {time!r}")
    return float(number) * factor


def _ssml(speech: Mapping[str, str] | None) -> str | None:
    return speech["ssml"] if speech else None


def _walk(element: ET.Element) -> Iterator[str | float]:
    if element.tag == "audio":
        raise ReplyError("the length of <audio> is not known")
    if element.tag == "break":
        yield break_seconds(element.get("time", ""))
    yield element.get("alias") or element.text or ""
    for child in element:
        yield from _walk(child)
        yield (" " if child.tag in {"p", "s"} else "") + (child.tail or "")
