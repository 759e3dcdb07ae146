"""Whole requests to fuzz the webhook with, signed or not, and what has to be true of any answer."""

import base64
import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from hypothesis import strategies as st

from tests.hostile_json import envelopes

Headers = Sequence[tuple[str, str]]
Sign = Callable[[bytes], Mapping[str, str]]

URL = "SignatureCertChainUrl"
SIGNATURE = "Signature-256"
URLS = (
    "", "http://s3.amazonaws.com/echo.api/a.pem", "https://s3.amazonaws.com/echo.api/../a.pem",
    "https://s3.amazonaws.com:99999/echo.api/a.pem", "https://[::1/echo.api/a.pem",
    "https://\xff/", "//", "\\", "https://s3.amazonaws.com/echo.api/" + "a" * 3000,
)  # fmt: skip
SIGNATURES = ("", "AAAA", "A", "=", "!", "\xe9", base64.b64encode(bytes(256)).decode(), "A" * 3000)
OPENINGS = (b"[", b'{"request":', b'{"request":{"type":"LaunchRequest"},"a":[')

_FEW, _ANYWHERE, _SPAN, _BYTES = (
    st.integers(1, 3),
    st.integers(0, 2**16),
    st.integers(0, 40),
    st.binary(max_size=4),
)
_SIGNING = st.sampled_from([*["good"] * 8, "another's", "spoilt"])
_PRINTABLE = st.text(
    st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=60
)
_ODD = st.sampled_from(["Content-Type", "Content-Encoding", "X-Forwarded-For", "Expect", "Range", "Cookie"])
_ODD_HEADERS = st.lists(st.tuples(_ODD, _PRINTABLE), max_size=2)
_BAD_URLS = st.lists(st.sampled_from(URLS) | _PRINTABLE, max_size=2)
_BAD_SIGNATURES = st.lists(st.sampled_from(SIGNATURES) | _PRINTABLE, max_size=2)
_SPOILT_HEADERS = st.one_of(
    st.fixed_dictionaries({URL: _BAD_URLS}),
    st.fixed_dictionaries({SIGNATURE: _BAD_SIGNATURES}),
    st.fixed_dictionaries({URL: _BAD_URLS, SIGNATURE: _BAD_SIGNATURES}),
)


@dataclass(frozen=True)
class Hostile:
    """A request to send; `is_signed` if it carries a good signature of its body."""

    headers: Headers
    body: bytes
    is_signed: bool


@dataclass
class Tally:
    """What came of many requests: how many had which status, and the slowest, in seconds."""

    statuses: Counter[int] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0

    def count(self, request: Hostile, status: int, content: bytes, seconds: float) -> None:
        """Take in an answer; raises AssertionError for one that no request may get."""
        assert status in (200, 400, 413), f"{status}: {content!r}"
        assert request.is_signed or status != 200, "nobody gets in without a signature"
        answer = json.loads(content)
        assert "response" in answer if status == 200 else "error" in answer
        self.statuses[status] += 1
        self.reasons[answer.get("error", "answered")] += 1
        self.slowest = max(self.slowest, seconds)

    def __str__(self) -> str:
        reasons = ", ".join(f"{reason} {number}" for reason, number in self.reasons.most_common())
        return f"{self.statuses.total()} requests: {reasons}; the slowest took {1000 * self.slowest:.0f} ms"


@st.composite
def _altered(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> bytes:
    """Cut, double or overwrite bytes of a text, wherever that hits."""
    body = bytearray(draw(texts).encode())
    for _ in range(draw(_FEW)):
        at = draw(_ANYWHERE) % (len(body) + 1)
        until = at + draw(_SPAN)
        body[at:until] = draw(_BYTES) or bytes(body[at:until] * 2)
    return bytes(body)


def _nested(opening: bytes, depth: int) -> bytes:
    return (opening * depth)[:130_000]


def _bodies(now: datetime) -> st.SearchStrategy[bytes]:
    spoilt = envelopes(now)
    usual = spoilt.map(str.encode)
    nested = st.builds(_nested, st.sampled_from(OPENINGS), st.sampled_from([10, 900, 1100, 10_000, 60_000]))
    return st.one_of(usual, usual, usual, _altered(spoilt), nested, st.binary(max_size=200))


@st.composite
def _hostile(draw: st.DrawFn, bodies: st.SearchStrategy[bytes], sign: Sign) -> Hostile:
    body = draw(bodies)
    good = sign(body)
    match draw(_SIGNING):
        case "good":
            return Hostile([*good.items(), *draw(_ODD_HEADERS)], body, is_signed=True)
        case "another's":
            return Hostile([*good.items()], body + draw(_BYTES) + b"\n", is_signed=False)
    return Hostile(_with_spoilt(good, draw(_SPOILT_HEADERS)), body, is_signed=False)


def _with_spoilt(good: Mapping[str, str], spoilt: Mapping[str, Sequence[str]]) -> Headers:
    kept = [pair for pair in good.items() if pair[0] not in spoilt]
    return [*kept, *((name, value) for name, values in spoilt.items() for value in values)]


def hostile(now: datetime, sign: Sign) -> st.SearchStrategy[Hostile]:
    """Return requests: mostly well signed, so that what lies behind the signature is reached."""
    return _hostile(_bodies(now), sign)
