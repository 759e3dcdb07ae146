"""Downloads a certificate chain, and no more than that."""

import time

import requests
from urllib3.exceptions import HTTPError

CONNECT_TIMEOUT = 2.0
READ_TIMEOUT = 2.0
DEADLINE = 5.0  # seconds in all: Alexa gives up on a reply after about eight
MOST_BYTES = 64 * 1024  # Amazon's chain has about 7 KiB


def fetch(url: str) -> bytes:
    """Return what is at a URL; raises OSError for anything but a prompt, short answer of 200."""
    give_up = time.monotonic() + DEADLINE
    with requests.Session() as session:
        session.trust_env = False  # no proxy, no .netrc, no other trust store
        session.headers["Accept-Encoding"] = "identity"  # what is counted is what is kept
        timeouts = (CONNECT_TIMEOUT, READ_TIMEOUT)
        with session.get(url, timeout=timeouts, allow_redirects=False, stream=True) as response:
            if response.status_code != requests.codes.ok:
                raise OSError(f"status {response.status_code}")
            return _read(response, give_up)


def _read(response: requests.Response, give_up: float) -> bytes:
    """Read chunk by chunk as they arrive, so that a server that drips meets the deadline as well."""
    content = bytearray()
    try:
        while chunk := response.raw.read1(4096, decode_content=False):
            content += chunk
            if len(content) > MOST_BYTES or time.monotonic() > give_up:
                raise OSError("too long, or too slow")
    except HTTPError as error:  # urllib3's own, which is no OSError
        raise OSError("broken off") from error
    return bytes(content)
