"""The webhook as its callers see it."""

import io
import json
import logging
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app import MOST_BYTES, create_app
from skill.config import Config
from skill.errors import ConfigError, StoreError
from skill.simulator.authority import Authority
from skill.store import InMemoryStore
from tests.amazon import SKILL_ID, URL, Amazon, encoded, signed
from tests.authority_chains import NOW, pem, root

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


@pytest.mark.parametrize(
    "kind",
    [
        "Something.New",
        "",
        "\ud800",
        "Alexa.Presentation.APL.SomethingNew",
        "Alexa.Presentation.APL.UserEvent",
        "AlexaSkillEvent.SkillDisabled",
        "CanFulfillIntentRequest",
        "SessionEndedRequest",
        "System.ExceptionEncountered",
    ],
    ids=ascii,
)
def test_a_request_that_nobody_waits_for_gets_an_empty_answer(client: FlaskClient, kind: str) -> None:
    response = post(client, request(kind))
    assert (response.status_code, response.json) == (200, EMPTY)


@pytest.mark.parametrize(
    "changes",
    [
        {"intent": 5},
        {"intent": "FaqIntent"},
        {"intent": {"name": "FaqIntent", "slots": "x"}},
        {"intent": {"name": "FaqIntent", "slots": {"topic": 5}}},
        {"intent": {"name": "FaqIntent", "slots": {"topic": {"name": "topic", "resolutions": 5}}}},
        {"dialogState": {}},
    ],
    ids=str,
)
def test_a_signed_request_of_wrong_types_is_a_400(client: FlaskClient, changes: dict[str, object]) -> None:
    response = post(client, request("IntentRequest", **changes))
    assert (response.status_code, response.json) == (400, {"error": "body"})


@pytest.mark.parametrize("attributes", [5, "x", [], [1], True])
def test_session_attributes_that_are_no_object_are_a_400(client: FlaskClient, attributes: object) -> None:
    body = json.loads(request("LaunchRequest"))
    body["session"]["attributes"] = attributes
    response = post(client, json.dumps(body).encode())
    assert (response.status_code, response.json) == (400, {"error": "body"})


@pytest.mark.parametrize(
    "attributes",
    [
        {"version": 10**400},
        {"version": 1, "plan": 5},
        {
            "version": 1,
            "plan": {"routine": "daily", "first": 10**400, "held": -1.5e300},
            "began": "9999-12-31",
        },
        {"version": 1, "plan": {"routine": "daily", "first": -1}, "began": "2026-01-01T09:00:00"},
        {"plan": {"routine": "\ud800\0"}, "asked": {}},
    ],
    ids=range(5),
)
def test_odd_session_attributes_are_answered_all_the_same(
    client: FlaskClient, attributes: dict[str, object]
) -> None:
    body = json.loads(request("IntentRequest", intent={"name": "StatusIntent"}))
    body["session"]["attributes"] = attributes
    response = post(client, json.dumps(body).encode())
    assert response.status_code == 200
    assert "outputSpeech" in json.loads(response.data)["response"]


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
    with caplog.at_level(logging.INFO):
        client.post("/alexa", data=request("LaunchRequest"))
    (record,) = caplog.records
    assert (record.getMessage(), vars(record)["reason"]) == ("request", "header")


def test_a_body_over_the_limit_is_a_413(client: FlaskClient) -> None:
    assert post(client, b" " * (MOST_BYTES - 1)).status_code == 400
    assert post(client, b" " * MOST_BYTES).status_code == 413


def test_a_chunked_body_over_the_limit_is_a_413_as_well(client: FlaskClient) -> None:
    stream = io.BytesIO(b" " * (MOST_BYTES + 1))
    chunked = {"wsgi.input_terminated": True}
    response = client.post("/alexa", input_stream=stream, environ_overrides=chunked)
    assert response.status_code == 413


def test_other_methods_and_paths_are_refused_plainly(client: FlaskClient) -> None:
    for method in ("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE"):
        response = client.open("/alexa", method=method)
        assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert client.get("/alexa").json == {"error": "method"}
    for path in ("/", "/alexa/", "/alexa//", "/metrics"):
        response = client.get(path)
        assert (response.status_code, response.json) == (404, {"error": "path"})


