"""The way from a simulated Echo to the skill: raw bytes, signed as Alexa signs them."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from skill.simulator.envelope import Json
from skill.simulator.reply import Reply

Post = Callable[[Mapping[str, str], bytes], tuple[int, bytes]]
"""Takes headers and body, gives status and body."""

Sign = Callable[[bytes], Mapping[str, str]]
"""Gives the headers that prove a body to be Alexa's."""


@dataclass(frozen=True)
class Connection:
    """How to post to the skill, and how to sign."""

    post: Post
    sign: Sign

    def send(self, request: Json) -> Reply:
        """Return the skill's answer; raises ReplyError where it is none."""
        body = json.dumps(request).encode()
        headers = {"Content-Type": "application/json; charset=utf-8", **self.sign(body)}
        return Reply.from_http(*self.post(headers, body))
