"""Verifies a request in the order that trusts nothing too early."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from cryptography import x509

from skill.errors import VerificationError
from skill.verification import envelope
from skill.verification.cache import KeyCache
from skill.verification.chain import SigningKey
from skill.verification.signature import Signature


class Verifier:
    """Decides whether requests are Alexa's, and for this skill.

    `fetch` returns what is at a URL, or raises OSError; `now` gives aware UTC.
    """

    def __init__(
        self,
        roots: Sequence[x509.Certificate],
        fetch: Callable[[str], bytes],
        now: Callable[[], datetime],
        skill_id: str,
    ) -> None:
        self._roots = tuple(roots)
        self._fetch = fetch
        self._now = now
        self._skill_id = skill_id
        self._keys = KeyCache(self._load)

    def verify(self, headers: Iterable[tuple[str, str]], body: bytes) -> envelope.Json:
        """Return the envelope; raises VerificationError unless Alexa signed it just now for this skill."""
        now = self._now()
        self._verify_signature(Signature.from_headers(headers), body, now)
        signed = envelope.parse(body)
        envelope.require_fresh(signed["request"], now)
        envelope.require_application(signed, self._skill_id)
        return signed

    def _verify_signature(self, signature: Signature, body: bytes, now: datetime) -> None:
        key = self._keys.get(signature.chain_url, now)
        key.require_in_date(now)
        key.verify(signature.value, body)

    def _load(self, url: str, now: datetime) -> SigningKey:
        try:
            pem = self._fetch(url)
        except OSError as error:
            raise VerificationError("fetch", "no certificate chain there") from error
        return SigningKey.from_chain(pem, self._roots, now)
