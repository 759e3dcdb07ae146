"""A store that lasts as long as its process, for tests and the chat."""

import secrets
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import UTC, datetime
from threading import Lock

from ask_sdk_model import RequestEnvelope

from skill.errors import Conflict
from skill.store.attributes import Attributes, revision_of, storable
from skill.store.contract import Kept, Store
from skill.store.keys import SECRET_BYTES, Keys


class InMemoryStore(Store):
    """Keeps records in a dictionary."""

    def __init__(self, keys: Keys | None = None, now: Callable[[], datetime] | None = None) -> None:
        secret = secrets.token_bytes(SECRET_BYTES)
        self._keys = keys or Keys(lambda: secret)
        self._now = now or (lambda: datetime.now(UTC))
        self._records: dict[str, Kept] = {}
        self._lock = Lock()

    def get_attributes(self, request_envelope: RequestEnvelope) -> Attributes:
        """Return the account's record; empty where nothing is stored."""
        kept = self._records.get(self._keys.of(request_envelope))
        return deepcopy(kept.attributes) if kept else {}

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Attributes) -> None:
        """Store the record; raises Conflict where another write came between."""
        key, kept = self._keys.of(request_envelope), deepcopy(storable(attributes))
        with self._lock:
            stored = self._records.get(key)
            if revision_of(stored.attributes if stored else {}) != revision_of(attributes):
                raise Conflict("another write came between")
            self._records[key] = Kept(key, kept, self._now())

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Delete the account's record, if there is one."""
        with self._lock:
            self._records.pop(self._keys.of(request_envelope), None)

    def records(self, key: str | None = None) -> Iterator[Kept]:
        """Yield every record, or the one under this key."""
        yield from (deepcopy(kept) for kept in list(self._records.values()) if key in (None, kept.key))

    def purge(self, before: datetime) -> int:
        """Delete what was last written before then; returns how many records that were."""
        with self._lock:
            old = [key for key, kept in self._records.items() if kept.used_at < before]
            for key in old:
                del self._records[key]
        return len(old)

    def check(self) -> None:
        """Return: memory can be written to."""
