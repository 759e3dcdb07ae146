"""A store in memory that counts what it is asked, and can be gone for a while."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.store import Conflict, StoreError

Attributes = dict[str, Any]


class FakeStore(AbstractPersistenceAdapter):
    """Keeps a record for each user id; `is_down` fails everything, `is_full` every write.

    While it `is_late` it saves, but nobody waited for that.
    """

    def __init__(self) -> None:
        self.records: dict[str, Attributes] = {}
        self.reads = self.writes = 0
        self.is_down = self.is_full = self.is_late = False

    @property
    def calls(self) -> int:
        return self.reads + self.writes

    def get_attributes(self, request_envelope: RequestEnvelope) -> Attributes:
        self.reads += 1
        self._require(is_well=not self.is_down)
        return deepcopy(self.records.get(_user(request_envelope), {}))

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Attributes) -> None:
        self.writes += 1
        self._require(is_well=not (self.is_down or self.is_full))
        assert not _floats(attributes), "floats are not stored"
        user, revision = _user(request_envelope), attributes.get("revision", 0)
        if self.records.get(user, {}).get("revision", 0) != revision:
            raise Conflict("another write came between")
        self.records[user] = deepcopy({**attributes, "revision": revision + 1})
        if self.is_late:
            raise StoreError("the store was too slow")

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        self.writes += 1
        self._require(is_well=not self.is_down)
        self.records.pop(_user(request_envelope), None)

    @contextmanager
    def down(self) -> Iterator[None]:
        """Fail everything for a while."""
        self.is_down = True
        try:
            yield
        finally:
            self.is_down = False

    @staticmethod
    def _require(*, is_well: bool) -> None:
        if not is_well:
            raise StoreError("the store is gone")


def _user(envelope: RequestEnvelope) -> str:
    assert envelope.context
    assert envelope.context.system
    assert envelope.context.system.user
    return str(envelope.context.system.user.user_id)


def _floats(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_floats, value.values()))
    return any(map(_floats, value)) if isinstance(value, list) else isinstance(value, float)
