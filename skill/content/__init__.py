"""Loads and checks content/ into frozen models; every error names file, line and key."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

from skill.content.languages import differences
from skill.content.loading import Library, parsed, read_files, read_locales
from skill.content.locales import reworded_files, unused_words
from skill.content.model_check import mismatches
from skill.content.models import DEFAULT_LOCALE, DEFAULT_ROUTINE, Content, Locale, Topic
from skill.content.references import broken_references
from skill.content.timing import broken_timing
from skill.content.wording import broken_wording
from skill.content.yaml_file import YamlFile
from skill.errors import BrokenContentError, ContentError

__all__ = [
    "DEFAULT_LOCALE",
    "DEFAULT_ROUTINE",
    "Content",
    "Locale",
    "Topic",
    "load_content",
    "load_contents",
    "mismatches",
]

Locales = Mapping[str, tuple[Locale, YamlFile]]


def load_contents(directory: Path) -> dict[str, Content]:
    """Return the checked content of every locale, by Alexa's name for it.

    Raises BrokenContentError with all that is wrong, also where languages differ in more than words.
    """
    problems: list[ContentError] = []
    locales = read_locales(directory, problems)
    if DEFAULT_LOCALE not in locales and not problems:
        problems.append(_missing(directory, DEFAULT_LOCALE))
    libraries = _libraries(directory, locales, problems)
    if not problems:
        problems += differences(libraries)
    return {name: library.content for name, library in _sound(libraries, problems).items()}


def load_content(directory: Path, locale: str = DEFAULT_LOCALE) -> Content:
    """Return the checked content of one locale; raises BrokenContentError with all that is wrong."""
    problems: list[ContentError] = []
    locales = read_locales(directory, problems)
    chosen = {name: row for name, row in locales.items() if name == locale}
    if not chosen and not problems:
        problems.append(_missing(directory, locale))
    return _sound(_libraries(directory, chosen, problems), problems)[locale].content


def _libraries(directory: Path, locales: Locales, problems: list[ContentError]) -> dict[str, Library]:
    """Return what is sound of the locales; a mistake in a language is found in the first locale it has."""
    libraries = {}
    in_order = sorted(locales.values(), key=lambda row: (row[0].language, bool(row[0].words), row[0].name))
    for language, rows in groupby(in_order, key=lambda row: row[0].language):
        before = len(problems)
        files = read_files(directory, language, problems)
        for locale, locale_file in rows:
            if files is None or len(problems) > before:
                break
            problems += unused_words(files, locale, locale_file)
            library = parsed(reworded_files(files, locale), locale, problems)
            problems += _broken(library) if library and len(problems) == before else ()
            if library:
                libraries[locale.name] = library
    return libraries


def _broken(library: Library) -> Iterator[ContentError]:
    """Yield what is wrong inside a language; how long it takes to say once all else is sound."""
    problems = [*broken_references(library), *broken_wording(library)]
    yield from problems or broken_timing(library)


def _missing(directory: Path, locale: str) -> ContentError:
    name = f"{directory.name}/locales/{locale}.yaml"
    return ContentError(name, 1, "file", "is missing: it gives the language, its pace and a time zone")


def _sound(libraries: dict[str, Library], problems: list[ContentError]) -> dict[str, Library]:
    if problems:
        raise BrokenContentError(sorted(problems, key=lambda error: (error.file, error.line)))
    return libraries
