"""Reads and checks the ways of asking: a plain text file a topic, one question a line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from skill.errors import ContentError
from skill.faq import words_of

LEAST_ASKS = 20
_PLAIN = re.compile(r"[^\W\d_A-Z]+(?:[' -]+[^\W\d_A-Z]+)*'?")


@dataclass(frozen=True)
class AsksFile:
    """The lines of one file; the number of a line is its place, counted from one."""

    name: str
    lines: tuple[str, ...] = field(repr=False)

    @property
    def asks(self) -> tuple[str, ...]:
        """The questions in it."""
        return tuple(filter(None, self.lines))

    def error(self, line: int, problem: str) -> ContentError:
        """Return the error that names this file and the line."""
        return ContentError(self.name, line, "ask", problem)


def read_asks(folder: Path, root: Path, problems: list[ContentError]) -> dict[str, AsksFile]:
    """Read `asks/` of a language's folder, by topic; adds to `problems` what is no readable text file."""
    files: dict[str, AsksFile] = {}
    for path in sorted((folder / "asks").glob("*")):
        name = path.relative_to(root.parent).as_posix()
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            problems.append(ContentError(name, 1, "file", "cannot be read as UTF-8 text"))
            continue
        if path.suffix == ".txt":
            files[path.stem] = AsksFile(name, tuple(line.strip() for line in lines))
        else:
            problems.append(ContentError(name, 1, "file", "is not read; only files ending in .txt are"))
    return files


def broken_asks(
    files: Mapping[str, AsksFile], names: Mapping[str, tuple[str, ...]]
) -> Iterator[ContentError]:
    """Yield what is too few, not plain, or there twice; `names` are those of each topic, by its id."""
    seen = {_plain(name): f"a name of {topic}" for topic, known in names.items() for name in known}
    for topic, file in files.items():
        if topic not in names:
            yield file.error(1, f"belongs to no topic: faq.yaml has no {topic}")
        elif len(file.asks) < LEAST_ASKS:
            yield file.error(1, f"there are {len(file.asks)} ways of asking; {LEAST_ASKS} is the least")
        for number, ask in enumerate(file.lines, start=1):
            if ask and not _PLAIN.fullmatch(ask):
                yield file.error(number, f"{ask!r} has more than small letters, spaces and apostrophes")
            elif ask and (where := seen.get(_plain(ask))):
                yield file.error(number, f"{ask!r} is there already, as {where}")
            seen.setdefault(_plain(ask), f"{file.name}:{number}")


def _plain(text: str) -> str:
    return " ".join(words_of(text))
