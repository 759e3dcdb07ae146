"""Counts every request, and logs it in one line without a word of what was said or by whom."""

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars

from skill.telemetry.logs import evidence
from skill.telemetry.metrics import Metrics

OTHER = "other"
TYPES = frozenset(
    {
        "LaunchRequest",
        "IntentRequest",
        "SessionEndedRequest",
        "CanFulfillIntentRequest",
        "System.ExceptionEncountered",
    }
)
FAMILIES = ("AlexaSkillEvent", "Alexa.Presentation")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kind:
    """A request's type and intent as a label: one of a few, whatever was sent."""

    type: str
    intent: str

    @classmethod
    def of(cls, request: Mapping[str, Any], intents: frozenset[str]) -> Self:
        """Return the kind of a request; an intent that is not among `intents` is `other`, none is empty."""
        intent = request.get("intent")
        name = intent.get("name") if isinstance(intent, dict) else None
        known = name if isinstance(name, str) and name in intents else OTHER
        return cls(_type_label(request["type"]), known if intent is not None else "")


class Monitor:
    """Hears of every request, in the thread that answers it."""

    def __init__(self, metrics: Metrics, intents: frozenset[str]) -> None:
        self._metrics = metrics
        self._intents = intents

    def begin(self) -> None:
        """Forget the request that this thread answered before."""
        clear_contextvars()

    def recognised(self, request: Mapping[str, Any]) -> None:
        """Put the hash of a verified request's id on every line logged from here on."""
        bind_contextvars(request=_hashed(request.get("requestId")))

    def answered(self, request: Mapping[str, Any], *, has_words: bool, seconds: float) -> None:
        """Note an answer; `failed` where an exception was owned up to, `silent` without words."""
        kind = Kind.of(request, self._intents)
        outcome = get_contextvars().get("outcome") or ("answered" if has_words else "silent")
        if outcome == "failed":
            self._metrics.errors.inc()
        self._metrics.requests.labels(kind.type, kind.intent, outcome).inc()
        self._metrics.seconds.labels(kind.type).observe(seconds)
        fields = {"type": kind.type, "intent": kind.intent, "outcome": outcome}
        log.info("request", extra={**fields, "milliseconds": _milliseconds(seconds)})

    def refused(self, reason: str, seconds: float) -> None:
        """Note a refusal; of the request only the reason is told."""
        self._metrics.refusals.labels(reason).inc()
        fields = {"outcome": "refused", "reason": reason}
        log.warning("request", extra={**fields, "milliseconds": _milliseconds(seconds)})

    def broke(self, error: Exception, seconds: float) -> None:
        """Note an exception that nothing else has caught."""
        self._metrics.errors.inc()
        fields = {"outcome": "broken", "milliseconds": _milliseconds(seconds)}
        log.error("request", extra={**fields, **evidence(error)})


def _type_label(name: str) -> str:
    families = (family for family in FAMILIES if name.startswith(f"{family}."))
    return name if name in TYPES else next(families, OTHER)


def _hashed(request_id: object) -> str:
    return hashlib.sha256(repr(request_id).encode("ascii", "backslashreplace")).hexdigest()[:12]


def _milliseconds(seconds: float) -> float:
    return round(1000 * seconds, 1)
