"""Only what Alexa signed, just now and for this skill, gets in."""

from datetime import timedelta

import pytest

from tests.amazon import OURS, SKILL_ID, THEIRS, URL, Amazon, encoded, signed, stamped
from tests.authority_chains import NOW


@pytest.fixture
def amazon() -> Amazon:
    return Amazon()


def test_header_names_may_be_in_any_case(amazon: Amazon) -> None:
    body = encoded()
    amazon.sends(body, [(name.upper(), value) for name, value in signed(body)])


@pytest.mark.parametrize("missing", [0, 1])
def test_a_missing_or_doubled_or_empty_header_is_refused(amazon: Amazon, missing: int) -> None:
    body = encoded()
    pairs = signed(body)
    for wrong in (pairs[:missing] + pairs[missing + 1 :], [*pairs, pairs[missing]]):
        assert amazon.refusal(body, wrong) == "header"
    name, value = pairs[missing]
    pairs[missing] = (name, f"{value},{value}")  # as WSGI joins two
    assert amazon.refusal(body, pairs) == "header"
    pairs[missing] = (name, "")
    assert amazon.refusal(body, pairs) == "header"


def test_the_old_signature_header_is_no_substitute(amazon: Amazon) -> None:
    body = encoded()
    (url, (_, signature)) = signed(body)
    assert amazon.refusal(body, [url, ("Signature", signature)]) == "header"


@pytest.mark.parametrize("alter", [" {}", "{}\n", "{}=", "{}é", "-{}", "{0},{0}"])
def test_the_signature_has_to_be_canonical_base64(amazon: Amazon, alter: str) -> None:
    body = encoded()
    url, (name, signature) = signed(body)
    assert amazon.refusal(body, [url, (name, alter.format(signature))]) == "header"


def test_a_changed_byte_is_noticed(amazon: Amazon) -> None:
    body = encoded()
    assert amazon.refusal(body + b" ", signed(body)) == "signature"


def test_nothing_is_parsed_before_the_signature_is_good(amazon: Amazon) -> None:
    assert amazon.refusal(b"{", signed(b"something else")) == "signature"


@pytest.mark.parametrize(
    "url",
    [
        "https://s3.amazonaws.com:443/echo.api/echo-api-cert.pem",
        "HTTPS://S3.AmazonAWS.com/echo.api/echo-api-cert.pem",
        "https://s3.amazonaws.com/echo.api/echo-api-cert.pem",
    ],
)
def test_a_url_is_fetched_in_its_normal_spelling(amazon: Amazon, url: str) -> None:
    body = encoded()
    amazon.sends(body, signed(body, url))
    assert amazon.fetched == [URL]


