"""Reads content/ into models; what is wrong is collected, so that one run names it all."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from skill.content.asks import AsksFile, read_asks
from skill.content.models import Content, Locale, Pace, Speech, Topic
from skill.content.yaml_file import Key, YamlFile, read_yaml
from skill.errors import ContentError
from skill.pace import PLAIN
from skill.routine import Exercise, Routine

T = TypeVar("T")
Change = Callable[[Key, str], str]


@dataclass(frozen=True)
class Files:
    """The content files of one language; those of a folder by the id of what is in them."""

    exercise_files: dict[str, YamlFile] = field(repr=False)
    routine_files: dict[str, YamlFile] = field(repr=False)
    faq_file: YamlFile = field(repr=False)
    asks_files: dict[str, AsksFile] = field(repr=False)
    speech_file: YamlFile = field(repr=False)
    pace_file: YamlFile | None = field(repr=False)

    @property
    def spoken(self) -> tuple[YamlFile, ...]:
        """Every file with words in it."""
        return *self.exercise_files.values(), *self.routine_files.values(), self.faq_file, self.speech_file

    def changed(self, change: Change) -> "Files":
        """Return the files with each of their words put through `change`."""
        return replace(
            self,
            exercise_files={name: file.changed(change) for name, file in self.exercise_files.items()},
            routine_files={name: file.changed(change) for name, file in self.routine_files.items()},
            faq_file=self.faq_file.changed(change),
            speech_file=self.speech_file.changed(change),
        )


@dataclass(frozen=True)
class Library(Files):
    """The content of a locale, with the files it came from."""

    content: Content


def read_files(root: Path, language: str, problems: list[ContentError]) -> Files | None:
    """Read a language's folder in `root`; adds to `problems`, and returns None where a file is missing."""
    folder = root / language
    exercise_files = _folder(folder / "exercises", root, problems)
    routine_files = _folder(folder / "routines", root, problems)
    faq_file = _file(folder / "faq.yaml", root, problems)
    asks_files = read_asks(folder, root, problems)
    speech_file = _file(folder / "speech.yaml", root, problems)
    pace = folder / "pace.yaml"
    pace_file = _file(pace, root, problems) if pace.exists() else None
    if not (faq_file and speech_file):
        return None
    return Files(exercise_files, routine_files, faq_file, asks_files, speech_file, pace_file)


def read_locales(root: Path, problems: list[ContentError]) -> dict[str, tuple[Locale, YamlFile]]:
    """Read every locale with its file, by Alexa's name for it; adds to `problems`."""
    files = _folder(root / "locales", root, problems)
    locales = {name: file.parse(Locale, problems, name=name) for name, file in files.items()}
    return {name: (locale, files[name]) for name, locale in locales.items() if locale}


def parsed(files: Files, locale: Locale, problems: list[ContentError]) -> Library | None:
    """Return the content of the files; adds to `problems`, and returns None where anything is wrong."""
    before = len(problems)
    exercises = _parsed(files.exercise_files, Exercise, problems)
    routines = _parsed(files.routine_files, Routine, problems)
    topics = _topics(files, problems)
    speech = _as_lists(files.speech_file).parse(Speech, problems)
    pace = files.pace_file.parse(Pace, problems) if files.pace_file else Pace(PLAIN)
    if speech is None or pace is None or len(problems) > before:
        return None
    content = Content(locale, pace.costs, exercises, routines, topics, speech.phrases, speech.pronounce)
    return Library(**vars(files), content=content)


def _file(path: Path, root: Path, problems: list[ContentError]) -> YamlFile | None:
    try:
        return read_yaml(path, root)
    except ContentError as error:
        problems.append(error)
        return None


def _folder(folder: Path, root: Path, problems: list[ContentError]) -> dict[str, YamlFile]:
    """Read a folder's files by id, which is the file's name."""
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    files = {path.stem: _file(path, root, problems) for path in paths if path.suffix == ".yaml"}
    for path in paths:
        if path.suffix != ".yaml":
            name = path.relative_to(root.parent).as_posix()
            problems.append(ContentError(name, 1, "file", "is not read; only files ending in .yaml are"))
    if not files:
        name = folder.relative_to(root.parent).as_posix()
        problems.append(ContentError(name, 1, "file", "has no .yaml file"))
    return {name: file for name, file in files.items() if file}


def _parsed(files: dict[str, YamlFile], kind: type[T], problems: list[ContentError]) -> dict[str, T]:
    found = {name: file.parse(kind, problems, id=name) for name, file in files.items()}
    return {name: value for name, value in found.items() if value is not None}


def _topics(files: Files, problems: list[ContentError]) -> dict[str, Topic]:
    """Return the topics with the ways of asking from their own files."""
    asks = {name: file.asks for name, file in files.asks_files.items()}
    topics = _parsed(_entries(files.faq_file, problems), Topic, problems)
    return {name: replace(topic, asks=asks.get(name, ())) for name, topic in topics.items()}


def _entries(file: YamlFile, problems: list[ContentError]) -> dict[str, YamlFile]:
    """Take a file of several entries apart, each with the lines it has in the whole."""
    entries: dict[str, YamlFile] = {}
    for name, data in file.data.items():
        if not isinstance(data, dict):
            problems.append(file.error((name,), "has to be an entry with topic, answer and source"))
            continue
        lines = {key[1:]: line for key, line in file.lines.items() if key[:1] == (name,)}
        entries[name] = YamlFile(file.name, data, lines, prefix=(name,))
    return entries


def _as_lists(file: YamlFile) -> YamlFile:
    """Let a spoken line with one wording be written without a list."""
    lines: Any = file.data.get("lines")
    if not isinstance(lines, dict):
        return file
    listed = {key: [value] if isinstance(value, str) else value for key, value in lines.items()}
    return YamlFile(file.name, {**file.data, "lines": listed}, file.lines)
