"""What a signed body has to say: that it is fresh, and meant for this skill."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from skill.errors import VerificationError

# https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-a-web-service.html#timestamp
TOLERANCE = timedelta(seconds=150)
EVENT_TOLERANCE = timedelta(hours=1)  # skill events may be late, never early by more than the above
EVENT_PREFIX = "AlexaSkillEvent."

Json = Mapping[str, Any]


def parse(body: bytes) -> Json:
    """Read a request envelope; raises VerificationError unless it is one, with a typed request."""
    try:
        envelope = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise VerificationError("body", "not JSON") from error
    if not isinstance(envelope, dict) or not isinstance(envelope.get("request"), dict):
        raise VerificationError("body", "no request")
    if not isinstance(envelope["request"].get("type"), str):
        raise VerificationError("body", "a request without a type")
    return envelope


def require_fresh(request: Json, now: datetime) -> None:
    """Raise VerificationError unless Alexa made the request about now."""
    age = now - _timestamp(request)
    oldest = EVENT_TOLERANCE if request["type"].startswith(EVENT_PREFIX) else TOLERANCE
    if not -TOLERANCE <= age <= oldest:
        raise VerificationError("timestamp", "too old, or from the future")


def _timestamp(request: Json) -> datetime:
    try:
        stamp = datetime.fromisoformat(request["timestamp"])
    except (KeyError, TypeError, ValueError) as error:
        raise VerificationError("timestamp", "missing or unreadable") from error
    if stamp.tzinfo is None:
        raise VerificationError("timestamp", "without a time zone")
    return stamp


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
