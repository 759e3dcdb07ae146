"""Opening the skill, and starting a routine or a single stretch."""

from dataclasses import replace

from skill.content import DEFAULT_ROUTINE
from skill.handlers.turn import Reply, Turn
from skill.phrases import Line
from skill.routine import Exercise
from skill.session import Asked
from skill.timeline import Plan

IN_PROGRESS = frozenset({None, Asked.READY, Asked.PAUSED, Asked.START_OVER, Asked.PINCHED, Asked.ACHED})


def welcome(turn: Turn) -> Reply:
    """Welcome, the safety notice, what is needed, how long it takes, and the question whether to begin."""
    plan = Plan(DEFAULT_ROUTINE)
    sentences = (
        turn.say(Line.WELCOME),
        turn.say(Line.SAFETY_NOTICE),
        *equipment(turn, plan),
        _length(turn, Line.LENGTH, plan),
        turn.say(Line.HOW_TO_BREAK_IN),
    )
    return turn.ask(" ".join(sentences), Asked.BEGIN, plan=plan)


def start_routine(turn: Turn) -> Reply:
    """Start the routine that was named; without a name go on with the one in progress, or begin."""
    named = turn.slots.get("routine")
    if named is None and turn.asked in IN_PROGRESS:
        return turn.play(turn.from_rest())
    if named is None and not turn.has_started and not turn.is_new:
        return turn.play(turn.plan)
    routine = (named and named.id) or DEFAULT_ROUTINE
    plan = Plan(routine, without=turn.plan.without, done=turn.plan.done, worked=turn.plan.worked)
    sentences = [_length(turn, Line.STARTING, plan), *equipment(turn, plan)]
    return turn.play(plan, _opening(turn, sentences))


def start_stretch(turn: Turn) -> Reply:
    """Do the stretch that was named: within the routine where it has it, else by itself."""
    named = turn.slots.get("stretch")
    exercise = turn.coach.content.exercises.get(named.id or "") if named else None
    if exercise is None:
        return turn.go_on(turn.say(Line.WHICH_STRETCH, names=stretch_names(turn)))
    index = next((bout.index for bout in turn.bouts if bout.exercise.id == exercise.id), None)
    if index is not None and turn.asked in IN_PROGRESS:
        return turn.play(jump(turn.plan, index))
    plan = Plan(exercise.id, done=turn.plan.done, worked=turn.plan.worked)
    return turn.play(plan, _opening(turn, [turn.say(Line.STARTING_STRETCH, exercise=exercise.name)]))


def start_over(turn: Turn) -> Reply:
    """Ask before going back to the very beginning."""
    if turn.asked is Asked.ANYTHING_ELSE or not turn.has_started:
        return turn.play(_from_the_beginning(turn))
    return turn.ask(turn.say(Line.SURE_START_OVER), Asked.START_OVER, plan=turn.from_rest())


def restart(turn: Turn) -> Reply:
    """Begin the routine again, after the yes."""
    return turn.play(_from_the_beginning(turn))


def jump(plan: Plan, index: int) -> Plan:
    """Return `plan` at the beginning of another bout."""
    return replace(plan, first=index, held=0.0, entry=Plan(plan.routine).entry, lead=0.0)


def stretch_names(turn: Turn) -> str:
    """Return the names of all exercises as a spoken list."""
    exercises = turn.coach.content.exercises.values()
    return turn.phrases.listed([f"the {exercise.name}" for exercise in exercises])


def equipment(turn: Turn, plan: Plan) -> list[str]:
    """Return the sentences that name what a routine needs, and what is good to have."""
    exercises = list(dict.fromkeys(bout.exercise for bout in turn.coach.bouts(plan)))
    needed = _things(turn, [thing for exercise in exercises for thing in _needs(exercise)])
    optional = _things(turn, [thing for exercise in exercises for thing in exercise.optional])
    sentences = [turn.say(Line.EQUIPMENT, things=needed)]
    return [*sentences, turn.say(Line.OPTIONAL_EQUIPMENT, things=optional)] if optional else sentences


def _needs(exercise: Exercise) -> tuple[str, ...]:
    return (exercise.place, *exercise.equipment)


def _things(turn: Turn, things: list[str]) -> str:
    names = [turn.phrases.thing(thing) for thing in dict.fromkeys(things)]
    return turn.phrases.listed(names) if names else ""


def _length(turn: Turn, line: Line, plan: Plan) -> str:
    routine = turn.coach.content.routine(plan.routine)
    minutes = turn.phrases.minutes(turn.coach.seconds_to_go(plan))
    return turn.say(line, routine=routine.name if routine else "", minutes=minutes)


def _opening(turn: Turn, sentences: list[str]) -> str:
    """Return the words before a start; one without the welcome still has a safety notice."""
    return " ".join([turn.say(Line.SHORT_SAFETY_NOTICE), *sentences] if turn.is_new else sentences)


def _from_the_beginning(turn: Turn) -> Plan:
    choices = turn.plan.choices
    kept = (replace(choices[-1], start=0),) if choices else ()
    return Plan(turn.plan.routine, without=turn.plan.without, choices=kept)
