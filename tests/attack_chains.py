"""Chain files to attack with, by name, and the roots that the attacked server trusts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

from skill.simulator.certificates import PrivateKey
from tests.attack_certificates import (
    AUTHORITY,
    ELLIPTIC,
    END,
    INTERMEDIATE,
    LEAF,
    ROOT,
    UNKNOWN_CRITICAL,
    WEAK,
    Draft,
    dns,
    usage,
)
from tests.attack_server import ROOTS
from tests.authority_chains import DOMAIN, pem

GOOD = "amazons"

_CROSS_SIGNED = replace(ROOT, issuer="old root")  # which no store has any more
_OLD_ROOT = replace(ROOT, subject="old root", issuer="old root")
_EXPIRED_ROOT = replace(ROOT, subject="expired root", issuer="expired root", days=(-30, -1))
_WEAK_ROOT = replace(ROOT, subject=WEAK, issuer=WEAK)
_SECOND = replace(INTERMEDIATE, subject="second", issuer="intermediate")
_BY_SECOND = replace(LEAF, issuer="second")
_UNRELATED = replace(INTERMEDIATE, subject="unrelated", issuer="elsewhere")
_MANY = 11

TRUSTED = (ROOT, _EXPIRED_ROOT, _WEAK_ROOT)


def _leaf(**changes: Any) -> tuple[Draft, Draft]:  # noqa: ANN401 (any field of a draft)
    return replace(LEAF, **changes), INTERMEDIATE


def _via(**changes: Any) -> tuple[Draft, Draft]:  # noqa: ANN401 (likewise)
    return LEAF, replace(INTERMEDIATE, **changes)


def _for(purpose: x509.ObjectIdentifier) -> tuple[x509.ExtensionType]:
    return (x509.ExtendedKeyUsage([purpose]),)


def _permitting(domain: str) -> tuple[x509.ExtensionType]:
    return (x509.NameConstraints([x509.DNSName(domain)], None),)


def _named(name: x509.GeneralName) -> tuple[Draft, Draft]:
    return _leaf(names=x509.SubjectAlternativeName([name]))


SOUND: Mapping[str, Sequence[Draft]] = {
    GOOD: (LEAF, INTERMEDIATE, ROOT, _CROSS_SIGNED),
    "without root": (LEAF, INTERMEDIATE),
    "authorities in another order": (LEAF, ROOT, INTERMEDIATE),
    "unrelated at the end": (LEAF, INTERMEDIATE, ROOT, _UNRELATED),
    "expired at the end": (LEAF, INTERMEDIATE, replace(_UNRELATED, days=(-30, -1))),
    "two intermediates": (_BY_SECOND, _SECOND, INTERMEDIATE),
    "directly under the root": (replace(LEAF, issuer="root"), ROOT),
    "several names": _leaf(names=dns("example.org", DOMAIN)),
    "RSA of 3072 bits": _leaf(key="stronger"),
    "elliptic intermediate": (
        replace(LEAF, issuer_key=ELLIPTIC),
        replace(INTERMEDIATE, key=ELLIPTIC),
    ),
    "for servers": _leaf(others=_for(ExtendedKeyUsageOID.SERVER_AUTH)),
}

DATES: Mapping[str, Sequence[Draft]] = {
    "expired leaf": _leaf(days=(-30, -1)),
    "expired intermediate": _via(days=(-30, -1)),
    "expired root": (replace(LEAF, issuer="expired root"), _EXPIRED_ROOT),
    "leaf of tomorrow": _leaf(days=(1, 30)),
    "intermediate of tomorrow": _via(days=(1, 30)),
}

NAMES: Mapping[str, Sequence[Draft]] = {
    "another domain": _leaf(names=dns("example.org")),
    "domain as a prefix": _leaf(names=dns(f"{DOMAIN}.example.org")),
    "domain as a suffix": _leaf(names=dns(f"not{DOMAIN}")),
    "parent domain": _leaf(names=dns("amazon.com")),
    "wildcard": _leaf(names=dns("*.amazon.com")),
    "wildcard within a label": _leaf(names=dns("echo-*.amazon.com")),
    "common name only": _leaf(subject=DOMAIN, key="leaf", names=None),
    "common name beside another": _leaf(subject=DOMAIN, key="leaf", names=dns("example.org")),
    "name as an address": _named(x509.RFC822Name(f"echo@{DOMAIN}")),
    "name as a URI": _named(x509.UniformResourceIdentifier(f"https://{DOMAIN}")),
    "name as an IP address": _named(x509.IPAddress(IPv4Address("127.0.0.1"))),
}

AUTHORITIES: Mapping[str, Sequence[Draft]] = {
    "self-signed": (replace(LEAF, issuer="leaf"),),
    "self-signed in the root's name": (
        replace(LEAF, subject="root", issuer="root", key="a", issuer_key="a"),
    ),
    "another root": (
        replace(LEAF, issuer="old root"),
        _OLD_ROOT,
    ),
    "an impostor of the root": (
        replace(LEAF, issuer="root", issuer_key="impostor"),
        replace(ROOT, key="impostor", issuer_key="impostor"),
    ),
    "an impostor of the intermediate": (replace(LEAF, issuer_key="impostor"), INTERMEDIATE),
    "no intermediate": (LEAF,),
    "signed by a leaf": (
        replace(LEAF, issuer="other", key="a"),
        replace(LEAF, subject="other"),
        INTERMEDIATE,
    ),
    "intermediate without CA flag": _via(constraints=END),
    "intermediate without constraints": _via(constraints=None),
    "path too long": (
        _BY_SECOND,
        _SECOND,
        replace(INTERMEDIATE, constraints=x509.BasicConstraints(ca=True, path_length=0)),
    ),
    "intermediate without key usage": _via(usage=None),
    "intermediate that may not certify": _via(usage=usage("digital_signature")),
    "intermediate for another domain": _via(others=_permitting("example.org")),
    "leaf that is an authority": _leaf(
        constraints=AUTHORITY, usage=usage("digital_signature", "key_cert_sign")
    ),
    "leaf that may not sign": _leaf(usage=usage("key_agreement")),
    "leaf for clients": _leaf(others=_for(ExtendedKeyUsageOID.CLIENT_AUTH)),
    "leaf for code": _leaf(others=_for(ExtendedKeyUsageOID.CODE_SIGNING)),
    "leaf with an unknown critical extension": _leaf(others=(UNKNOWN_CRITICAL,)),
}

KEYS: Mapping[str, Sequence[Draft]] = {
    "RSA of 1024 bits": _leaf(key=WEAK),
    "RSA of 2047 bits": _leaf(key="nearly strong"),
    "elliptic leaf": _leaf(key=ELLIPTIC),
    "weak intermediate": (replace(LEAF, issuer_key=WEAK), replace(INTERMEDIATE, key=WEAK)),
    "weak root": (replace(LEAF, issuer=WEAK), _WEAK_ROOT),
    "leaf signed with SHA-1": _leaf(is_sha1=True),
    "intermediate signed with SHA-1": _via(is_sha1=True),
    "leaf with a forged signature": _leaf(is_forged=True),
    "intermediate with a forged signature": _via(is_forged=True),
}

ORDER: Mapping[str, Sequence[Draft]] = {
    "leaf not first": (INTERMEDIATE, LEAF),
    "leaf last": (ROOT, INTERMEDIATE, LEAF),
    "no leaf": (INTERMEDIATE, ROOT),
    "another leaf first": (replace(LEAF, issuer="leaf", key="a", issuer_key="a"), LEAF, INTERMEDIATE),
    "too many certificates": (LEAF, INTERMEDIATE, *[ROOT] * _MANY),
}

PATHS = {**SOUND, **DATES, **NAMES, **AUTHORITIES, **KEYS, **ORDER}

FILES: Mapping[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "a web page": lambda _: b"<html><body>Not found</body></html>",
    "NUL bytes": lambda _: b"\0" * 4096,
    "huge": lambda _: b"-----BEGIN CERTIFICATE-----\n" + b"A" * 2**22,
    "cut off": lambda good: good[:1000],
    "damaged base64": lambda good: good.replace(b"MII", b"M!I", 1),
    "no certificate inside": lambda _: b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    "DER": lambda good: x509.load_pem_x509_certificate(good).public_bytes(Encoding.DER),
    "a private key": lambda _: LEAF.private_key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    ),
    "lines as on Windows": lambda good: good.replace(b"\n", b"\r\n"),
    "comments between": lambda good: good.replace(b"-----BEGIN", b"s:CN = echo\n-----BEGIN"),
}


@dataclass(frozen=True)
class Chain:
    """A chain file, and the key that whoever serves it signs with."""

    content: bytes
    key: PrivateKey


def chains() -> dict[str, Chain]:
    """Return every chain by name, signed now."""
    paths = {name: Chain(_file(path), path[0].private_key) for name, path in PATHS.items()}
    good = paths[GOOD]
    return paths | {name: Chain(change(good.content), good.key) for name, change in FILES.items()}


def file_name(chain: str) -> str:
    """Return the last part of the URL under which a chain is served."""
    return f"{chain.replace(' ', '-').replace(chr(39), '')}.pem"


def lay_out(directory: Path, served: Mapping[str, Chain]) -> None:
    """Write the roots and the chains where the attacked server finds them."""
    (directory / ROOTS).write_bytes(_file(TRUSTED))
    for name, chain in served.items():
        (directory / file_name(name)).write_bytes(chain.content)


def _file(drafts: Sequence[Draft]) -> bytes:
    return pem(*(draft.signed() for draft in drafts))
