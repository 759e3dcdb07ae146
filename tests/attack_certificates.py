"""Certificates as drafts: what each says, right or wrong, signed when it is needed."""

import functools
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA1, SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtensionOID, NameOID, ObjectIdentifier

from skill.simulator.certificates import PrivateKey
from tests.authority_chains import DOMAIN

WEAK, ELLIPTIC = "weak", "elliptic"
BITS = {WEAK: 1024, "nearly strong": 2047, "stronger": 3072}
END = x509.BasicConstraints(ca=False, path_length=None)
AUTHORITY = x509.BasicConstraints(ca=True, path_length=None)
NOT_CRITICAL = {ExtensionOID.SUBJECT_ALTERNATIVE_NAME, ExtensionOID.EXTENDED_KEY_USAGE}

# DER: sha256WithRSAEncryption, and sha1WithRSAEncryption, which is as long
_SHA256_OID = bytes.fromhex("06092a864886f70d01010b")
_SHA1_OID = bytes.fromhex("06092a864886f70d010105")


@functools.cache
def key_called(name: str) -> PrivateKey:
    """Return a key, the same for the same name; a few names stand for odd ones."""
    if name == ELLIPTIC:
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, BITS.get(name, 2048))


def usage(*granted: str) -> x509.KeyUsage:
    uses = (
        "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
        "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
    )  # fmt: skip
    return x509.KeyUsage(**{use: use in granted for use in uses})


def dns(*names: str) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([x509.DNSName(name) for name in names])


@dataclass(frozen=True)
class Draft:
    """A certificate to be: names stand for keys as well, unless a key is named apart."""

    subject: str
    issuer: str
    constraints: x509.BasicConstraints | None
    usage: x509.KeyUsage | None
    names: x509.SubjectAlternativeName | None = None
    others: tuple[x509.ExtensionType, ...] = ()
    days: tuple[int, int] = (-1, 30)
    """First and last day on which it is good, counted from now."""
    key: str | None = None
    issuer_key: str | None = None
    is_sha1: bool = False
    is_forged: bool = False
    """With a signature that does not fit."""

    @property
    def private_key(self) -> PrivateKey:
        return key_called(self.key or self.subject)

    def signed(self) -> x509.Certificate:
        issuer = key_called(self.issuer_key or self.issuer)
        builder = self._with_key_ids(issuer)
        for extension in (self.constraints, self.usage, self.names, *self.others):
            if extension is not None:
                builder = builder.add_extension(extension, extension.oid not in NOT_CRITICAL)
        certificate = builder.sign(issuer, SHA256())
        if self.is_sha1 and isinstance(issuer, rsa.RSAPrivateKey):
            return _signed_with_sha1(certificate, issuer)
        return _forged(certificate) if self.is_forged else certificate

    def _with_key_ids(self, issuer: PrivateKey) -> x509.CertificateBuilder:
        public, issuers = self.private_key.public_key(), issuer.public_key()
        subject_id = x509.SubjectKeyIdentifier.from_public_key(public)
        issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuers)
        dated = self._dated().public_key(public)
        return dated.add_extension(subject_id, critical=False).add_extension(issuer_id, critical=False)

    def _dated(self) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        since, until = (now + timedelta(days=day) for day in self.days)
        names = x509.CertificateBuilder().subject_name(_name(self.subject)).issuer_name(_name(self.issuer))
        return names.serial_number(x509.random_serial_number()).not_valid_before(since).not_valid_after(until)


def _name(common_name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common_name)])


def _signed_with_sha1(certificate: x509.Certificate, issuer: rsa.RSAPrivateKey) -> x509.Certificate:
    """Sign again with SHA-1, which the library's builder would not."""
    der = certificate.public_bytes(Encoding.DER).replace(_SHA256_OID, _SHA1_OID)
    body = x509.load_der_x509_certificate(der).tbs_certificate_bytes
    return _with_signature(der, issuer.sign(body, padding.PKCS1v15(), SHA1()))  # noqa: S303 (the attack)


def _forged(certificate: x509.Certificate) -> x509.Certificate:
    wrong = bytes([certificate.signature[0] ^ 1]) + certificate.signature[1:]
    return _with_signature(certificate.public_bytes(Encoding.DER), wrong)


def _with_signature(der: bytes, signature: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(der[: -len(signature)] + signature)


ROOT = Draft("root", "root", AUTHORITY, usage("key_cert_sign", "crl_sign"), days=(-1000, 1000))
INTERMEDIATE = Draft("intermediate", "root", AUTHORITY, usage("key_cert_sign", "crl_sign"), days=(-100, 100))
LEAF = Draft("leaf", "intermediate", END, usage("digital_signature", "key_encipherment"), dns(DOMAIN))
UNKNOWN_CRITICAL = x509.UnrecognizedExtension(ObjectIdentifier("1.3.6.1.4.1.99999.1"), b"\x05\x00")
