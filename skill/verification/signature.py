"""The two headers that Alexa signs a request with."""

import base64
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from skill.errors import VerificationError

CHAIN_URL_HEADER = "SignatureCertChainUrl"
SIGNATURE_HEADER = "Signature-256"

# What is not spelled out here is refused: user info, other ports, queries, fragments, backslashes, escapes,
# and every segment that begins with a dot or is empty. Amazon's page would have `..` resolved; Alexa
# sends none, and a URL that need not be resolved cannot be resolved in two ways.
# ASCII, because case-folding would otherwise take U+017F for an s.
_CHAIN_URL = re.compile(
    r"(?i:https://s3\.amazonaws\.com)(?::443)?(?P<path>/echo\.api(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+)",
    re.ASCII,
)
LONGEST_URL = 256  # characters; Alexa's have about 70


@dataclass(frozen=True)
class Signature:
    """Where the signing certificate is, and the signature itself."""

    chain_url: str
    value: bytes

    @classmethod
    def from_headers(cls, headers: Iterable[tuple[str, str]]) -> Self:
        """Read both headers, each of which has to be there once; raises VerificationError."""
        pairs = list(headers)
        url = _only(CHAIN_URL_HEADER, pairs)
        return cls(normalised(url), _decoded(_only(SIGNATURE_HEADER, pairs)))


def _only(name: str, pairs: list[tuple[str, str]]) -> str:
    values = [value for key, value in pairs if key.lower() == name.lower()]
    if len(values) != 1 or not values[0] or "," in values[0]:  # WSGI joins two of a name with a comma
        raise VerificationError("header", f"{name} is there {len(values)} times, or empty")
    return values[0]


def _decoded(text: str) -> bytes:
    """Decode base64 in its one canonical spelling."""
    try:
        value = base64.b64decode(text, validate=True)
    except ValueError as error:
        raise VerificationError("header", "the signature is not base64") from error
    if base64.b64encode(value).decode() != text:
        raise VerificationError("header", "the signature is not canonical base64")
    return value


def normalised(url: str) -> str:
    """Return the one spelling of a certificate URL that Amazon may use; raises VerificationError.

    https://developer.amazon.com/docs/custom-skills/host-a-custom-skill-as-a-web-service.html
    """
    match = _CHAIN_URL.fullmatch(url) if len(url) <= LONGEST_URL else None
    if match is None:
        raise VerificationError("url", "not a certificate URL of Amazon's")
    return f"https://s3.amazonaws.com{match['path']}"
