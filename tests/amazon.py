"""Stands in for Amazon: signs requests, serves the chain, tells the time."""

import base64
import json
from datetime import datetime

import pytest

from skill.errors import VerificationError
from skill.verification import Verifier
from tests.authority_chains import NOW, amazons, root, sign

URL = "https://s3.amazonaws.com/echo.api/echo-api-cert.pem"
SKILL_ID = "amzn1.ask.skill.ours"
OURS = {"application": {"applicationId": SKILL_ID}}
THEIRS = {"application": {"applicationId": "amzn1.ask.skill.theirs"}}

Headers = list[tuple[str, str]]


class Amazon:
    """Amazon as a verifier sees it; `fetched` counts what the verifier asked for."""

    def __init__(self) -> None:
        self.chain = amazons()
        self.is_down = False
        self.now: datetime = NOW
        self.fetched: list[str] = []
        self.verifier = Verifier([root()], self.fetch, lambda: self.now, SKILL_ID)

    def fetch(self, url: str) -> bytes:
        self.fetched.append(url)
        if self.is_down:
            raise TimeoutError
        return self.chain

    def sends(self, body: bytes, headers: Headers | None = None) -> None:
        """Have a request verified, rightly signed unless the headers say otherwise."""
        self.verifier.verify(signed(body) if headers is None else headers, body)

    def refusal(self, body: bytes, headers: Headers | None = None) -> str:
        """Return the reason for which a request is refused."""
        with pytest.raises(VerificationError) as caught:
            self.sends(body, headers)
        return caught.value.reason


def signed(body: bytes, url: str = URL) -> Headers:
    return [("SignatureCertChainUrl", url), ("Signature-256", base64.b64encode(sign(body)).decode())]


def encoded(**changes: object) -> bytes:
    """Return a launch for our skill, but for the changes."""
    launch = {"type": "LaunchRequest", "timestamp": NOW.isoformat()}
    envelope = {"version": "1.0", "session": OURS, "context": {"System": OURS}, "request": launch}
    return json.dumps(envelope | changes).encode()


def stamped(moment: datetime, kind: str = "LaunchRequest") -> bytes:
    return encoded(request={"type": kind, "timestamp": moment.isoformat()})
