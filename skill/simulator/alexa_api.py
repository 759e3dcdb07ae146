"""Alexa's services as they are documented, in memory: the settings of a device, and reminders."""

import json
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from ask_sdk_model.services import ApiClient, ApiClientRequest, ApiClientResponse

HOME = "America/New_York"
"""The time zone that simulated Echos are set to."""

_REMINDERS = "/v1/alerts/reminders"
_TIME_ZONE = "/settings/System.timeZone"
_MOST_REMINDERS = 50


Json = dict[str, Any]
Kept = dict[str, dict[str, Json]]
"""The bodies of reminders, by access token and alert token."""


class Trouble(StrEnum):
    """What is the matter with the services."""

    NO_PERMISSION = "no_permission"
    TOO_MANY = "too_many"
    UNSUPPORTED = "unsupported"
    BUSY = "busy"
    DOWN = "down"
    SLOW = "slow"
    GARBAGE = "garbage"


_ANSWERS = {
    Trouble.NO_PERMISSION: (HTTPStatus.UNAUTHORIZED, "UNAUTHORIZED"),
    Trouble.UNSUPPORTED: (HTTPStatus.FORBIDDEN, "DEVICE_NOT_SUPPORTED"),
    Trouble.BUSY: (HTTPStatus.TOO_MANY_REQUESTS, "RATE_EXCEEDED"),
    Trouble.DOWN: (HTTPStatus.SERVICE_UNAVAILABLE, "SERVICE_UNAVAILABLE"),
}
# Troubles that a device's settings do not share.
_REMINDERS_ONLY = frozenset({Trouble.NO_PERMISSION, Trouble.UNSUPPORTED})
_TOO_MANY = (HTTPStatus.FORBIDDEN, "MAX_REMINDERS_EXCEEDED")


class SimulatedAlexa(ApiClient):
    """Keeps the reminders of each access token, in `file` where several servers share them.

    `now` gives aware UTC.
    """

    def __init__(
        self, now: Callable[[], datetime], trouble: Trouble | None = None, file: Path | None = None
    ) -> None:
        self._now, self._trouble, self._file = now, trouble, file
        self._kept: Kept = {}

    @property
    def kept(self) -> Kept:
        """The reminders that are set."""
        if self._file and self._file.exists():
            return dict(json.loads(self._file.read_text(encoding="utf-8")))
        return self._kept

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        """Answer as the services would; raises TimeoutError where they are slow."""
        if self._trouble is Trouble.SLOW:
            raise TimeoutError("no answer")
        if self._trouble is Trouble.GARBAGE:
            return _answer(HTTPStatus.OK, "<html>")
        return self._answer_soundly(request, dict(request.headers or []).get("Authorization", ""))

    def _answer_soundly(self, request: ApiClientRequest, authorization: str) -> ApiClientResponse:
        path = "/" + (request.url or "").split("/", 3)[-1]
        if not authorization.removeprefix("Bearer "):
            return _refusal(HTTPStatus.UNAUTHORIZED, "INVALID_BEARER_TOKEN")
        is_setting = path.endswith(_TIME_ZONE)
        if self._trouble in _ANSWERS and not (is_setting and self._trouble in _REMINDERS_ONLY):
            return _refusal(*_ANSWERS[self._trouble])
        if is_setting:
            return _answer(HTTPStatus.OK, json.dumps(HOME))
        if not path.startswith(_REMINDERS):
            return _refusal(HTTPStatus.NOT_FOUND, "NOT_FOUND")
        kept = self.kept
        token = path.removeprefix(_REMINDERS).strip("/")
        answer = self._answer_reminders(request, token, kept.setdefault(authorization, {}))
        self._keep(kept)
        return answer

    def _keep(self, kept: Kept) -> None:
        self._kept = kept
        if self._file:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps(kept), encoding="utf-8")

    def _answer_reminders(
        self, request: ApiClientRequest, token: str, kept: dict[str, Json]
    ) -> ApiClientResponse:
        if request.method == "POST":
            return self._create(request.body, kept)
        if request.method == "DELETE":
            found = kept.pop(token, None)
            return _answer(HTTPStatus.OK, "") if found else _refusal(HTTPStatus.NOT_FOUND, "ALERT_NOT_FOUND")
        alerts = [
            {"alertToken": name, "status": self._status(body["trigger"]), **body}
            for name, body in kept.items()
        ]
        return _answer(HTTPStatus.OK, json.dumps({"totalCount": str(len(alerts)), "alerts": alerts}))

    def _status(self, trigger: Json) -> str:
        return "ON" if "recurrence" in trigger or _moment(trigger) > self._now() else "COMPLETED"

    def _create(self, body: Any, kept: dict[str, Json]) -> ApiClientResponse:  # noqa: ANN401 (JSON)
        if self._trouble is Trouble.TOO_MANY or len(kept) >= _MOST_REMINDERS:
            return _refusal(*_TOO_MANY)
        if problem := _problem(body["trigger"], self._now()):
            return _refusal(HTTPStatus.BAD_REQUEST, problem)
        token = str(uuid4())
        kept[token] = {key: body[key] for key in ("trigger", "alertInfo", "pushNotification")}
        return _answer(HTTPStatus.OK, json.dumps({"alertToken": token, "status": "ON", "version": "1"}))


def _problem(trigger: Json, now: datetime) -> str | None:
    """Return the code for what is wrong with a trigger, as the services check it."""
    if datetime.fromisoformat(trigger["scheduledTime"]).tzinfo is not None:
        return "INVALID_TRIGGER_SCHEDULED_TIME_FORMAT"
    return "TRIGGER_SCHEDULED_TIME_IN_PAST" if _moment(trigger) <= now else None


def _moment(trigger: Json) -> datetime:
    zone = ZoneInfo(trigger["timeZoneId"])
    return datetime.fromisoformat(trigger["scheduledTime"]).replace(tzinfo=zone)


def _refusal(status: HTTPStatus, code: str) -> ApiClientResponse:
    return _answer(status, json.dumps({"code": code, "message": status.phrase}))


def _answer(status: HTTPStatus, body: str) -> ApiClientResponse:
    return ApiClientResponse(headers=[], status_code=int(status), body=body)
