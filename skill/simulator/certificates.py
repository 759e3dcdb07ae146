"""Issues certificates of the shape that Alexa's have: authorities, and a leaf for a domain."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256

PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


@dataclass(frozen=True)
class Period:
    """From when until when a certificate is good; aware UTC."""

    since: datetime
    until: datetime


@dataclass(frozen=True)
class Party:
    """Who a certificate is for, or who signs it: a name with its key."""

    name: x509.Name
    key: PrivateKey

    @classmethod
    def called(cls, common_name: str, key: PrivateKey) -> Self:
        """Make a party of a common name."""
        return cls(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, common_name)]), key)


def issue_authority(subject: Party, issuer: Party, period: Period) -> x509.Certificate:
    """Certify that the subject may issue certificates; a root is its own issuer."""
    return (
        _builder(subject, issuer, period)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
        .sign(issuer.key, SHA256())
    )


def issue_leaf(subject: Party, issuer: Party, period: Period, domain: str) -> x509.Certificate:
    """Certify that the subject speaks for a domain."""
    return (
        _builder(subject, issuer, period)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage("digital_signature"), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(domain)]), critical=False)
        .sign(issuer.key, SHA256())
    )


def _builder(subject: Party, issuer: Party, period: Period) -> x509.CertificateBuilder:
    subject_id = x509.SubjectKeyIdentifier.from_public_key(subject.key.public_key())
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer.key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(subject.name)
        .issuer_name(issuer.name)
        .public_key(subject.key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(period.since)
        .not_valid_after(period.until)
        .add_extension(subject_id, critical=False)
        .add_extension(issuer_id, critical=False)
    )


def _usage(*granted: str) -> x509.KeyUsage:
    uses = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return x509.KeyUsage(**{use: use in granted for use in uses})
