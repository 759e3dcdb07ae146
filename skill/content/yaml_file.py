"""A YAML file that remembers on which line each key stands."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from skill.errors import ContentError

Key = tuple[str | int, ...]
T = TypeVar("T")


@dataclass(frozen=True)
class YamlFile:
    """The data of one content file, and the line of each key in it."""

    name: str
    data: dict[str, Any]
    lines: dict[Key, int] = field(default_factory=dict, repr=False)
    prefix: Key = ()

    def error(self, key: Key, problem: str) -> ContentError:
        """Return the error that names this file, the line of `key` or of what it should be in, and `key`."""
        known = next((key[:n] for n in range(len(key), -1, -1) if key[:n] in self.lines), ())
        named = ".".join(map(str, (*self.prefix, *key))) or "file"
        return ContentError(self.name, self.lines.get(known, 1), named, problem)

    def texts(self) -> Iterator[tuple[Key, str]]:
        """Yield every text value with its key."""
        yield from _texts((), self.data)

    def parse(self, kind: type[T], problems: list[ContentError], **given: object) -> T | None:
        """Return the data as `kind`, or None after adding what is wrong to `problems`."""
        try:
            return TypeAdapter(kind).validate_python({**self.data, **given})
        except ValidationError as error:
            rows = error.errors(include_url=False, include_input=False)
            problems.extend(self.error(_named(row["loc"]), _plain(row)) for row in rows)
        return None


def read_yaml(path: Path, root: Path) -> YamlFile:
    """Read a content file; raises ContentError where it is no YAML mapping or has a key twice."""
    name = path.relative_to(root.parent).as_posix()
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (yaml.MarkedYAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read as UTF-8 text"
        raise ContentError(
            name, mark.line + 1 if mark else 1, "file", f"is not valid YAML: {problem}"
        ) from error
    if not isinstance(data, dict) or not isinstance(node, yaml.MappingNode):
        raise ContentError(name, 1, "file", "has to be a list of `key: value` lines")
    lines: dict[Key, int] = {(): 1}
    for key, line in _key_lines((), node):
        if key in lines:
            raise ContentError(
                name, line, ".".join(map(str, key)), f"stands twice, first on line {lines[key]}"
            )
        lines[key] = line
    return YamlFile(name, data, lines)


def _key_lines(prefix: Key, node: yaml.Node) -> Iterator[tuple[Key, int]]:
    if isinstance(node, yaml.MappingNode):
        for key_node, value in node.value:
            key = (*prefix, str(key_node.value))
            yield key, key_node.start_mark.line + 1
            yield from _key_lines(key, value)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield (*prefix, index), value.start_mark.line + 1
            yield from _key_lines((*prefix, index), value)


def _texts(prefix: Key, data: object) -> Iterator[tuple[Key, str]]:
    if isinstance(data, str):
        yield prefix, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts((*prefix, str(key)), value)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _texts((*prefix, index), value)


def _named(location: tuple[int | str, ...]) -> Key:
    return tuple(part for part in location if part != "[key]")


def _plain(row: Any) -> str:  # noqa: ANN401 (pydantic's error details)
    plain = {"missing": "is missing", "unexpected_keyword_argument": "is not a key that is known here"}
    if row["loc"] and row["loc"][-1] == "[key]":
        return plain["unexpected_keyword_argument"]
    message = str(row["msg"])
    return plain.get(row["type"], message[0].lower() + message[1:])
