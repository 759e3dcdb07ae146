"""Checks that content files fit together: what one names, another has."""

from collections.abc import Iterable, Iterator

from skill.content.asks import broken_asks
from skill.content.loading import Library
from skill.content.models import DEFAULT_ROUTINE
from skill.content.yaml_file import Key, YamlFile
from skill.errors import ContentError
from skill.phrases import HOUR, Line, Phrases
from skill.routine import Dose, Exercise, Kind, Side

SPOKEN_SECTIONS = ("setup", "cues", "release", "feel", "why", "mistakes", "easier", "harder", "safety")


EXAMPLES = {
    "hold": "the shortest and the longest safe hold in seconds, {least: 15, most: 60}",
    "tempo": "the seconds one repetition takes",
}
LEAST_WORDINGS = {"cues": 4, "release": 2}


def broken_references(library: Library) -> Iterator[ContentError]:
    """Yield what is missing, unknown, contradictory or unused."""
    for name, exercise in library.content.exercises.items():
        yield from _exercise(library, library.exercise_files[name], exercise)
    for name, routine in library.content.routines.items():
        file = library.routine_files[name]
        if name in library.content.exercises:
            yield file.error((), f"has the name of the exercise {name}; rename one of the two")
        if not routine.doses:
            yield file.error(("doses",), "has to name at least one exercise")
        for index, dose in enumerate(routine.doses):
            yield from _dose(library, file, ("doses", index), dose)
            if dose.exercise in {earlier.exercise for earlier in routine.doses[:index]}:
                yield file.error(("doses", index, "exercise"), "is there twice; give it more sets")
    if DEFAULT_ROUTINE not in library.content.routines:
        name = f"content/{library.content.locale.language}/routines/{DEFAULT_ROUTINE}.yaml"
        yield ContentError(name, 1, "file", "is missing: the coach starts with it")
    yield from _names(library)
    yield from _topics(library)
    yield from _speech(library)


def _exercise(library: Library, file: YamlFile, exercise: Exercise) -> Iterator[ContentError]:
    yield from _sources(file, exercise)
    yield from _kind(file, exercise)
    yield from _things(library, file, exercise)
    if exercise.sides == "each":
        yield from _two_sides(file, exercise)
    for key, least in LEAST_WORDINGS.items():
        if len(set(getattr(exercise, key))) < least:
            yield file.error((key,), f"needs at least {least} different wordings, as neighbours take turns")
    yield from _dose(library, file, ("alone",), exercise.alone, exercise)


def _sources(file: YamlFile, exercise: Exercise) -> Iterator[ContentError]:
    spoken = {section for section in SPOKEN_SECTIONS if file.data.get(section)}
    for section in sorted(spoken - set(exercise.source)):
        yield file.error(("source",), f"has to say where `{section}` comes from: article or general")
    for section in sorted(set(exercise.source) - spoken):
        yield file.error(("source", section), "is the source of a section that is not there")


def _kind(file: YamlFile, exercise: Exercise) -> Iterator[ContentError]:
    needed, other = ("hold", "tempo") if exercise.kind is Kind.HOLD else ("tempo", "hold")
    if getattr(exercise, needed) is None:
        yield file.error((needed,), f"is missing: {EXAMPLES[needed]}")
    if getattr(exercise, other) is not None:
        yield file.error((other,), f"does not go with the kind {exercise.kind}")
    if exercise.hold and exercise.hold.least > exercise.hold.most:
        yield file.error(("hold", "least"), "is more than most")


def _things(library: Library, file: YamlFile, exercise: Exercise) -> Iterator[ContentError]:
    named = [("place", exercise.place)]
    named += [("equipment", thing) for thing in exercise.equipment]
    named += [("optional", thing) for thing in exercise.optional]
    for key, thing in named:
        if thing not in library.content.phrases.things:
            yield file.error((key,), f"names {thing!r}, which speech.yaml does not list under `things`")


def _two_sides(file: YamlFile, exercise: Exercise) -> Iterator[ContentError]:
    if not exercise.setup.other_side:
        yield file.error(("setup", "other_side"), "is missing: how to change to the other side")
    if not exercise.seconds.change:
        yield file.error(("seconds", "change"), "is missing: the seconds it takes to change sides")


