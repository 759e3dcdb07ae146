"""Checks that languages differ in their words alone: what is done, and how long, is the same."""

from collections.abc import Iterator, Mapping
from typing import Any

from skill.content.loading import Library
from skill.content.models import DEFAULT_LOCALE
from skill.content.yaml_file import Key, YamlFile
from skill.errors import ContentError

EXERCISE = ("kind", "sides", "place", "equipment", "optional", "seconds", "tempo", "hold", "alone", "source")
ROUTINE = ("order", "detail", "doses")
TOPIC = ("section", "refusal", "safety", "source")
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
    ours: Mapping[str, YamlFile], theirs: Mapping[str, YamlFile], language: str, keys: tuple[str, ...]
) -> Iterator[ContentError]:
    for name in sorted(theirs.keys() - ours.keys()):
        root, _, *path = theirs[name].name.split("/")
        yield ContentError(
            "/".join([root, language, *path]), 1, "file", f"is missing; there is {theirs[name].name}"
        )
    for name, file in ours.items():
        if name not in theirs:
            yield file.error((), "has no counterpart in the default language")
        else:
            yield from _different(file, (), _only(file.data, keys), _only(theirs[name].data, keys))


def _topics(ours: YamlFile, theirs: YamlFile) -> Iterator[ContentError]:
    for name in theirs.data.keys() - ours.data.keys():
        yield ours.error((name,), f"is missing; it is in {theirs.name}")
    for name, topic in ours.data.items():
        if name not in theirs.data:
            yield ours.error((name,), f"is not in {theirs.name}")
        else:
            yield from _different(ours, (name,), _only(topic, TOPIC), _only(theirs.data[name], TOPIC))


def _only(data: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    told = dict.fromkeys(TOLD & data.keys(), "a text")
    return {key: data[key] for key in keys if key in data} | told


def _different(file: YamlFile, key: Key, ours: object, theirs: object) -> Iterator[ContentError]:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for part in sorted(ours.keys() | theirs.keys()):
            yield from _different(file, (*key, part), ours.get(part), theirs.get(part))
    elif isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for index, pair in enumerate(zip(ours, theirs, strict=True)):
            yield from _different(file, (*key, index), *pair)
    elif ours != theirs:
        said = "is missing" if ours is None else f"is {ours}"
        yield file.error(key, f"{said}; the default language has {theirs or 'none'}")
