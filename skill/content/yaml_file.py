"""A YAML file that remembers on which line each key stands."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from skill.errors import ContentError

# libyaml's parser where PyYAML has it: ten times as fast, with the same results.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

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

    def changed(self, change: Callable[[Key, str], str]) -> "YamlFile":
        """Return this file with every text value put through `change`, which is given its key as well."""
        return replace(self, data=_changed((), self.data, change))

    def parse(self, kind: type[T], problems: list[ContentError], **given: object) -> T | None:
        """Return the data as `kind`, or None after adding what is wrong to `problems`."""
        try:
            found: T = _adapter(kind).validate_python({**self.data, **given})
        except ValidationError as error:
            rows = error.errors(include_url=False, include_input=False)
            problems.extend(self.error(_named(row["loc"]), _plain(row)) for row in rows)
            return None
        return found


_adapter: Callable[[Any], TypeAdapter[Any]] = lru_cache(maxsize=32)(TypeAdapter)  # costly to make


def read_yaml(path: Path, root: Path) -> YamlFile:
    """Read a content file; raises ContentError where it is no YAML mapping or has a key twice."""
    name = path.relative_to(root.parent).as_posix()
    text = ""
    try:
        text = path.read_text(encoding="utf-8")
        loader = _Loader(text)
        node = loader.get_single_node()
        data = loader.construct_document(node) if node else None
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "cannot be read as UTF-8 text"
        line = min(mark.line + 1, len(text.splitlines())) if mark else 1  # not past the end
        raise ContentError(name, line, "file", f"is not valid YAML: {problem}") from error
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


def _changed(prefix: Key, data: Any, change: Callable[[Key, str], str]) -> Any:  # noqa: ANN401 (YAML)
    if isinstance(data, str):
        return change(prefix, data)
    if isinstance(data, dict):
        return {key: _changed((*prefix, str(key)), value, change) for key, value in data.items()}
    if isinstance(data, list):
        return [_changed((*prefix, index), value, change) for index, value in enumerate(data)]
    return data


def _named(location: tuple[int | str, ...]) -> Key:
    return tuple(part for part in location if part != "[key]")


def _plain(row: Any) -> str:  # noqa: ANN401 (pydantic's error details)
    plain = {"missing": "is missing", "unexpected_keyword_argument": "is not a key that is known here"}
    if row["loc"] and row["loc"][-1] == "[key]":
        return plain["unexpected_keyword_argument"]
    message = str(row["msg"])
    return plain.get(row["type"], message[0].lower() + message[1:])