def _dose(
    library: Library, file: YamlFile, key: Key, dose: Dose, exercise: Exercise | None = None
) -> Iterator[ContentError]:
    exercise = exercise or library.content.exercises.get(dose.exercise)
    if exercise is None:
        yield file.error(
            (*key, "exercise"), f"names {dose.exercise!r}, and no exercises/ file is called that"
        )
        return
    amount, other = ("seconds", "repetitions") if exercise.kind is Kind.HOLD else ("repetitions", "seconds")
    if getattr(dose, amount) is None or getattr(dose, other) is not None:
        yield file.error(
            key, f"has to give {amount}, and no {other}, as {exercise.id} is of the kind {exercise.kind}"
        )
    elif exercise.hold and exercise.clamp(dose.seconds or 0) != dose.seconds:
        least, most = exercise.hold.least, exercise.hold.most
        yield file.error((*key, "seconds"), f"is outside the safe hold of {exercise.id}: {least} to {most}")
    if dose.sets > 1 and len(exercise.setup.next_set) < 2:  # noqa: PLR2004 (two, so that neighbours differ)
        yield file.error((*key, "sets"), f"needs at least two wordings in setup.next_set of {exercise.id}")


def _names(library: Library) -> Iterator[ContentError]:
    """Yield names that two things of a kind share: what is said must mean one of them."""
    content, files = library.content, library
    yield from _shared(
        (files.exercise_files[name], (), (item.name, *item.also_called))
        for name, item in content.exercises.items()
    )
    yield from _shared(
        (files.routine_files[name], (), (item.name, *item.also_called))
        for name, item in content.routines.items()
    )
    yield from _shared(
        (files.faq_file, (name,), (item.topic, *item.also_called)) for name, item in content.topics.items()
    )


def _topics(library: Library) -> Iterator[ContentError]:
    topics, file = library.content.topics, library.faq_file
    taken = set(topics)
    for name, topic in topics.items():
        if "asks" in file.data[name]:
            yield file.error((name, "asks"), f"belongs into asks/{name}.txt, one a line")
        if not topic.answer and not topic.refusal:
            yield file.error((name, "answer"), "is missing: only a refusal may have none")
        if name not in library.asks_files:
            yield file.error((name,), f"has no ways of asking: asks/{name}.txt is missing")
        for index, former in enumerate(topic.formerly):
            if former in taken:
                yield file.error((name, "formerly", index), f"{former!r} is the id of another topic")
            taken.add(former)
    names = {name: (topic.topic, *topic.also_called) for name, topic in topics.items()}
    yield from broken_asks(library.asks_files, names)


def _shared(named: Iterable[tuple[YamlFile, Key, tuple[str, ...]]]) -> Iterator[ContentError]:
    seen: set[str] = set()
    for file, prefix, names in named:
        for index, name in enumerate(names):
            if name.lower() in seen:
                key = ("also_called", index - 1) if index else ()
                yield file.error((*prefix, *key), f"{name!r} is a name that something else has already")
            seen.add(name.lower())


def _speech(library: Library) -> Iterator[ContentError]:
    file, phrases = library.speech_file, library.content.phrases
    for line in Line:
        if not phrases.lines.get(line):
            yield file.error(("lines", line.value), "is missing: the coach needs this line")
    yield from _forms(file, phrases)
    used = {
        thing
        for exercise in library.content.exercises.values()
        for thing in (exercise.place, *exercise.equipment, *exercise.optional)
    }
    for thing in sorted(set(phrases.things) - used):
        yield file.error(("things", thing), "is named by no exercise")
    if phrases.language != library.content.locale.language:
        yield file.error(("language",), f"has to be {library.content.locale.language}, as the folder's name")


def _forms(file: YamlFile, phrases: Phrases) -> Iterator[ContentError]:
    for side in Side:
        if not phrases.sides.get(side):
            yield file.error(("sides", side.value), "is missing")
    right, left = (set(phrases.sides.get(side, ())) for side in (Side.RIGHT, Side.LEFT))
    for form in sorted(right ^ left):
        yield file.error(("sides",), f"has the form {form} for one side, and not for the other")
    if HOUR not in phrases.nouns:
        yield file.error(("nouns", HOUR), "is missing: how a time of day is said")
    for name, noun in phrases.nouns.items():
        for key, forms in (("forms", noun.forms), ("and_a_half", noun.and_a_half)):
            if forms and "{count}" not in forms.get("other", ""):
                yield file.error(("nouns", name, key), "needs the form `other`, with {count} in it")
