"""Where records are kept; every store is an AbstractPersistenceAdapter of the ASK SDK."""

from skill.errors import Conflict, StoreError
from skill.store.attributes import Attributes
from skill.store.contract import Kept, Store
from skill.store.guard import Guard, Retention, guarded
from skill.store.keys import Keys, envelope_of, hashed
from skill.store.memory import InMemoryStore
from skill.store.opening import StoreSettings, keys_of, open_store
from skill.store.updating import update

__all__ = [
    "Attributes",
    "Conflict",
    "Guard",
    "InMemoryStore",
    "Kept",
    "Keys",
    "Retention",
    "Store",
    "StoreError",
    "StoreSettings",
    "envelope_of",
    "guarded",
    "hashed",
    "keys_of",
    "open_store",
    "update",
]
