"""What a record may hold: JSON without floats, and the revision that was read."""

from typing import Any

from skill.errors import StoreError

Attributes = dict[str, Any]

REVISION = "revision"


def revision_of(attributes: Attributes) -> int:
    """Return the revision that was read; 0 where nothing was stored."""
    return int(attributes.get(REVISION, 0))


def storable(attributes: Attributes) -> Attributes:
    """Return what is to be stored, with the next revision; raises StoreError where it cannot be.

    It has to be JSON without floats and empty keys: DynamoDB takes neither, so no store does. Its rules:
    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html
    """
    _check(attributes, "attributes")
    return {**attributes, REVISION: revision_of(attributes) + 1}


def _check(value: object, key: str) -> None:
    if isinstance(value, dict):
        for name, item in value.items():
            if not name or not isinstance(name, str):
                raise StoreError(f"{key}: {name!r} cannot be a key")
            _check(item, f"{key}.{name}")
    elif isinstance(value, list):
        for index, item in enumerate(value):
            _check(item, f"{key}.{index}")
    elif not isinstance(value, str | int | None):
        raise StoreError(f"{key}: a {type(value).__name__} cannot be stored")
