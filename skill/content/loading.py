"""Reads content/ into models; what is wrong is collected, so that one run names it all."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from skill.content.asks import AsksFile, read_asks
from skill.content.models import Content, Speech, Topic
from skill.content.yaml_file import YamlFile, read_yaml
from skill.errors import ContentError
from skill.routine import Exercise, Routine

T = TypeVar("T")


@dataclass(frozen=True)
class Library:
    """The content with the files it came from, keyed by the id of what is in them."""

    content: Content
    exercise_files: dict[str, YamlFile] = field(repr=False)
    routine_files: dict[str, YamlFile] = field(repr=False)
    faq_file: YamlFile = field(repr=False)
    asks_files: dict[str, AsksFile] = field(repr=False)
    speech_file: YamlFile = field(repr=False)

    @property
    def files(self) -> tuple[YamlFile, ...]:
        """Every content file."""
        return (
            *self.exercise_files.values(),
            *self.routine_files.values(),
            self.faq_file,
            self.speech_file,
        )


def read_library(directory: Path, problems: list[ContentError]) -> Library | None:
    """Read all of content/; adds to `problems`, and returns None where anything cannot be read."""
    before = len(problems)
    exercise_files = _folder(directory, "exercises", problems)
    routine_files = _folder(directory, "routines", problems)
    faq_file = _file(directory / "faq.yaml", directory, problems)
    asks_files = read_asks(directory, problems)
    speech_file = _file(directory / "speech.yaml", directory, problems)
    if not (faq_file and speech_file):
        return None
    exercises = _parsed(exercise_files, Exercise, problems)
    routines = _parsed(routine_files, Routine, problems)
    topics = _parsed(_entries(faq_file, problems), Topic, problems)
    topics = {
        name: replace(topic, asks=asks_files[name].asks if name in asks_files else ())
        for name, topic in topics.items()
    }
    speech = _as_lists(speech_file).parse(Speech, problems)
    if speech is None or len(problems) > before:
        return None
    content = Content(exercises, routines, topics, speech.phrases, speech.pronounce)
    return Library(content, exercise_files, routine_files, faq_file, asks_files, speech_file)


def _file(path: Path, root: Path, problems: list[ContentError]) -> YamlFile | None:
    try:
        return read_yaml(path, root)
    except ContentError as error:
        problems.append(error)
        return None


def _folder(directory: Path, folder: str, problems: list[ContentError]) -> dict[str, YamlFile]:
    """Read a folder's files by id (the file's name); an exercise's own dose is for itself."""
    files = {
        path.stem: _file(path, directory, problems) for path in sorted((directory / folder).glob("*.yaml"))
    }
    for path in sorted((directory / folder).iterdir()) if (directory / folder).is_dir() else ():
        if path.suffix != ".yaml":
            name = path.relative_to(directory.parent).as_posix()
            problems.append(ContentError(name, 1, "file", "is not read; only files ending in .yaml are"))
    if not files:
        problems.append(ContentError(f"{directory.name}/{folder}", 1, "file", "has no .yaml file"))
    return {name: file for name, file in files.items() if file}


def _parsed(files: dict[str, YamlFile], kind: type[T], problems: list[ContentError]) -> dict[str, T]:
    found = {name: file.parse(kind, problems, id=name) for name, file in files.items()}
    return {name: value for name, value in found.items() if value is not None}


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
