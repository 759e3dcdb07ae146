"""The skill on AWS Lambda: it answers as the webhook does, and nobody else's requests."""

import importlib
import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from ask_sdk_core.exceptions import AskSdkException

from app import create_app
from skill import lambda_function
from skill.config import DEVELOPMENT_SKILL_ID, Config
from skill.dispatch import Json
from skill.errors import ConfigError, VerificationError
from skill.lambda_function import Handler, build_handler
from skill.simulator.alexa_api import SimulatedAlexa
from skill.simulator.authority import Authority
from skill.simulator.chat import build_device
from skill.simulator.clock import START, SimulatedClock
from skill.simulator.device import Device
from skill.simulator.envelope import Identity, Session, envelope, launch_request, stamped
from skill.simulator.script import parse_line, perform
from skill.store import StoreSettings
from tests.fake_store import FakeStore
from tests.invariants import check_response, checked

MODEL = Path(__file__).parents[1] / "interaction_model" / "en-US.json"
SECRET = "a secret of thirty-two characters"  # noqa: S105 (of the tests)
CONFIG = Config(DEVELOPMENT_SKILL_ID)
CONVERSATION = (
    *("open", "yes", "[60] how long left", "[30] where should I feel it", "[12] pause", "[30] resume"),
    *("hold forty-five seconds", "[20] my foot is tingling", "resume", "[silence]", "open", "no"),
    *("remind me every day at eight", "yes", "how am I doing", "that's enough", "ask: forget me", "yes"),
    *("[disable]", "open", "stop"),
)


@pytest.fixture(scope="module")
def clock() -> SimulatedClock:
    return SimulatedClock()


@pytest.fixture(scope="module")
def handler(clock: SimulatedClock) -> Handler:
    return build_handler(CONFIG, now=clock.now, store=FakeStore(), services=SimulatedAlexa(clock.now))


@pytest.fixture
def echo_of_both(handler: Handler, clock: SimulatedClock, authority: Authority) -> Device:
    """Make an Echo that asks webhook and Lambda function, each with memory and services of its own."""
    webhook = create_app(
        CONFIG,
        roots=[authority.root],
        fetch=lambda _url: authority.chain_pem,
        now=clock.now,
        store=FakeStore(),
        services=SimulatedAlexa(clock.now),
    ).test_client()

    def post(headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        answer = webhook.post("/alexa", data=body, headers=dict(headers))
        assert json.loads(answer.data) == json.loads(json.dumps(handler(json.loads(body), None)))
        return answer.status_code, answer.data

    return build_device((checked(post), authority.sign), clock, MODEL)


def test_a_lambda_function_answers_as_the_webhook_does(echo_of_both: Device) -> None:
    turns = [perform(parse_line(line), echo_of_both) for line in CONVERSATION]
    assert [turn.request for turn in turns].count("IntentRequest") > 10


def test_a_request_of_a_kind_unknown_to_the_sdk_gets_an_empty_answer(handler: Handler) -> None:
    unknown = {**launch(), "request": {**launch()["request"], "type": "Alexa.Presentation.Future"}}
    assert handler(unknown, None) == {"version": "1.0", "response": {}}


def test_a_request_that_only_looks_like_one_is_refused_without_quoting_it(handler: Handler) -> None:
    misshapen = {**launch(), "context": {"System": "amzn1.ask.account.private"}}
    with pytest.raises(VerificationError) as caught:
        handler(misshapen, None)
    assert "private" not in str(caught.value)


def test_a_request_for_another_skill_is_refused(handler: Handler) -> None:
    with pytest.raises(AskSdkException):
        handler(launch(Identity(application_id="amzn1.ask.skill.another")), None)


def test_a_lambda_function_does_not_start_where_it_could_not_remember() -> None:
    in_a_file = Config("amzn1.ask.skill.own", store=StoreSettings("sqlite:///data/coach.db"))
    with pytest.raises(ConfigError, match="DYNAMODB_TABLE"):
        build_handler(in_a_file)


def test_importing_it_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ALEXA_SKILL_ID", raising=False)
    assert "handler" not in vars(importlib.reload(lambda_function))
    with pytest.raises(ConfigError, match="ALEXA_SKILL_ID"):
        _ = lambda_function.handler


def test_it_has_nothing_else_than_it_says() -> None:
    with pytest.raises(AttributeError, match="andler"):
        _ = lambda_function.Handlers


def test_lambda_takes_the_handler_that_the_environment_describes(
    monkeypatch: pytest.MonkeyPatch, dynamodb: StoreSettings
) -> None:
    """Whole: the settings from the environment, and a table as moto serves it."""
    monkeypatch.setattr("logging.config.dictConfig", lambda _settings: None)  # pytest has its own
    monkeypatch.setenv("ALEXA_SKILL_ID", "amzn1.ask.skill.own")
    monkeypatch.setenv("DYNAMODB_TABLE", dynamodb.dynamodb_table or "")
    monkeypatch.setenv("STORE_KEY", SECRET)
    answer = lambda_function.handler(launch(Identity(application_id="amzn1.ask.skill.own")), None)
    check_response(answer["response"])


def launch(identity: Identity | None = None) -> Json:
    identity = identity or Identity()
    request = stamped(launch_request(), "amzn1.echo-api.request.1", START, identity.locale)
    return envelope(identity, Session("amzn1.echo-api.session.1"), request)
