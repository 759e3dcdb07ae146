"""Checks that an interaction model and the content know the same things by the same ids."""

import json
from collections.abc import Iterator
from pathlib import Path

from skill.content.models import Content
from skill.errors import ContentError


def mismatches(path: Path, content: Content) -> Iterator[ContentError]:
    """Yield the ids of a slot type that model and content do not share.

    `path` is an interaction model as the developer console takes it.
    """
    name = f"{path.parent.name}/{path.name}"
    types = json.loads(path.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]["types"]
    modelled = {row["name"]: {value["id"] for value in row["values"]} for row in types}
    for slot_type, names in content.names.items():
        found = modelled.get(slot_type, set())
        for item in sorted(names.keys() ^ found):
            where = "the content" if item in found else "the model"
            yield ContentError(name, 1, f"{slot_type}.{item}", f"is not in {where}")
