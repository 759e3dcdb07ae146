"""The webhook as its callers see it."""

import io
import json
import logging
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import MOST_BYTES, create_app
from skill.config import Config
from skill.simulator.authority import Authority
from tests.amazon import SKILL_ID, URL, Amazon, encoded, signed
from tests.authority_chains import NOW, root

EMPTY = {"version": "1.0", "response": {}}


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    config = Config(skill_id=SKILL_ID)
    return create_app(config, roots=[root()], fetch=Amazon().fetch, now=lambda: NOW).test_client()


def post(client: FlaskClient, body: bytes) -> TestResponse:
    return client.post("/alexa", data=body, headers=signed(body))


def request(kind: str, **more: Any) -> bytes:  # noqa: ANN401 (whatever Alexa may send)
    user = {"user": {"userId": "amzn1.ask.account.person"}}
    application = {"application": {"applicationId": SKILL_ID}}
    return encoded(
        session={"new": True, "sessionId": "s", "attributes": {}} | application | user,
        context={"System": application | user},
        request={"type": kind, "requestId": "r", "locale": "en-US", "timestamp": NOW.isoformat()} | more,
    )


def test_a_signed_launch_is_answered_and_the_session_stays_open(client: FlaskClient) -> None:
    response = post(client, request("LaunchRequest"))
    answer = response.json
    assert response.status_code == 200
    assert answer
    assert answer["response"]["outputSpeech"]["ssml"].startswith("<speak>")
    assert answer["response"]["shouldEndSession"] is False


def test_unknown_properties_are_tolerated(client: FlaskClient) -> None:
    body = request("LaunchRequest", somethingNew={"from": "Alexa"})
    assert "outputSpeech" in json.loads(post(client, body).data)["response"]


@pytest.mark.parametrize("kind", ["Something.New", "", "Alexa.Presentation.APL.SomethingNew"])
def test_an_unknown_kind_of_request_gets_an_empty_answer(client: FlaskClient, kind: str) -> None:
    response = post(client, request(kind))
    assert (response.status_code, response.json) == (200, EMPTY)


def test_a_refusal_is_a_400_with_one_word(client: FlaskClient) -> None:
    response = client.post("/alexa", data=request("LaunchRequest"))
    assert (response.status_code, response.json) == (400, {"error": "header"})


@pytest.mark.parametrize("body", [b"[]", b"{}", b"", b"\xff"])
def test_a_signed_body_that_is_no_envelope_is_a_400(client: FlaskClient, body: bytes) -> None:
    response = post(client, body)
    assert (response.status_code, response.json) == (400, {"error": "body"})


def test_the_log_has_the_reason_and_nothing_else(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="app"):
        client.post("/alexa", data=request("LaunchRequest"))
    assert caplog.messages == ["request refused: header"]


def test_a_body_over_the_limit_is_a_413(client: FlaskClient) -> None:
    assert post(client, b" " * (MOST_BYTES - 1)).status_code == 400
    assert post(client, b" " * MOST_BYTES).status_code == 413


def test_a_chunked_body_over_the_limit_is_a_413_as_well(client: FlaskClient) -> None:
    stream = io.BytesIO(b" " * (MOST_BYTES + 1))
    chunked = {"wsgi.input_terminated": True}
    response = client.post("/alexa", input_stream=stream, environ_overrides=chunked)
    assert response.status_code == 413


def test_other_methods_and_paths_are_refused_plainly(client: FlaskClient) -> None:
    assert client.get("/alexa").status_code == 405
    assert client.post("/").status_code == 404


def test_the_server_says_that_it_is_well(client: FlaskClient) -> None:
    response = client.get("/healthz")
    assert (response.status_code, response.json) == (200, {"status": "ok"})


@pytest.fixture(scope="module")
def development(tmp_path_factory: pytest.TempPathFactory) -> Config:
    directory = tmp_path_factory.mktemp("dev")
    return Config.from_env({"COACH_ENV": "development", "COACH_DEV_DIR": str(directory)})


def test_in_development_anyone_on_the_machine_can_sign(development: Config) -> None:
    client = create_app(development, fetch=Amazon().fetch, now=lambda: NOW).test_client()
    authority = Authority.load(development.dev_directory)
    body = request("LaunchRequest").replace(SKILL_ID.encode(), development.skill_id.encode())
    assert client.post("/alexa", data=body, headers=authority.sign(body)).status_code == 200


def test_in_development_other_urls_are_fetched_as_ever(development: Config) -> None:
    amazon = Amazon()
    client = create_app(development, fetch=amazon.fetch, now=lambda: NOW).test_client()
    response = post(client, request("LaunchRequest"))
    assert (response.json, amazon.fetched) == ({"error": "chain"}, [URL])


def test_production_does_not_know_the_development_authority(development: Config) -> None:
    authority = Authority.load_or_create(development.dev_directory, NOW)
    config = Config(skill_id=SKILL_ID, dev_directory=development.dev_directory)
    client = create_app(config, fetch=lambda _: authority.chain_pem, now=lambda: NOW).test_client()
    body = request("LaunchRequest")
    response = client.post("/alexa", data=body, headers=authority.sign(body))
    assert response.json == {"error": "chain"}
