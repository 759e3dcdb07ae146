"""Alexa's services: what is sent, what comes back, and what goes wrong."""

import json
import logging
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ask_sdk_core.exceptions import ApiClientException
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model.services import (
    ApiClient,
    ApiClientRequest,
    ApiClientResponse,
    ApiConfiguration,
    ServiceClientFactory,
)

from skill.alexa import Alert, Alexa, AlexaClient
from skill.errors import AlexaError, Refusal
from skill.reminders import Every, Reminder
from skill.simulator.alexa_api import HOME, SimulatedAlexa, Trouble
from skill.transfer import Bounds

NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
DAILY = Reminder(NEW_YORK, date(2026, 1, 1), time(8), Every.DAY)
TOMORROW = Reminder(NEW_YORK, date(2026, 1, 2), time(19))
TOKEN = "a-secret-token"  # noqa: S105 (of nobody)


class Canned(ApiClient):
    """Answers every request alike."""

    def __init__(self, status: int, body: str) -> None:
        self._answer = ApiClientResponse(headers=[], status_code=status, body=body)

    def invoke(self, _request: ApiClientRequest) -> ApiClientResponse:
        return self._answer


def alexa(client: ApiClient, token: str | None = TOKEN) -> Alexa:
    configuration = ApiConfiguration(
        serializer=DefaultSerializer(),
        api_client=client,
        authorization_value=token,  # type: ignore[arg-type]  # None where a request has none
        api_endpoint="https://api.amazonalexa.invalid",
    )
    return Alexa(ServiceClientFactory(configuration), "a-secret-device", "en-US")


def simulated(trouble: Trouble | None = None) -> SimulatedAlexa:
    return SimulatedAlexa(lambda: NOW, trouble)


def test_the_time_zone_is_the_devices() -> None:
    assert alexa(simulated()).time_zone() == HOME


@pytest.mark.parametrize("trouble", [Trouble.BUSY, Trouble.DOWN, Trouble.SLOW, Trouble.GARBAGE])
def test_a_time_zone_that_cannot_be_found_out_is_none(trouble: Trouble) -> None:
    assert alexa(simulated(trouble)).time_zone() is None


@pytest.mark.parametrize("name", ['"Mars/Olympus"', '"../../etc/passwd"', '"America"', '""', "7", "null", ""])
def test_a_time_zone_that_does_not_exist_is_none(name: str) -> None:
    assert alexa(Canned(200, name)).time_zone() is None


@pytest.mark.parametrize(
    "reminder", [DAILY, TOMORROW, Reminder(NEW_YORK, date(2026, 1, 5), time(9), Every.WEEK)]
)
def test_a_reminder_that_was_set_is_listed_until_it_is_cancelled(reminder: Reminder) -> None:
    services = alexa(simulated())
    services.remind(reminder, "Time to stretch.", NOW)
    (alert,) = services.alerts()
    assert alert.reminder == reminder
    services.cancel(alert)
    assert services.alerts() == ()


def test_a_reminder_is_sent_as_the_api_documents_it() -> None:
    simulation = simulated()
    alexa(simulation).remind(DAILY, "Time to stretch.", NOW)
    ((sent,),) = (kept.values() for kept in simulation.kept.values())
    assert sent == {
        "trigger": {
            "type": "SCHEDULED_ABSOLUTE",
            "scheduledTime": "2026-01-01T08:00:00",
            "timeZoneId": "America/New_York",
            "recurrence": {
                "startDateTime": "2026-01-01T08:00:00",
                "recurrenceRules": ["FREQ=DAILY;BYHOUR=8;BYMINUTE=0;BYSECOND=0;INTERVAL=1;"],
            },
        },
        "alertInfo": {"spokenInfo": {"content": [{"locale": "en-US", "text": "Time to stretch."}]}},
        "pushNotification": {"status": "ENABLED"},
    }


def test_a_reminder_is_seen_by_its_user_alone() -> None:
    simulation = simulated()
    alexa(simulation).remind(DAILY, "Time to stretch.", NOW)
    assert alexa(simulation, "another").alerts() == ()


def test_a_reminder_that_is_over_or_not_the_coachs_own_kind_is_told_apart() -> None:
    trigger = {"type": "SCHEDULED_ABSOLUTE", "scheduledTime": "2026-01-02T19:00:00", "timeZoneId": HOME}
    monthly = {
        **trigger,
        "recurrence": {"recurrenceRules": ["FREQ=MONTHLY;BYMONTHDAY=5;BYHOUR=8;BYMINUTE=0"]},
    }
    alerts = [
        {"alertToken": "over", "status": "COMPLETED", "trigger": trigger},
        {"alertToken": "once", "status": "ON", "trigger": trigger},
        {"alertToken": "monthly", "status": "ON", "trigger": monthly},
        {"alertToken": "bare", "status": "ON"},
    ]
    listed = alexa(Canned(200, json.dumps({"alerts": alerts}))).alerts()
    assert listed == (Alert("once", TOMORROW), Alert("monthly", None), Alert("bare", None))


