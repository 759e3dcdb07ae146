"""What the coach and its host ask of a store."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

from skill.store.attributes import Attributes


@dataclass(frozen=True)
class Kept:
    """A record as it is kept; `used_at` is when it was last written, in UTC."""

    key: str
    attributes: Attributes
    used_at: datetime


class Store(AbstractPersistenceAdapter, ABC):
    """The SDK's adapter, and what a host does; every method may raise StoreError.

    `get_attributes` gives a record with its `revision`, or {} where nothing is stored. `save_attributes`
    takes it back with the revision that was read (none, or 0: must not be there yet), stores the next one,
    and raises Conflict where another write came between.
    """

    expires: ClassVar[bool] = False
    """Whether it deletes by itself what was not used for long."""

    @abstractmethod
    def records(self, key: str | None = None) -> Iterator[Kept]:
        """Yield every record, or the one under this key."""

    @abstractmethod
    def purge(self, before: datetime) -> int:
        """Delete what was last written before then; returns how many records that were."""

    def close(self) -> None:
        """Let go of what is not in use; by itself a store holds nothing."""

    @abstractmethod
    def check(self) -> None:
        """Return if the store can be used, at little cost."""
