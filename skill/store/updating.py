"""Changing a record that others may be changing as well."""

from collections.abc import Callable
from copy import deepcopy

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.errors import Conflict, StoreError
from skill.store.attributes import Attributes

MOST_TRIES = 10  # of all who try at once one gets through each time


def update(
    store: AbstractPersistenceAdapter, envelope: RequestEnvelope, change: Callable[[Attributes], Attributes]
) -> Attributes:
    """Read, change and save a record, and again where another write came between; returns what was saved.

    `change` takes the record as stored and returns the new one; it may be called several times. Raises
    StoreError where the store cannot be used, or others were always faster.
    """
    for _ in range(MOST_TRIES):
        stored = store.get_attributes(envelope)
        changed = {**change(deepcopy(stored)), "revision": stored.get("revision", 0)}
        try:
            store.save_attributes(envelope, changed)
        except Conflict:
            continue
        return changed
    raise StoreError("too many write at once")
