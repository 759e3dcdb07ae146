"""Checks that every text can be spoken: placeholders, digits, length."""

import re
from collections.abc import Iterator
from string import Formatter

from skill.content.loading import Library
from skill.content.yaml_file import Key, YamlFile
from skill.errors import ContentError
from skill.phrases import Line, Phrases
from skill.routine import Side

SIDES = frozenset({"side", "other"})
MOST_WORDS = {("setup", "full"): 60, ("setup", "brief"): 35, ("setup", "other_side"): 12}
NAMES_SIDE = re.compile(r"{side[:}]")
NOT_SPOKEN = re.compile(r"[\d<>&*_#@\[\]|~^\\/\x00-\x08]")


def broken_wording(library: Library) -> Iterator[ContentError]:
    """Yield texts that cannot be said as they stand."""
    for name, file in library.exercise_files.items():
        exercise = library.content.exercises[name]
        yield from _plain(file, SIDES if exercise.sides == "each" else frozenset())
        yield from _forms(file, library.content.phrases)
        if exercise.sides == "each" and not NAMES_SIDE.search(exercise.setup.other_side):
            yield file.error(("setup", "other_side"), "has to name the {side} to change to")
        for key, most in MOST_WORDS.items():
            text = str(file.data["setup"].get(key[1], ""))
            if len(text.split()) > most:
                yield file.error(key, f"has {len(text.split())} words; {most} is the most")
    for file in (*library.routine_files.values(), library.faq_file):
        yield from _plain(file, frozenset())
    yield from _forms(library.speech_file, library.content.phrases)
    yield from _lines(library.speech_file, library.content.phrases)


def _plain(file: YamlFile, fields: frozenset[str]) -> Iterator[ContentError]:
    for key, text in file.texts():
        if "formerly" in key:  # ids, which nobody hears
            continue
        if not text.strip():
            yield file.error(key, "is empty; leave the key out, or say something")
        if found := NOT_SPOKEN.search(text):
            yield file.error(key, f"has {found[0]!r}; write it as it is spoken")
        yield from _fields(file, key, text, fields)


def _fields(file: YamlFile, key: Key, text: str, allowed: frozenset[str]) -> Iterator[ContentError]:
    try:
        named = [(name, spec) for _, name, spec, _ in Formatter().parse(text) if name is not None]
    except ValueError as error:
        yield file.error(key, f"has a brace that does not fit: {error}")
        return
    for name, _ in named:
        if name not in allowed:
            known = ", ".join(f"{{{field}}}" for field in sorted(allowed)) or "none"
            yield file.error(key, f"has {{{name}}}; here may stand: {known}")


def _lines(file: YamlFile, phrases: Phrases) -> Iterator[ContentError]:
    for line, variants in phrases.lines.items():
        for index, text in enumerate(variants):
            key: Key = ("lines", line.value, index)
            if not text.strip():
                yield file.error(key, "is empty")
            if NOT_SPOKEN.search(re.sub(r"{.*?}", "", text)):
                yield file.error(key, "has a sign or a digit; write it as it is spoken")
            yield from _fields(file, key, text, line.fields)
            yield from _nouns(file, key, text, phrases)
    yield from _repeated(file, phrases)


def _forms(file: YamlFile, phrases: Phrases) -> Iterator[ContentError]:
    """Yield forms of a side that `sides` does not have."""
    for key, text in file.texts():
        for form in re.findall(r"{(?:side|other):(\w+)}", text):
            if form not in phrases.sides.get(Side.RIGHT, ()):
                yield file.error(key, f"has the form {form!r}, which is not among those of `sides`")


def _nouns(file: YamlFile, key: Key, text: str, phrases: Phrases) -> Iterator[ContentError]:
    for noun in re.findall(r"{(?!side:)\w+:(\w+)}", text):
        if noun not in phrases.nouns and noun != "ordinal":
            yield file.error(key, f"counts {noun!r}, which is not among `nouns`")


ROTATING = frozenset(
    {
        Line.READY, Line.CHANGE, Line.REST, Line.START_HOLD, Line.START_REPETITIONS, Line.HALFWAY,
        Line.HALFWAY_TEN_LEFT, Line.TEN_LEFT, Line.COUNT, Line.LAST_REPETITION,
    }
)  # fmt: skip


def _repeated(file: YamlFile, phrases: Phrases) -> Iterator[ContentError]:
    """Yield lines of neighbouring bouts that would repeat themselves for want of a second wording."""
    for line in sorted(ROTATING & set(phrases.lines)):
        if len(set(phrases.lines[line])) < 2:  # noqa: PLR2004 (two wordings that take turns)
            yield file.error(
                ("lines", line.value), "needs at least two wordings, as neighbouring holds take turns"
            )