def test_an_exception_that_nothing_else_catches_is_told_by_its_frames_alone(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def broken_clock() -> datetime:
        raise RuntimeError("secret")

    broken = create_app(Config(skill_id=SKILL_ID), roots=[root()], fetch=Amazon().fetch, now=broken_clock)
    response = post(broken.test_client(), request("LaunchRequest"))
    assert (response.status_code, response.json) == (500, {"error": "internal"})
    (record,) = caplog.records
    assert vars(record)["error"] == "RuntimeError"
    assert "broken_clock" in "".join(vars(record)["frames"])
    assert "secret" not in caplog.text


def test_the_server_says_that_it_is_well(client: FlaskClient) -> None:
    response = client.get("/healthz")
    parts = {"content": "ok", "model": "ok", "store": "ok"}
    assert (response.status_code, response.json) == (200, {"status": "ok", "parts": parts})


def test_an_exception_in_a_handler_is_owned_up_to_and_counted_and_its_words_stay_secret(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_attributes: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("skill.dispatch.Session.from_attributes", broken)
    config = Config(skill_id=SKILL_ID, metrics_port=9100)
    client = create_app(config, roots=[root()], fetch=Amazon().fetch, now=lambda: NOW).test_client()
    answer = json.loads(post(client, request("LaunchRequest")).data)["response"]
    assert answer["shouldEndSession"] is False
    assert "outputSpeech" in answer
    page = client.get("/metrics", base_url="http://127.0.0.1:9100").text
    assert 'requests_total{intent="",outcome="failed",type="LaunchRequest"} 1.0' in page
    assert "errors_total 1.0" in page
    (record,) = (record for record in caplog.records if record.levelno == logging.ERROR)
    assert (vars(record)["error"], "secret" in caplog.text) == ("RuntimeError", False)
    monkeypatch.undo()
    post(client, request("LaunchRequest"))
    page = client.get("/metrics", base_url="http://127.0.0.1:9100").text
    assert 'requests_total{intent="",outcome="answered",type="LaunchRequest"} 1.0' in page


def test_a_server_whose_model_does_not_fit_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "en-US.json").write_text("{}")
    monkeypatch.setattr("app.MODELS", tmp_path)
    odd = create_app(Config(skill_id=SKILL_ID), roots=[root()], now=lambda: NOW).test_client()
    response = odd.get("/healthz")
    parts = {"content": "ok", "model": "unusable", "store": "ok"}
    assert (response.status_code, response.json) == (503, {"status": "unusable", "parts": parts})


class Gone(InMemoryStore):
    """A store that is not there."""

    def check(self) -> None:
        raise StoreError("gone")


def test_a_server_that_cannot_remember_says_so_and_goes_on_coaching() -> None:
    client = create_app(
        Config(skill_id=SKILL_ID), roots=[root()], fetch=Amazon().fetch, now=lambda: NOW, store=Gone()
    ).test_client()
    response = client.get("/healthz")
    parts = {"content": "ok", "model": "ok", "store": "unusable"}
    assert (response.status_code, response.json) == (200, {"status": "degraded", "parts": parts})
    assert json.loads(post(client, request("LaunchRequest")).data)["response"]["outputSpeech"]


def test_every_request_is_counted_on_a_port_of_its_own() -> None:
    config = Config(skill_id=SKILL_ID, metrics_port=9100)
    client = create_app(config, roots=[root()], fetch=Amazon().fetch, now=lambda: NOW).test_client()
    post(client, request("LaunchRequest"))
    post(client, request("IntentRequest", intent={"name": "MadeUpIntent"}))
    client.post("/alexa")
    page = client.get("/metrics", base_url="http://127.0.0.1:9100").text
    pretended = client.get("/metrics", environ_overrides={"HTTP_HOST": "127.0.0.1:9100"})
    assert pretended.status_code == 404
    assert 'requests_total{intent="",outcome="answered",type="LaunchRequest"} 1.0' in page
    assert 'requests_total{intent="other",outcome="answered",type="IntentRequest"} 1.0' in page
    assert 'refusals_total{reason="header"} 1.0' in page
    assert 'request_seconds_count{type="LaunchRequest"} 1.0' in page


def test_the_trusted_roots_may_be_those_of_a_file(tmp_path: Path) -> None:
    file = tmp_path / "roots.pem"
    file.write_bytes(pem(root()))
    config = Config(skill_id=SKILL_ID, roots_file=file)
    client = create_app(config, fetch=Amazon().fetch, now=lambda: NOW).test_client()
    assert post(client, request("LaunchRequest")).status_code == 200


@pytest.mark.parametrize("content", [None, "", "no certificate"])
def test_a_file_without_roots_keeps_the_server_from_starting(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "roots.pem"
    if content is not None:
        file.write_text(content)
    with pytest.raises(ConfigError, match="TRUSTED_ROOTS"):
        create_app(Config(skill_id=SKILL_ID, roots_file=file))


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
