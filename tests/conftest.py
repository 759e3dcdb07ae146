"""The skill in-process, behind signed requests, and simulated Echos that talk to it."""

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import pytest
from ask_sdk_model.services import ApiClient, ApiClientRequest, ApiClientResponse
from hypothesis import HealthCheck, settings

from skill.config import DEVELOPMENT_SKILL_ID, Config
from skill.content import DEFAULT_LOCALE, load_contents
from skill.simulator.alexa_api import SimulatedAlexa, Trouble
from skill.simulator.authority import Authority
from skill.simulator.chat import build_device
from skill.simulator.clock import START, Clock, SimulatedClock
from skill.simulator.device import Device
from skill.simulator.envelope import Identity
from skill.simulator.voice import EchoVoice
from skill.store import StoreSettings
from tests import databases
from tests.fake_store import FakeStore
from tests.invariants import checked

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

ROOT = Path(__file__).parent.parent
MODEL = ROOT / "interaction_model" / "en-US.json"

# The same examples on every machine, however slow it is.
settings.register_profile(
    "steady", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

DeviceFactory = Callable[..., Device]
Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@dataclass
class ServerTime:
    """The time that the server believes: the clock of whoever speaks to it."""

    clock: Clock = field(default_factory=SimulatedClock)

    def now(self) -> datetime:
        return self.clock.now()


class SpeakersAlexa(ApiClient):
    """Alexa's services as they are for whoever speaks to the server."""

    def __init__(self) -> None:
        self.current: ApiClient = SimulatedAlexa(SimulatedClock().now)

    def invoke(self, request: ApiClientRequest) -> ApiClientResponse:
        return self.current.invoke(request)


@pytest.fixture(scope="session")
def services() -> SpeakersAlexa:
    return SpeakersAlexa()


@pytest.fixture(scope="session")
def authority() -> Authority:
    return Authority.create(START)


@pytest.fixture(scope="session")
def server_time() -> ServerTime:
    return ServerTime()


@pytest.fixture(scope="session")
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture(scope="session")
def app(authority: Authority, server_time: ServerTime, store: FakeStore, services: SpeakersAlexa) -> "Flask":
    from app import create_app  # noqa: PLC0415 (tests of one part do not load the whole)

    return create_app(
        Config(DEVELOPMENT_SKILL_ID),
        roots=[authority.root],
        fetch=lambda _url: authority.chain_pem,
        now=server_time.now,
        store=store,
        services=services,
    )


@pytest.fixture(scope="session")
def client(app: "Flask") -> "FlaskClient":
    return app.test_client()


@pytest.fixture(scope="session")
def echo(
    client: "FlaskClient",
    authority: Authority,
    server_time: ServerTime,
    store: FakeStore,
    services: SpeakersAlexa,
) -> DeviceFactory:
    """Make the Echo of a user who was never here; its every exchange is checked against the invariants."""

    paces = {name: content.narrator().pace for name, content in load_contents(ROOT / "content").items()}

    def make(
        user: str = "first",
        voice: EchoVoice | None = None,
        start: datetime = START,
        trouble: Trouble | None = None,
        locale: str = DEFAULT_LOCALE,
    ) -> Device:
        clock = SimulatedClock(start)
        alexa = SimulatedAlexa(clock.now, trouble)

        def post(headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
            server_time.clock, services.current = clock, alexa
            answer = client.post("/alexa", data=body, headers=dict(headers))
            return answer.status_code, answer.data

        store.records.pop(f"amzn1.ask.account.{user}", None)
        spoken = replace(voice or EchoVoice(), pace=paces[locale])
        identity = Identity(
            user_id=f"amzn1.ask.account.{user}", device_id=f"amzn1.ask.device.{user}", locale=locale
        )
        model = MODEL.with_name(f"{locale}.json")
        return build_device((checked(post), authority.sign), clock, model, spoken, identity)

    return make


@pytest.fixture(scope="session")
def postgresql() -> Iterator[databases.PostgresqlServer]:
    """Serve PostgreSQL, where it is installed."""
    programs = databases.postgresql_programs()
    if programs is None:
        pytest.skip("PostgreSQL's server is not installed")
    with databases.postgresql(programs) as server:
        yield server


@pytest.fixture(scope="session")
def dynamodb() -> Iterator[StoreSettings]:
    """Serve DynamoDB, with one empty table."""
    with databases.dynamodb() as environment, pytest.MonkeyPatch.context() as patch:
        for name, value in environment.items():
            patch.setenv(name, value)
        databases.create_table()
        yield StoreSettings(dynamodb_table=databases.TABLE, secret=databases.SECRET)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what tests have recorded under `printed`, whichever process they ran in."""
    for report in terminalreporter.getreports("passed"):
        for name, text in report.user_properties:
            if name == "printed":
                terminalreporter.write_line(str(text))


def _failed_if_skipped_in_ci(report: Report) -> Report:
    """Fail a test that CI skips: it would prove nothing."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _failed_if_skipped_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _failed_if_skipped_in_ci((yield))
