"""What one country says in other words than the rest of its language."""

from collections.abc import Iterator

from skill.content.loading import Files
from skill.content.models import Locale
from skill.content.yaml_file import Key, YamlFile
from skill.errors import ContentError
from skill.phrases import reworded

# Keys whose values are not said by the coach: ids, and what people say, which is understood everywhere.
NOT_SAID = frozenset(
    [
        "also_called",
        "asks",
        "detail",
        "doses",
        "equipment",
        "formerly",
        "kind",
        "language",
        "optional",
        "order",
        "place",
        "pronounce",
        "section",
        "sides",
        "source",
    ]
)


def reworded_files(files: Files, locale: Locale) -> Files:
    """Return the files with the locale's own words in all that the coach says."""

    def change(key: Key, text: str) -> str:
        return text if NOT_SAID.intersection(key) else reworded(text, locale.words)

    return files.changed(change) if locale.words else files


def unused_words(files: Files, locale: Locale, locale_file: YamlFile) -> Iterator[ContentError]:
    """Yield the words that would replace nothing."""
    said = [text for file in files.spoken for key, text in file.texts() if not NOT_SAID.intersection(key)]
    for word, other in locale.words.items():
        if all(reworded(text, {word: other}) == text for text in said):
            yield locale_file.error(("words", word), f"is nowhere said in content/{locale.language}")
