"""Thousands of requests that nobody foresaw, most of them signed: none of them knocks the server over."""

from collections.abc import Callable
from time import perf_counter

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings

from app import create_app
from skill.config import Config
from skill.simulator.authority import Authority
from skill.simulator.clock import START
from tests.hostile_requests import Hostile, Tally, hostile
from tests.server_process import SKILL_ID

INPUTS = 2000


@pytest.fixture(scope="module")
def client(authority: Authority) -> FlaskClient:
    config = Config(SKILL_ID)
    served = {authority.chain_url: authority.chain_pem}

    def fetch(url: str) -> bytes:
        try:
            return served[url]
        except KeyError as error:
            raise OSError(url) from error

    return create_app(config, roots=[authority.root], fetch=fetch, now=lambda: START).test_client()


def test_no_request_knocks_the_server_over(
    client: FlaskClient, authority: Authority, record_property: Callable[[str, str], None]
) -> None:
    tally = Tally()

    @settings(max_examples=INPUTS, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    @given(hostile(START, authority.sign))
    def send(request: Hostile) -> None:
        began = perf_counter()
        answer = client.post("/alexa", data=request.body, headers=list(request.headers))
        tally.count(request, answer.status_code, answer.data, perf_counter() - began)

    send()
    record_property("printed", f"fuzz: {tally}")
    assert tally.reasons["answered"] > INPUTS / 4, "many get behind every check"
    assert {"signature", "body", "header", "url", "timestamp", "application"} <= set(tally.reasons)
