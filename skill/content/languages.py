"""Checks that languages differ in their words alone: what is done, and how long, is the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from skill.content.loading import Library
from skill.content.models import DEFAULT_LOCALE
from skill.content.yaml_file import Key, YamlFile
from skill.errors import ContentError

EXERCISE = ("kind", "sides", "place", "equipment", "optional", "seconds", "tempo", "hold", "alone", "source")
ROUTINE = ("order", "detail", "doses")
TOPIC = ("formerly", "section", "refusal", "safety", "source")
TOLD = frozenset({"more"})  # there in every language, or in none


def differences(libraries: Mapping[str, Library]) -> Iterator[ContentError]:
    """Yield what each other language lacks, adds or changes beside that of the default locale."""
    reference = libraries[DEFAULT_LOCALE]
    languages = {library.content.locale.language: library for library in libraries.values()}
    for language, library in languages.items():
        if language != reference.content.locale.language:
            yield from _folder(library.exercise_files, reference.exercise_files, language, EXERCISE)
            yield from _folder(library.routine_files, reference.routine_files, language, ROUTINE)
            yield from _topics(library.faq_file, reference.faq_file)


def _folder(
    files: Mapping[str, YamlFile], others: Mapping[str, YamlFile], language: str, keys: tuple[str, ...]
) -> Iterator[ContentError]:
    for name in sorted(others.keys() - files.keys()):
        root, _, *path = others[name].name.split("/")
        yield ContentError(
            "/".join([root, language, *path]), 1, "file", f"is missing; see {others[name].name}"
        )
    for name, file in files.items():
        if name not in others:
            yield file.error((), f"is there in no other language than {language}")
        else:
            pair = _only(file.data, keys), _only(others[name].data, keys)
            yield from _different(file, others[name], (), *pair)


def _topics(file: YamlFile, other: YamlFile) -> Iterator[ContentError]:
    for name in sorted(other.data.keys() - file.data.keys()):
        yield file.error((name,), f"is missing; see {other.name}")
    for name, topic in file.data.items():
        if name not in other.data:
            yield file.error((name,), f"is not in {other.name}")
        else:
            yield from _different(file, other, (name,), _only(topic, TOPIC), _only(other.data[name], TOPIC))


def _only(data: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: data[key] for key in keys if key in data} | dict.fromkeys(TOLD & data.keys(), "a text")


def _different(file: YamlFile, other: YamlFile, key: Key, ours: Any, theirs: Any) -> Iterator[ContentError]:  # noqa: ANN401 (YAML)
    """Yield the innermost keys whose values differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for part in sorted(ours.keys() | theirs.keys()):
            yield from _different(file, other, (*key, part), ours.get(part), theirs.get(part))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, (one, another) in enumerate(zip(ours, theirs, strict=True)):
            yield from _different(file, other, (*key, index), one, another)
    elif ours != theirs:
        mine, its = ("nothing" if value is None else value for value in (ours, theirs))
        yield file.error(key, f"is {mine}, and {its} in {other.name}")
