"""The public authorities that a chain may lead to."""

import warnings
from pathlib import Path

import certifi
from cryptography import x509
from cryptography.utils import CryptographyDeprecationWarning


def public_roots() -> list[x509.Certificate]:
    """Read certifi's roots."""
    return roots_in(Path(certifi.where()))


def roots_in(file: Path) -> list[x509.Certificate]:
    """Read a file of roots in PEM; raises OSError or ValueError where it is none."""
    pem = file.read_bytes()
    with warnings.catch_warnings():  # one old root has a serial number that is not positive
        warnings.simplefilter("ignore", CryptographyDeprecationWarning)
        return x509.load_pem_x509_certificates(pem)
