"""Answers about the exercise in progress, in place."""

from collections.abc import Callable

from skill.handlers.coach import Reply
from skill.handlers.launch import stretch_names
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.routine import Exercise, Side


def easier(turn: Turn) -> Reply:
    """Tell an easier version of the exercise."""
    return about(turn, lambda exercise: exercise.easier)


def harder(turn: Turn) -> Reply:
    """Tell a harder version of the exercise, if there is one."""
    return about(turn, lambda exercise: exercise.harder or turn.say(Line.NO_HARDER, exercise=exercise.name))


def mistakes(turn: Turn) -> Reply:
    """Tell the common mistakes in the exercise, if there are any."""
    return about(
        turn, lambda exercise: exercise.mistakes or turn.say(Line.NO_MISTAKES, exercise=exercise.name)
    )


def why(turn: Turn) -> Reply:
    """Tell what the exercise is good for."""
    return about(turn, lambda exercise: exercise.why)


def feel(turn: Turn) -> Reply:
    """Tell where the exercise is felt."""
    return about(turn, lambda exercise: exercise.feel)


def describe(turn: Turn) -> Reply:
    """Tell how the exercise is done."""
    return about(turn, lambda exercise: exercise.setup.full)


def list_stretches(turn: Turn) -> Reply:
    """Name all stretches."""
    return turn.go_on(turn.say(Line.STRETCHES, names=stretch_names(turn)))


def about(turn: Turn, tell: Callable[[Exercise], str]) -> Reply:
    """Answer about the exercise that was named, else the one in progress, said for its side."""
    named = turn.slots.get("stretch")
    if named is None and not turn.has_started:
        return turn.ask(turn.say(Line.NOTHING_YET))
    exercises = turn.coach.content.exercises
    exercise = exercises.get(named.id or "") if named else (turn.bout.exercise if turn.bout else None)
    if exercise is None:
        return turn.go_on(turn.say(Line.WHICH_STRETCH, names=stretch_names(turn)))
    in_progress = turn.bout is not None and turn.bout.exercise == exercise
    side = turn.bout.side if turn.bout and in_progress else Side.RIGHT
    return turn.answer(turn.phrases.sided(tell(exercise), side))
