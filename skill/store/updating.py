"""Changing a record that others may be changing as well."""

from collections.abc import Callable
from copy import deepcopy
from random import uniform
from time import sleep as real_sleep

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.errors import Conflict, StoreError
from skill.store.attributes import Attributes

MOST_TRIES = 10
LONGEST_PAUSE = 0.005  # seconds, after the first try; each time longer, as others may be as quick as we are


def update(
    store: AbstractPersistenceAdapter,
    envelope: RequestEnvelope,
    change: Callable[[Attributes], Attributes],
    sleep: Callable[[float], object] = real_sleep,
) -> Attributes:
    """Read, change and save a record, and again where another write came between; returns what was saved.

    `change` takes the record as stored and returns the new one; it may be called several times. Raises
    StoreError where the store cannot be used, or others were always faster.
    """
    for tries in range(1, MOST_TRIES + 1):
        stored = store.get_attributes(envelope)
        changed = {**change(deepcopy(stored)), "revision": stored.get("revision", 0)}
        try:
            store.save_attributes(envelope, changed)
        except Conflict:
            sleep(uniform(0, tries * LONGEST_PAUSE))  # noqa: S311 (no secret)
            continue
        return changed
    raise StoreError("too many write at once")
