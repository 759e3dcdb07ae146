"""Loads and checks content/ into frozen models; every error names file, line and key."""

from pathlib import Path

from skill.content.loading import read_library
from skill.content.model_check import mismatches
from skill.content.models import DEFAULT_ROUTINE, Content, Topic
from skill.content.references import broken_references
from skill.content.timing import broken_timing
from skill.content.wording import broken_wording
from skill.errors import BrokenContentError, ContentError

__all__ = ["DEFAULT_ROUTINE", "Content", "Topic", "load_content", "mismatches"]


def load_content(directory: Path) -> Content:
    """Return the checked content of a directory; raises BrokenContentError with all that is wrong."""
    problems: list[ContentError] = []
    library = read_library(directory, problems)
    if library:
        problems += broken_references(library)
        problems += broken_wording(library)
    if library and not problems:
        problems += broken_timing(library)
    if library is None or problems:
        raise BrokenContentError(sorted(problems, key=lambda error: (error.file, error.line)))
    return library.content
