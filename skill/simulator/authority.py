"""A throw-away certificate authority: signs a request on this machine as Alexa does."""

import base64
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from skill.errors import ConfigError
from skill.simulator.certificates import Party, Period, issue_authority, issue_leaf

CHAIN_URL = "https://s3.amazonaws.com/echo.api/development.pem"
LIFE = timedelta(days=365)
LEAST_LIFE = timedelta(days=1)  # what is left has to outlast a day's practice


@dataclass(frozen=True)
class Authority:
    """A leaf's key, its chain (leaf first, root last) and where that chain is said to be."""

    key: rsa.RSAPrivateKey
    chain: tuple[x509.Certificate, ...]
    chain_url: str = CHAIN_URL

    @classmethod
    def create(cls, now: datetime) -> Self:
        """Make a new one, good from a day before `now` for a year; the root's own key is thrown away."""
        root = Party.called("Hip coach development root", _new_key())
        key = _new_key()
        leaf = Party.called("Hip coach development", key)
        period = Period(now - timedelta(days=1), now + LIFE)
        chain = (
            issue_leaf(leaf, root, period, "echo-api.amazon.com"),
            issue_authority(root, root, period),
        )
        return cls(key, chain)

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read the one that a development server made; raises ConfigError if there is none."""
        try:
            with _locked(directory):
                return cls._read(directory)
        except (OSError, ValueError) as error:
            raise ConfigError(
                "COACH_DEV_DIR", f"no authority in {directory}; start the server first"
            ) from error

    @classmethod
    def load_or_create(cls, directory: Path, now: datetime) -> Self:
        """Read the one in a directory, or make it where it is missing, damaged or out of date."""
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _locked(directory):
            return cls._read_good(directory, now) or cls.create(now).save(directory)

    def save(self, directory: Path) -> Self:
        """Write it where `load` reads it, for the owner's eyes alone."""
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        _replace(directory / "leaf.key", key)
        _replace(directory / "chain.pem", self.chain_pem)
        _replace(directory / "chain-url", f"{self.chain_url}\n".encode())
        return self

    @property
    def root(self) -> x509.Certificate:
        """What a server has to trust."""
        return self.chain[-1]

    @property
    def chain_pem(self) -> bytes:
        """The file at `chain_url`."""
        return b"".join(certificate.public_bytes(Encoding.PEM) for certificate in self.chain)

    def sign(self, body: bytes) -> dict[str, str]:
        """Return the two headers that Alexa sends with a body."""
        signature = self.key.sign(body, padding.PKCS1v15(), SHA256())
        return {
            "SignatureCertChainUrl": self.chain_url,
            "Signature-256": base64.b64encode(signature).decode(),
        }

    @classmethod
    def _read(cls, directory: Path) -> Self:
        key = load_pem_private_key((directory / "leaf.key").read_bytes(), password=None)
        chain = tuple(x509.load_pem_x509_certificates((directory / "chain.pem").read_bytes()))
        if not isinstance(key, rsa.RSAPrivateKey) or key.public_key() != chain[0].public_key():
            raise ValueError("the key is not the chain's")
        return cls(key, chain, (directory / "chain-url").read_text().strip())

    @classmethod
    def _read_good(cls, directory: Path, now: datetime) -> Self | None:
        try:
            authority = cls._read(directory)
        except (OSError, ValueError):
            return None
        leaf = authority.chain[0]
        is_good = leaf.not_valid_before_utc <= now <= leaf.not_valid_after_utc - LEAST_LIFE
        return authority if is_good else None


def _new_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@contextmanager
def _locked(directory: Path) -> Iterator[None]:
    """Keep other processes out of a directory, so that two that start together agree."""
    handle = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(path: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all."""
    draft = path.with_name(f"{path.name}.new")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    draft.replace(path)
