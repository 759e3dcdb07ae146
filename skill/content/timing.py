"""Checks that content can be played: every block within Alexa's limits, every repetition within its tempo."""

from collections.abc import Iterator
from itertools import product

from skill.content.loading import Library
from skill.content.models import Content
from skill.errors import ContentError
from skill.phrases import Phrases
from skill.routine import Detail, Exercise, Kind, Phase, Side
from skill.ssml import LONGEST_SSML, render
from skill.timeline import LONGEST_BLOCK, Choice, Narrator, Plan, blocks, bouts_of

SHORTEST_TEMPO_QUIET = 0.2  # seconds of silence in a repetition with a cue
LONGEST_CUE = 4.5  # seconds
LONGEST_ANSWER = 15.0  # seconds, of a question's answer or what there is more to it
LONGEST_WISH = 1000  # seconds; more than any exercise allows
PRECISION = 0.05  # seconds


def broken_timing(library: Library) -> Iterator[ContentError]:
    """Yield cues that do not fit and replies that are too long, with the voice the coach plans for."""
    narrator = library.content.narrator()
    for name, exercise in library.content.exercises.items():
        for index, problem in _long_cues(exercise, narrator):
            yield library.exercise_files[name].error(("cues", index), problem)
        if exercise.tempo and exercise.tempo < narrator.pace(_longest_number(narrator.phrases)):
            yield library.exercise_files[name].error(("tempo",), "is shorter than it takes to say the count")
        if too_long := _long_reply(library, name, narrator):
            yield library.exercise_files[name].error(("alone",), too_long)
    for name, file in library.routine_files.items():
        if too_long := _long_reply(library, name, narrator):
            yield file.error(("doses",), too_long)
    yield from _long_answers(library, narrator)


def _long_answers(library: Library, narrator: Narrator) -> Iterator[ContentError]:
    for name, topic in library.content.topics.items():
        for key, text in (("answer", topic.answer), ("more", topic.more or "")):
            if (seconds := narrator.pace(text)) > LONGEST_ANSWER:
                problem = f"takes {seconds:.1f} seconds; an answer takes {LONGEST_ANSWER:.0f} at most"
                yield library.faq_file.error((name, key), problem)


def _long_cues(exercise: Exercise, narrator: Narrator) -> Iterator[tuple[int, str]]:
    for index, cue in enumerate(exercise.cues):
        seconds = narrator.pace(narrator.phrases.sided(cue, Side.RIGHT))
        if exercise.kind is Kind.HOLD and seconds > LONGEST_CUE:
            yield index, f"takes {seconds:.1f} seconds; a cue in a hold takes {LONGEST_CUE} at most"
        room = (exercise.tempo or 0) - narrator.pace(_longest_number(narrator.phrases)) - SHORTEST_TEMPO_QUIET
        if exercise.kind is Kind.REPS and seconds > room:
            yield index, f"takes {seconds:.1f} seconds; beside the count a repetition has room for {room:.1f}"


def _longest_number(phrases: Phrases) -> str:
    return max((phrases.number(number) for number in range(1, 16)), key=len)


def _long_reply(library: Library, name: str, narrator: Narrator) -> str | None:
    """Return what is too long in a routine, with as much said and every hold as long as may be asked for."""
    for detail, choices in product(Detail, ((), (Choice(0, LONGEST_WISH),))):
        if problem := _problem(library.content, Plan(name, choices=choices, detail=detail), narrator):
            return problem
    return None


def _problem(content: Content, plan: Plan, narrator: Narrator) -> str | None:
    routine = content.routine(plan.routine)
    assert routine is not None  # noqa: S101 (the name comes from the content)
    bouts = bouts_of(routine, content.exercises, plan)
    for number, timeline in enumerate(blocks(bouts, plan, plan.detail_in(routine), narrator), start=1):
        characters = len(render(timeline.segments, content.pronunciations))
        if timeline.seconds > LONGEST_BLOCK or characters > LONGEST_SSML:
            return (
                f"reply {number} takes {timeline.seconds:.0f} seconds and {characters} characters; too long"
            )
        for bout in {row.bout for row in timeline.segments if row.phase is Phase.HOLD and row.bout}:
            work = [row for row in timeline.segments if row.bout == bout and row.phase is Phase.HOLD]
            seconds = sum(row.seconds for row in work)
            if abs(seconds - bout.amount) > PRECISION:
                return f"a hold of {bout.amount} seconds takes {seconds:.1f}, as more is said in it than fits"
    return None
