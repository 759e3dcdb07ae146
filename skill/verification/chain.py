"""A certificate chain, validated to the key that may sign requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.verification import PolicyBuilder, Store
from cryptography.x509.verification import VerificationError as PathError

from skill.errors import VerificationError

DOMAIN = "echo-api.amazon.com"
LEAST_KEY_BITS = 2048
MOST_CERTIFICATES = 10  # Amazon sends four


@dataclass(frozen=True)
class SigningKey:
    """A key whose chain was found good, and the time in which all of that chain is in date."""

    key: rsa.RSAPublicKey
    since: datetime
    until: datetime

    @classmethod
    def from_chain(cls, pem: bytes, roots: Sequence[x509.Certificate], now: datetime) -> Self:
        """Validate a chain file, leaf first, up to the first trusted root.

        What follows that root in the file does no harm: Amazon's ends in one that is no longer trusted.
        Raises VerificationError.
        """
        path = _trusted_path(_certificates(pem), roots, now)
        _require_fit(path[0])
        return cls(
            key=_signing_key(path),
            since=max(certificate.not_valid_before_utc for certificate in path),
            until=min(certificate.not_valid_after_utc for certificate in path),
        )

    def require_in_date(self, now: datetime) -> None:
        """Raise VerificationError unless the whole chain is in date."""
        if not self.since <= now <= self.until:
            raise VerificationError("chain", "a certificate is out of date")

    def verify(self, signature: bytes, body: bytes) -> None:
        """Raise VerificationError unless the signature is this key's over the body."""
        try:
            self.key.verify(signature, body, padding.PKCS1v15(), SHA256())
        except InvalidSignature as error:
            raise VerificationError("signature", "it does not fit the body") from error


def _certificates(pem: bytes) -> list[x509.Certificate]:
    try:
        certificates = x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise VerificationError("chain", "not a file of certificates") from error
    if len(certificates) > MOST_CERTIFICATES:
        raise VerificationError("chain", "too many certificates")
    return certificates


def _trusted_path(
    certificates: Sequence[x509.Certificate], roots: Sequence[x509.Certificate], now: datetime
) -> list[x509.Certificate]:
    policy = PolicyBuilder().store(Store(list(roots))).time(now.astimezone(UTC).replace(tzinfo=None))
    verifier = policy.build_server_verifier(x509.DNSName(DOMAIN))
    leaf, *others = certificates
    try:
        return verifier.verify(leaf, others)
    except (PathError, ValueError, UnsupportedAlgorithm) as error:
        raise VerificationError("chain", "it leads to no trusted root") from error


def _require_fit(leaf: x509.Certificate) -> None:
    """Raise VerificationError unless the leaf has the very domain, and a key for signatures.

    The library takes a wildcard for the domain, and does not ask what the key is for.
    """
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        is_named = DOMAIN in names.get_values_for_type(x509.DNSName)
        is_for_signatures = _is_for_signatures(leaf.extensions)
    except (ValueError, x509.DuplicateExtension, x509.ExtensionNotFound) as error:
        raise VerificationError("chain", "an extension cannot be read") from error
    if not is_named or not is_for_signatures:
        raise VerificationError("chain", "a leaf for another name or use")


def _is_for_signatures(extensions: x509.Extensions) -> bool:
    try:
        return extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    except x509.ExtensionNotFound:
        return True  # for everything


def _signing_key(path: Sequence[x509.Certificate]) -> rsa.RSAPublicKey:
    """Return the leaf's key; the library's own policy lets weak and other keys through."""
    leaf, *authorities = (_public_key(certificate) for certificate in path)
    if not isinstance(leaf, rsa.RSAPublicKey) or not all(map(_is_strong, (leaf, *authorities))):
        raise VerificationError("chain", "a key is too weak or of another kind")
    return leaf


def _public_key(certificate: x509.Certificate) -> object:
    try:
        return certificate.public_key()
    except (ValueError, UnsupportedAlgorithm) as error:
        raise VerificationError("chain", "a key cannot be read") from error


def _is_strong(key: object) -> bool:
    if isinstance(key, rsa.RSAPublicKey):
        return key.key_size >= LEAST_KEY_BITS
    return isinstance(key, ec.EllipticCurvePublicKey)
