"""Posting to a development server that runs elsewhere, over HTTP."""

from collections.abc import Mapping
from urllib.parse import urlsplit

import requests

from skill.simulator.connection import Post
from skill.simulator.reply import ReplyError

_PATH = "/alexa"
_TIMEOUT_SECONDS = 8
"""As long as Alexa waits for a reply."""


def post_to(url: str) -> Post:
    """Return a post to the server at `url`, whose path is added where it is missing."""
    whole = url if urlsplit(url).path.strip("/") else url.rstrip("/") + _PATH

    session = requests.Session()
    session.trust_env = False  # neither a proxy nor a password file has a say on this machine's own server

    def post(headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        try:
            answer = session.post(
                whole, data=body, headers=headers, timeout=_TIMEOUT_SECONDS, allow_redirects=False
            )
        except requests.RequestException as problem:
            raise ReplyError(f"no answer from {whole}: {problem}") from problem
        return answer.status_code, answer.content

    return post
