"""One HTTP exchange, bounded in time and in size."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import requests
from urllib3.exceptions import HTTPError


@dataclass(frozen=True)
class Bounds:
    """How long an exchange may take, in seconds, and how many bytes its answer may have."""

    connect: float
    read: float
    whole: float
    size: int


def transfer(
    method: str, url: str, bounds: Bounds, headers: Mapping[str, str] | None = None, body: str | None = None
) -> tuple[int, bytes]:
    """Return status and body of a prompt, short answer; raises OSError for any other."""
    give_up = time.monotonic() + bounds.whole
    with requests.Session() as session:
        session.trust_env = False  # no proxy, no .netrc, no other trust store
        session.headers["Accept-Encoding"] = "identity"  # what is counted is what is kept
        timeouts = (bounds.connect, bounds.read)
        with session.request(
            method, url, headers=headers, data=body, timeout=timeouts, allow_redirects=False, stream=True
        ) as response:
            return response.status_code, _read(response, give_up, bounds.size)


def _read(response: requests.Response, give_up: float, most: int) -> bytes:
    """Read chunk by chunk as they arrive, so that a server that drips meets the deadline as well."""
    content = bytearray()
    try:
        while chunk := response.raw.read1(4096, decode_content=False):
            content += chunk
            if len(content) > most or time.monotonic() > give_up:
                raise OSError("too long, or too slow")
    except HTTPError as error:  # urllib3's own, which is no OSError
        raise OSError("broken off") from error
    return bytes(content)