@pytest.mark.parametrize(
    "url",
    [
        "http://s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com.example.org/echo.api/cert.pem",
        "https://example.org/echo.api/cert.pem",
        "https://s3.amazonaws.com@example.org/echo.api/cert.pem",
        "https://user@s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com:8443/echo.api/cert.pem",
        "https://s3.amazonaws.com:/echo.api/cert.pem",
        "https://s3.amazonaws.com/EcHo.aPi/cert.pem",
        "https://s3.amazonaws.com/echo.api",
        "https://s3.amazonaws.com/echo.api/",
        "https://s3.amazonaws.com/echo.api/../bucket/cert.pem",
        "https://s3.amazonaws.com/echo.api/%2e%2e/bucket/cert.pem",
        "https://s3.amazonaws.com/echo.api/..%2fbucket/cert.pem",
        "https://s3.amazonaws.com/echo.api/..\\bucket/cert.pem",
        "https://s3.amazonaws.com//echo.api/cert.pem",
        "https://s3.amazonaws.com/bucket/echo.api/cert.pem",
        "https://s3.amazonaws.com/echo.api/cert.pem?v=1",
        "https://s3.amazonaws.com/echo.api/cert.pem#x",
        "https://s3.amazonaws.com/echo.api/cert.pem\n",
        "https://\u017f3.amazonaws.com/echo.api/cert.pem",
        " https://s3.amazonaws.com/echo.api/cert.pem",
        "https://s3.amazonaws.com/echo.api/" + "a" * 230,
        "https://s3.amazonaws.com/echo.api/../echo.api/cert.pem",
        "https://s3.amazonaws.com/./echo.api/cert.pem",
        "https://s3.amazonaws.com/echo.api//cert.pem",
        "https://s3.amazonaws.com/echo.api/x/./cert.pem",
        "https://s3.amazonaws.com/echo.api/.cert.pem",
        "https://s3.amazonaws.com/echo.api/cert.pem/..",
    ],
)
def test_any_other_url_is_refused_and_not_fetched(amazon: Amazon, url: str) -> None:
    body = encoded()
    assert amazon.refusal(body, signed(body, url)) == "url"
    assert amazon.fetched == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"{}",
        b"null",
        b'"\xff"',
        b"\x00",
        b"[" * 100_000,
        b"1" * 5000,
        b'{"request": []}',
        b'{"request": {"type": 1}}',
        b"\xef\xbb\xbf" + encoded(),
        encoded().replace(b'"version": "1.0"', b'"version": "1.0", "version": "1.0"'),
        encoded().replace(b'"1.0"', b"NaN"),
        encoded().replace(b'"1.0"', b"-Infinity"),
        encoded().replace(b'"1.0"', b"1e999"),
        encoded().replace(b'"1.0"', b"[" * 64 + b"]" * 64),
        encoded().replace(b'"1.0"', b"1" * 5000),
    ],
    ids=range(18),
)
def test_a_signed_body_that_is_no_request_is_refused(amazon: Amazon, body: bytes) -> None:
    assert amazon.refusal(body) == "body"


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [("LaunchRequest", -150), ("LaunchRequest", 150), ("AlexaSkillEvent.SkillDisabled", -3600)],
)
def test_a_request_may_be_a_little_early_or_late(amazon: Amazon, kind: str, seconds: float) -> None:
    body = stamped(NOW + timedelta(seconds=seconds), kind)
    amazon.sends(body)


@pytest.mark.parametrize(
    ("kind", "seconds"),
    [
        ("LaunchRequest", -151),
        ("LaunchRequest", 151),
        ("AlexaSkillEvent.SkillDisabled", -3601),
        ("AlexaSkillEvent.SkillDisabled", 151),
        ("NotAlexaSkillEvent.SkillDisabled", -3600),
    ],
)
def test_a_stale_or_future_request_is_refused(amazon: Amazon, kind: str, seconds: float) -> None:
    assert amazon.refusal(stamped(NOW + timedelta(seconds=seconds), kind)) == "timestamp"


@pytest.mark.parametrize(
    "stamp",
    [
        None,
        "",
        "now",
        1767258000,
        "2026-01-01T09:00:00",
        "2026-01-01",
        "20260101T090000Z",
        "2026-W01-4T09:00:00Z",
        "2026-02-30T09:00:00Z",
    ],
)
def test_a_time_that_cannot_be_read_is_refused(amazon: Amazon, stamp: object) -> None:
    body = encoded(request={"type": "LaunchRequest", "timestamp": stamp})
    assert amazon.refusal(body) == "timestamp"


def test_a_request_without_a_time_is_refused(amazon: Amazon) -> None:
    assert amazon.refusal(encoded(request={"type": "LaunchRequest"})) == "timestamp"


@pytest.mark.parametrize("session", [OURS, None])
def test_a_request_for_this_skill_needs_no_session(amazon: Amazon, session: object) -> None:
    body = encoded(session=session)
    amazon.sends(body)


@pytest.mark.parametrize(
    "changes",
    [
        {"context": {"System": THEIRS}},
        {"session": THEIRS},
        {"session": {}},
        {"session": []},
        {"context": None},
        {"context": {"System": {}}},
        {"context": {"System": {"application": SKILL_ID}}},
    ],
    ids=str,
)
def test_a_request_for_another_skill_is_refused(amazon: Amazon, changes: dict[str, object]) -> None:
    assert amazon.refusal(encoded(**changes)) == "application"
