"""Where Alexa sends the skill's requests, and what else she is given an address of."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

_LAMBDA = re.compile(r"arn:aws:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w-]+)?", re.ASCII)
_HTTPS_PORT = 443  # Alexa knows no other


@dataclass(frozen=True)
class Endpoint:
    """A webhook by its URL, or a Lambda function by its ARN."""

    uri: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read an endpoint; raises ValueError where Alexa could not send to it."""
        if _LAMBDA.fullmatch(text):
            return cls(text)
        if text.startswith("arn:"):
            raise ValueError(f"{text!r} is no Lambda function's ARN")
        parts = _https(text)
        if not parts.path.strip("/"):
            raise ValueError(f"{text!r} has no path; the webhook answers at /alexa")
        if parts.query:
            raise ValueError(f"{text!r} has a query; Alexa sends to a path alone")
        return cls(text)

    def to_manifest(self) -> dict[str, str]:
        """Return the endpoint as the manifest has it; only a webhook has a certificate."""
        return {"uri": self.uri} | ({} if _LAMBDA.fullmatch(self.uri) else {"sslCertificateType": "Trusted"})


def web_page(text: str) -> str:
    """Return the URL of a page for people; raises ValueError where it is none."""
    _https(text)
    return text


def _https(text: str) -> SplitResult:
    """Take a public https URL apart; raises ValueError, which says what is wrong with it."""
    parts = urlsplit(text)
    if parts.scheme != "https":
        raise ValueError(f"{text!r} does not begin with https://")
    if parts.port not in (None, _HTTPS_PORT):
        raise ValueError(f"{text!r} names port {parts.port}; it has to be 443, which need not be named")
    if "@" in parts.netloc or parts.fragment or re.search(r"\s", text):
        raise ValueError(f"{text!r} has more than host and path")
    if not _is_public_name(parts.hostname or ""):
        raise ValueError(f"{text!r} names no public host; it has to be a domain name")
    return parts


def _is_public_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return re.fullmatch(r"([a-z0-9-]+\.)+[a-z0-9-]*[a-z][a-z0-9-]*", host, re.ASCII) is not None
    return False
