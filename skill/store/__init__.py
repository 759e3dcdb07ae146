"""Where records are kept; every adapter is the ASK SDK's AbstractPersistenceAdapter."""

import hmac
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.errors import CoachError

Attributes = dict[str, Any]

MOST_TRIES = 5


class StoreError(CoachError):
    """The store cannot be read or written now."""


class Conflict(StoreError):  # noqa: N818 (what it is)
    """Another write came between reading and writing."""


class InMemoryStore(AbstractPersistenceAdapter):
    """Keeps records for as long as the process lives."""

    def __init__(self) -> None:
        self._records: dict[str, Attributes] = {}

    def get_attributes(self, request_envelope: RequestEnvelope) -> Attributes:
        """Return the account's record; empty where there is none."""
        return deepcopy(self._records.get(_user(request_envelope), {}))

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Attributes) -> None:
        """Keep the account's record; raises Conflict unless `attributes` has the revision that is kept."""
        user, revision = _user(request_envelope), attributes.get("revision", 0)
        if self._records.get(user, {}).get("revision", 0) != revision:
            raise Conflict("another write came between")
        self._records[user] = deepcopy({**attributes, "revision": revision + 1})

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Delete the account's record, if there is one."""
        self._records.pop(_user(request_envelope), None)


def update(
    store: AbstractPersistenceAdapter, envelope: RequestEnvelope, change: Callable[[Attributes], Attributes]
) -> Attributes:
    """Read, change and save a record, again on Conflict; returns what was saved. Raises StoreError."""
    for _ in range(MOST_TRIES):
        changed = change(store.get_attributes(envelope))
        try:
            store.save_attributes(envelope, changed)
        except Conflict:
            continue
        return changed
    raise StoreError("too many writes at once")


def hashed(secret: bytes, text: str) -> str:
    """Return the keyed hash that stands for an id of Amazon's."""
    return hmac.digest(secret, text.encode(), "sha256").hex()


def _user(envelope: RequestEnvelope) -> str:
    system = envelope.context and envelope.context.system
    return str(system and system.user and system.user.user_id)
