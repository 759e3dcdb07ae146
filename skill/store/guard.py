"""Keeps a store from costing anybody their exercise: a deadline, a rest after it, and one kind of error."""

import logging
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta
from threading import Lock, Thread
from time import monotonic
from typing import TypeVar

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.errors import Conflict, StoreError
from skill.store.attributes import Attributes
from skill.store.contract import Store

DEADLINE_SECONDS = 2.0  # Alexa waits for about eight
SLOW_SECONDS = 0.5  # what fails faster may be asked again at once
REST_SECONDS = 30.0

T = TypeVar("T")

log = logging.getLogger(__name__)


class Guard(AbstractPersistenceAdapter):
    """Asks any adapter in a thread of its own: one that hangs costs a turn `deadline` seconds at most.

    What has failed slowly is left alone for a while; then one call tries it. Whatever an adapter raises
    comes out as StoreError. A save that ran out of time may still take effect.
    """

    def __init__(
        self,
        store: AbstractPersistenceAdapter,
        *,
        deadline: float = DEADLINE_SECONDS,
        clock: Callable[[], float] = monotonic,
        after_save: Callable[[], object] | None = None,
    ) -> None:
        self._store = store
        self._deadline, self._clock = deadline, clock
        self._after_save = after_save
        self._rests_until: float | None = None
        self._can_save = True
        self._lock = Lock()

    def get_attributes(self, request_envelope: RequestEnvelope) -> Attributes:
        """Return the account's record; raises StoreError where that cannot be had now."""
        attributes: Attributes = self._ask(lambda: self._store.get_attributes(request_envelope))
        return attributes

    def save_attributes(self, request_envelope: RequestEnvelope, attributes: Attributes) -> None:
        """Store the record; raises Conflict where another write came between, else StoreError."""
        try:
            self._ask(lambda: self._store.save_attributes(request_envelope, attributes), self._after_save)
        except Conflict:
            raise
        except StoreError:
            self._can_save = False
            raise
        self._can_save = True

    def delete_attributes(self, request_envelope: RequestEnvelope) -> None:
        """Delete the account's record; raises StoreError where that cannot be done now."""
        self._ask(lambda: self._store.delete_attributes(request_envelope))

    def is_well(self) -> bool:
        """Return whether the store can be used now, and took what this process saved last."""
        try:
            if isinstance(self._store, Store):
                self._ask(self._store.check)
        except StoreError:
            return False
        return self._can_save and self._rests_until is None

    def _ask(self, call: Callable[[], T], then: Callable[[], object] | None = None) -> T:
        self._admit()
        began = self._clock()
        try:
            answer = _in_a_thread(call, then).result(self._deadline)
        except Conflict:
            self._rests_until = None
            raise
        except Exception as error:
            is_slow = isinstance(error, TimeoutError) or self._clock() - began >= SLOW_SECONDS
            self._rests_until = self._clock() + REST_SECONDS if is_slow else None
            if isinstance(error, StoreError):
                raise
            raise StoreError(type(error).__name__) from error
        self._rests_until = None
        return answer

    def _admit(self) -> None:
        """Raise StoreError while the store rests; then one call tries it, and the others do not wait."""
        with self._lock:
            if self._rests_until is None:
                return
            if self._clock() < self._rests_until:
                raise StoreError("the store was too slow a moment ago")
            self._rests_until = self._clock() + REST_SECONDS


class Retention:
    """Deletes what nobody has used for `days`: with the first save of a process, and then once a day."""

    def __init__(self, store: Store, days: int, now: Callable[[], datetime]) -> None:
        self._store, self._days, self._now = store, timedelta(days=days), now
        self._next: datetime | None = None

    def __call__(self) -> None:
        """Purge if it is time to; what fails is logged, and tried again the next day."""
        now = self._now()
        if self._next is not None and now < self._next:
            return
        self._next = now + timedelta(days=1)
        try:
            self._store.purge(now - self._days)
        except StoreError as error:
            log.warning("purge failed", extra={"error": type(error).__name__})


def guarded(store: AbstractPersistenceAdapter, days: int, now: Callable[[], datetime]) -> Guard:
    """Return any adapter behind a guard; a store that does not forget by itself is purged after `days`."""
    retention = Retention(store, days, now) if isinstance(store, Store) and not store.expires else None
    return Guard(store, after_save=retention)


def _in_a_thread(call: Callable[[], T], then: Callable[[], object] | None) -> Future[T]:
    """Return what `call` will give; what comes then keeps nobody waiting.

    A daemon for each call: one that hangs keeps neither the next call nor the end of the process waiting.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(call())
        except Exception as error:  # noqa: BLE001 (raised again where it is waited for)
            future.set_exception(error)
        else:
            if then:
                then()

    Thread(target=run, name="store", daemon=True).start()
    return future
