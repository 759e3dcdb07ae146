"""Chains as Amazon serves them, and chains that nobody should accept."""

import functools
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from skill.simulator.certificates import Party, Period, PrivateKey, issue_authority, issue_leaf

NOW = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
GOOD = Period(NOW - DAY, NOW + 30 * DAY)
PAST = Period(NOW - 30 * DAY, NOW - DAY)
FUTURE = Period(NOW + DAY, NOW + 30 * DAY)
DOMAIN = "echo-api.amazon.com"


@functools.cache
def rsa_key(name: str, bits: int = 2048) -> rsa.RSAPrivateKey:
    """Return a key, the same for the same name."""
    assert name
    return rsa.generate_private_key(65537, bits)


@functools.cache
def party(name: str) -> Party:
    return Party.called(name, rsa_key(name))


ROOT = "root"
OLD_ROOT = "old root"


@functools.cache
def root(name: str = ROOT) -> x509.Certificate:
    return issue_authority(party(name), party(name), GOOD)


def pem(*certificates: x509.Certificate) -> bytes:
    return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in certificates)


def leaf(
    key: PrivateKey | None = None,
    issuer: str = "intermediate",
    period: Period = GOOD,
    domain: str = DOMAIN,
) -> x509.Certificate:
    return issue_leaf(Party.called("leaf", key or rsa_key("leaf")), party(issuer), period, domain)


def intermediate(period: Period = GOOD) -> x509.Certificate:
    return issue_authority(party("intermediate"), party(ROOT), period)


def amazons() -> bytes:
    """Leaf, intermediate, root, and that root again, signed by one that nobody trusts any more."""
    crossed = issue_authority(party(ROOT), party(OLD_ROOT), GOOD)
    return pem(leaf(), intermediate(), root(), crossed)


def sign(body: bytes) -> bytes:
    return rsa_key("leaf").sign(body, padding.PKCS1v15(), SHA256())


def bad_chains() -> dict[str, bytes]:
    """Return chain files by what is wrong with them."""
    return {
        "empty": b"",
        "not certificates": b"<html>",
        "leaf out of date": pem(leaf(period=PAST), intermediate()),
        "leaf of tomorrow": pem(leaf(period=FUTURE), intermediate()),
        "intermediate out of date": pem(leaf(), intermediate(PAST)),
        "another domain": pem(leaf(domain="echo-api.amazon.com.example.org"), intermediate()),
        "a wildcard": pem(leaf(domain="*.amazon.com"), intermediate()),
        "leaf not first": pem(intermediate(), leaf()),
        "no intermediate": pem(leaf()),
        "unknown root": pem(leaf(issuer=OLD_ROOT), root(OLD_ROOT)),
        "signed by a leaf": pem(leaf(issuer="leaf"), leaf(), intermediate()),
        "a weak key": pem(leaf(rsa_key("weak", 1024)), intermediate()),
        "an elliptic key": pem(leaf(ec.generate_private_key(ec.SECP256R1())), intermediate()),
        "too many certificates": pem(leaf(), intermediate(), *[root()] * 9),
    }
