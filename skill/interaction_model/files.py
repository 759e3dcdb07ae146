"""The model files that Alexa takes, and whether they are what their sources make."""

import json
from collections.abc import Callable, Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from skill.content import Content
from skill.errors import ContentError
from skill.interaction_model.building import Json, model_of
from skill.interaction_model.source import read_locales


def build_models(directory: Path, content_of: Callable[[str], Content]) -> dict[Path, str]:
    """Return what belongs into `<locale>.json`, for each locale that has a source in `directory`.

    `content_of` gives the content of a locale. Raises BrokenContentError with what is wrong in the sources.
    """
    return {
        directory / f"{locale.name}.json": _text(model_of(locale, content_of(locale.name)))
        for locale in read_locales(directory)
    }


def stale(directory: Path, models: Mapping[Path, str]) -> Iterator[ContentError]:
    """Yield each model file in `directory` that is not what `models` say, at the first line that differs."""
    for path in sorted({*directory.glob("*.json"), *models}):
        name = f"{directory.name}/{path.name}"
        if path not in models:
            source = f"{directory.name}/{path.stem}.yaml"
            yield ContentError(name, 1, "file", f"has no source; add {source}, or delete it")
        elif line := _first_difference(path, models[path]):
            problem = "differs from its sources; write it with: python -m skill model"
            yield ContentError(name, line, _key(models[path], line), problem)


def _text(model: Json) -> str:
    return json.dumps(model, indent=2, ensure_ascii=False) + "\n"


def _first_difference(path: Path, text: str) -> int | None:
    """Return the number of the first line in which a file differs from `text`; None where it does not."""
    written = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    pairs = zip_longest(written, text.splitlines())
    return next((number for number, (old, new) in enumerate(pairs, 1) if old != new), None)


def _key(text: str, line: int) -> str:
    """Return the name of the intent or slot type in whose lines `line` is."""
    names = [row.split('"')[3] for row in text.splitlines()[:line] if row.strip().startswith('"name": "')]
    return names[-1] if names else "file"
