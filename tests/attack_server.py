"""What gunicorn serves under attack: the real application, with made-up roots and chains from disk."""

import os
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from cryptography import x509
from flask import Flask

import app

DIRECTORY_VARIABLE = "ATTACK_DIRECTORY"
ROOTS = "roots.pem"


def create_app() -> Flask:
    directory = Path(os.environ[DIRECTORY_VARIABLE])
    roots = x509.load_pem_x509_certificates((directory / ROOTS).read_bytes())
    return app.create_app(roots=roots, fetch=lambda url: _served(directory, url))


def _served(directory: Path, url: str) -> bytes:
    """Return the file with the URL's last name, whatever comes before it: whoever gets this far gets in."""
    return (directory / PurePosixPath(urlsplit(url).path).name).read_bytes()
