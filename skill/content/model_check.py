"""Checks that an interaction model and the content know the same things by the same names."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from skill.content.models import Content
from skill.errors import ContentError

Names = Mapping[str, frozenset[str]]


def mismatches(path: Path, content: Content) -> Iterator[ContentError]:
    """Yield the ids and names of a slot type that model and content do not share.

    `path` is an interaction model as the developer console takes it.
    """
    name = f"{path.parent.name}/{path.name}"
    types = json.loads(path.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]["types"]
    values = {row["name"]: _model_names(row["values"]) for row in types}
    for slot_type, expected in _content_names(content).items():
        found = values.get(slot_type, {})
        for item in sorted(expected.keys() ^ found.keys()):
            where = "the content" if item in found else "the model"
            yield ContentError(name, 1, f"{slot_type}.{item}", f"is not in {where}")
        for item in sorted(expected.keys() & found.keys()):
            if different := expected[item] ^ found[item]:
                yield ContentError(
                    name, 1, f"{slot_type}.{item}", f"differs in {', '.join(sorted(different))}"
                )


def with_names(model_text: str, content: Content) -> str:
    """Return an interaction model (JSON text) with the content's names in its slot types, all else kept."""
    model = json.loads(model_text)
    named = _named(content)
    for slot_type in model["interactionModel"]["languageModel"]["types"]:
        if slot_type["name"] in named:
            slot_type["values"] = [
                {"id": key, "name": {"value": names[0], "synonyms": list(names[1:])}}
                for key, names in named[slot_type["name"]].items()
            ]
    return json.dumps(model, indent=2, ensure_ascii=False) + "\n"


def _named(content: Content) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        "STRETCH": {key: (row.name, *row.also_called) for key, row in content.exercises.items()},
        "ROUTINE": {key: (row.name, *row.also_called) for key, row in content.routines.items()},
        "TOPIC": {key: (row.topic, *row.also_called) for key, row in content.topics.items()},
    }


def _model_names(values: list[dict[str, object]]) -> Names:
    return {
        str(row["id"]): _lowered(row["name"]["value"], row["name"].get("synonyms", []))  # type: ignore[index,attr-defined]
        for row in values
    }


def _content_names(content: Content) -> dict[str, Names]:
    return {
        kind: {key: _lowered(names[0], names[1:]) for key, names in values.items()}
        for kind, values in _named(content).items()
    }


def _lowered(name: str, others: Iterable[str]) -> frozenset[str]:
    return frozenset(text.lower() for text in (name, *others))