@pytest.mark.parametrize(
    ("trouble", "refusal"),
    [
        (Trouble.NO_PERMISSION, Refusal.NO_PERMISSION),
        (Trouble.TOO_MANY, Refusal.TOO_MANY),
        (Trouble.UNSUPPORTED, Refusal.UNSUPPORTED),
        (Trouble.BUSY, Refusal.BUSY),
        (Trouble.DOWN, Refusal.UNREACHABLE),
        (Trouble.SLOW, Refusal.UNREACHABLE),
        (Trouble.GARBAGE, Refusal.UNREACHABLE),
    ],
)
def test_a_refusal_is_told_by_its_kind(trouble: Trouble, refusal: Refusal) -> None:
    with pytest.raises(AlexaError) as caught:
        alexa(simulated(trouble)).remind(DAILY, "Time to stretch.", NOW)
    assert caught.value.refusal is refusal


@pytest.mark.parametrize("token", [None, ""])
def test_without_a_token_nothing_is_set(token: str | None) -> None:
    with pytest.raises(AlexaError):
        alexa(simulated(), token).remind(DAILY, "Time to stretch.", NOW)


def test_without_a_way_to_them_the_services_cannot_be_reached() -> None:
    assert Alexa().time_zone() is None
    with pytest.raises(AlexaError) as caught:
        Alexa().alerts()
    assert caught.value.refusal is Refusal.UNREACHABLE


@pytest.mark.parametrize("body", ["", '"x"', '{"alerts": 5}', '{"alerts": [7]}'])
def test_an_answer_that_is_none_counts_as_unreachable(body: str) -> None:
    with pytest.raises(AlexaError):
        alexa(Canned(200, body)).alerts()


def test_a_reminder_that_is_gone_already_is_cancelled() -> None:
    alexa(simulated()).cancel(Alert("gone", DAILY))


def test_neither_token_nor_device_is_logged_or_raised(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "skill"):
        for trouble in Trouble:
            with pytest.raises(AlexaError) as caught:
                alexa(simulated(trouble)).remind(DAILY, "Time to stretch.", NOW)
            assert "secret" not in repr(caught.value)
            assert caught.value.__suppress_context__
        assert alexa(simulated(Trouble.SLOW)).time_zone() is None
    assert len(caplog.records) == len(Trouble) + 1
    assert not any("secret" in repr(vars(record)) for record in caplog.records)


class Wire:
    """Remembers what would have been sent."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, Mapping[str, str], str | None]] = []

    def __call__(
        self, method: str, url: str, _bounds: Bounds, headers: Mapping[str, str], body: str | None
    ) -> tuple[int, bytes]:
        self.sent.append((method, url, headers, body))
        return 200, b"{}"


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://api.amazonalexa.invalid",
        "http://api.amazonalexa.com",
        "https://api.amazonalexa.com.example.org",
        "https://api.amazonalexa.com@example.org",
        "https://user@api.amazonalexa.com",
        "https://api.amazonalexa.com:8443",
        "https://127.0.0.1",
        "",
    ],
)
def test_nothing_is_sent_to_anybody_but_alexa(endpoint: str) -> None:
    wire = Wire()
    request = ApiClientRequest(method="GET", url=f"{endpoint}/v1/alerts/reminders", headers=[])
    with pytest.raises(ApiClientException):
        AlexaClient(wire).invoke(request)
    assert wire.sent == []


@pytest.mark.parametrize("region", ["", "eu.", "fe."])
def test_alexa_is_reached_in_every_region(region: str) -> None:
    wire = Wire()
    url = f"https://api.{region}amazonalexa.com/v1/alerts/reminders"
    body: Any = {"a": 1}  # the SDK hands on objects, whatever it says
    request = ApiClientRequest(method="POST", url=url, headers=[("Authorization", "Bearer x")], body=body)
    answer = AlexaClient(wire).invoke(request)
    assert (answer.status_code, answer.body) == (200, "{}")
    assert wire.sent == [("POST", url, {"Authorization": "Bearer x"}, '{"a": 1}')]


def test_servers_that_share_a_file_share_the_reminders(tmp_path: Path) -> None:
    one, other = (alexa(SimulatedAlexa(lambda: NOW, file=tmp_path / "dev" / "kept.json")) for _ in range(2))
    one.remind(DAILY, "Time to stretch.", NOW)
    assert [alert.reminder for alert in other.alerts()] == [DAILY]
    other.cancel(other.alerts()[0])
    assert one.alerts() == ()


def test_a_simulated_reminder_is_over_when_its_time_has_come() -> None:
    now = NOW
    services = alexa(SimulatedAlexa(lambda: now))
    services.remind(TOMORROW, "Time to stretch.", NOW)
    services.remind(DAILY, "Time to stretch.", NOW)
    now = datetime(2026, 1, 3, tzinfo=UTC)
    assert [alert.reminder for alert in services.alerts()] == [DAILY]


def test_the_simulated_service_refuses_a_time_gone_by() -> None:
    with pytest.raises(AlexaError):
        alexa(simulated()).remind(Reminder(NEW_YORK, date(2025, 12, 31), time(8)), "Time to stretch.", NOW)
