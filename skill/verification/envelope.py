"""What a signed body has to say: that it is fresh, and meant for this skill."""

import json
import math
import re
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NoReturn

from skill.errors import VerificationError

# https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-a-web-service.html#timestamp
TOLERANCE = timedelta(seconds=150)
EVENT_TOLERANCE = timedelta(hours=1)  # skill events may be late, never early by more than the above
EVENT_PREFIX = "AlexaSkillEvent."

_TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)

MOST_LEVELS = 64  # Alexa nests about ten; what parses may still be too deep for those who walk it

Json = Mapping[str, Any]


def parse(body: bytes) -> Json:
    """Read a request envelope; raises VerificationError unless it is one, with a typed request.

    Stricter than `json`: a key may stand once in its object, numbers are finite, nesting is bounded.
    """
    try:
        envelope = json.loads(
            body.decode("utf-8"),
            object_pairs_hook=_without_duplicates,
            parse_float=_finite,
            parse_constant=_no_constant,
        )
        _require_shallow(envelope)
    except (ValueError, RecursionError) as error:
        raise VerificationError("body", "not JSON") from error
    if not isinstance(envelope, dict) or not isinstance(envelope.get("request"), dict):
        raise VerificationError("body", "no request")
    if not isinstance(envelope["request"].get("type"), str):
        raise VerificationError("body", "a request without a type")
    return envelope


def _without_duplicates(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("a number out of range")
    return number


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


def _require_shallow(document: object) -> None:
    level = [document]
    for _ in range(MOST_LEVELS):
        level = [child for node in level for child in _children(node)]
        if not level:
            return
    raise ValueError("nested too deeply")


def _children(node: object) -> Iterable[object]:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list) else ()


def require_fresh(request: Json, now: datetime) -> None:
    """Raise VerificationError unless Alexa made the request about now."""
    age = now - _timestamp(request)
    oldest = EVENT_TOLERANCE if request["type"].startswith(EVENT_PREFIX) else TOLERANCE
    if not -TOLERANCE <= age <= oldest:
        raise VerificationError("timestamp", "too old, or from the future")


def _timestamp(request: Json) -> datetime:
    stamp = request.get("timestamp")
    if not isinstance(stamp, str) or not _TIMESTAMP.fullmatch(stamp):
        raise VerificationError("timestamp", "missing, unreadable or without a time zone")
    try:
        return datetime.fromisoformat(stamp)
    except ValueError as error:
        raise VerificationError("timestamp", "no such moment") from error


def require_application(envelope: Json, skill_id: str) -> None:
    """Raise VerificationError unless the request, and its session if it has one, is for this skill."""
    named = [_application_id(envelope, "context", "System")]
    if envelope.get("session") is not None:
        named.append(_application_id(envelope, "session"))
    if any(found != skill_id for found in named):
        raise VerificationError("application", "it is for another skill")


def _application_id(envelope: Json, *path: str) -> object:
    node: object = envelope
    for key in (*path, "application", "applicationId"):
        node = node.get(key) if isinstance(node, dict) else None
    return node
