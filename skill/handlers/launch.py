"""Opening the skill, and starting a routine or a single stretch."""

from dataclasses import replace

from skill.content import DEFAULT_ROUTINE
from skill.handlers.coach import Reply
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.preferences import accustomed, has_grown_accustomed
from skill.routine import Exercise, Side
from skill.session import Asked
from skill.timeline import Plan

AFTER_AN_ACHE = frozenset({Asked.PINCHED, Asked.ACHED})  # what hurt shall not follow by itself
IN_PROGRESS = frozenset(
    {None, Asked.READY, Asked.PAUSED, Asked.START_OVER, Asked.PINCHED, Asked.ACHED, Asked.RESUME}
)


def welcome(turn: Turn) -> Reply:
    """Welcome; whoever was here before hears less, and is asked whether to go on from an unfinished place."""
    if turn.place:
        return _ask_to_resume(turn, turn.place)
    plan = beginning(turn, _usual(turn))
    said = _short_welcome(turn) if turn.session.remembered.is_known else _long_welcome(turn, plan)
    sentences = (*said, length(turn, Line.LENGTH, plan), turn.say(Line.HOW_TO_BREAK_IN))
    changes = {"plan": plan, "has_heard_notice": True, "remembered": turn.told()}
    return turn.ask(" ".join(sentences), Asked.BEGIN, **changes)


def _long_welcome(turn: Turn, plan: Plan) -> list[str]:
    notice = [turn.say(Line.WELCOME), turn.say(Line.SAFETY_NOTICE)]
    return [*notice, *turn.lapse(), *equipment(turn, plan)]


def _short_welcome(turn: Turn) -> list[str]:
    return [turn.say(Line.WELCOME_BACK), turn.say(Line.SHORT_SAFETY_NOTICE), *_growing_accustomed(turn)]


def _growing_accustomed(turn: Turn) -> list[str]:
    """Return that less is told from now on, where that is so and nobody chose it."""
    routine = turn.coach.content.routine(_usual(turn))
    is_chosen = turn.session.preferences.detail is not None
    if is_chosen or routine is None or not has_grown_accustomed(routine.detail, _sessions(turn)):
        return []
    return [turn.say(Line.LESS_TALK_BY_NOW)]


def _ask_to_resume(turn: Turn, place: Plan) -> Reply:
    bout = turn.coach.bouts(place)[place.first]
    side = {} if bout.side is Side.BOTH else {"side": bout.side}
    where = turn.say(Line.YOU_WERE_ON if side else Line.YOU_WERE_ON_BOTH, exercise=bout.exercise.name, **side)
    return turn.ask(f"{turn.say(Line.WELCOME_BACK)} {where}", Asked.RESUME, plan=place)


def from_the_top(turn: Turn) -> Reply:
    """Offer the usual beginning to who does not want to go on from where they were."""
    plan = beginning(turn, _usual(turn))
    said = f"{turn.say(Line.SHORT_SAFETY_NOTICE)} {length(turn, Line.LENGTH, plan)}"
    return turn.ask(said, Asked.BEGIN, plan=plan, has_heard_notice=True)


def lost(turn: Turn) -> Reply:
    """Own up to a session that cannot be read, or whose place is gone, before anything moves on."""
    return turn.ask(turn.say(Line.LOST), Asked.BEGIN)


def nothing_yet(turn: Turn) -> Reply:
    """Say that there is nothing to go back to before the start."""
    return turn.ask(turn.say(Line.NOTHING_YET))


def start_routine(turn: Turn) -> Reply:
    """Start the routine that was named; without a name go on with the one in progress, or begin."""
    named = turn.slots.get("routine")
    if named is None and turn.asked is Asked.START_OVER:
        return restart(turn)
    if named is None and turn.waits_for in IN_PROGRESS:
        return turn.play(turn.from_rest())
    routine = (named and named.id) or _usual(turn)
    plan = beginning(turn, routine)
    if not turn.coach.bouts(plan):
        return turn.go_on(nothing_in(turn, routine))
    was_announced = routine == turn.plan.routine and turn.session.has_heard_notice and not turn.has_started
    announced = [] if was_announced else [length(turn, Line.STARTING, plan), *equipment(turn, plan)]
    return turn.go_to(plan, " ".join(announced))


def start_stretch(turn: Turn) -> Reply:
    """Do the stretch that was named: within the routine where it has it, else by itself."""
    named = turn.slots.get("stretch")
    exercise = turn.coach.content.exercises.get(named.id or "") if named else None
    if exercise is None:
        return turn.go_on(turn.say(Line.WHICH_STRETCH, names=stretch_names(turn)))
    index = next((bout.index for bout in turn.bouts if bout.exercise.id == exercise.id), None)
    if index is not None and turn.waits_for in IN_PROGRESS - AFTER_AN_ACHE:
        return turn.go_to(turn.plan.beginning_at(index))
    return turn.go_to(beginning(turn, exercise.id), turn.say(Line.STARTING_STRETCH, exercise=exercise.name))


def start_over(turn: Turn) -> Reply:
    """Ask before going back to the very beginning."""
    if turn.asked in (Asked.START_OVER, Asked.RESUME) or turn.is_finished or not turn.has_started:
        return restart(turn)
    before = turn.waits_for or Asked.PAUSED
    said = turn.say(Line.SURE_START_OVER)
    return turn.ask(said, Asked.START_OVER, plan=turn.from_rest(), asked_before=before)


def restart(turn: Turn) -> Reply:
    """Begin the routine again, after the yes."""
    return turn.go_to(beginning(turn, turn.plan.routine))


def stretch_names(turn: Turn) -> str:
    """Return the names of all exercises as a spoken list."""
    content = turn.coach.content
    usual = [bout.exercise for bout in turn.coach.bouts(Plan(DEFAULT_ROUTINE))]
    names = dict.fromkeys(exercise.name for exercise in [*usual, *content.exercises.values()])
    return turn.phrases.listed(list(names))


def nothing_in(turn: Turn, name: str) -> str:
    """Return that nothing is left of a routine; of one that is not there, which others are."""
    content = turn.coach.content
    if name in content.routines:
        return turn.say(Line.NOTHING_IN_ROUTINE, routine=content.routines[name].name)
    names = [routine.name for routine in content.routines.values()]
    return turn.say(Line.WHICH_ROUTINE, names=turn.phrases.listed(names))


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


def length(turn: Turn, line: Line, plan: Plan) -> str:
    """Return `line` said of the routine of `plan` and the minutes it takes."""
    routine = turn.coach.content.routine(plan.routine)
    minutes = turn.phrases.minutes(turn.coach.seconds_to_go(plan))
    return turn.say(line, routine=routine.name if routine else "", minutes=minutes)


def _usual(turn: Turn) -> str:
    return turn.coach.usual(turn.session.preferences).routine


def _sessions(turn: Turn) -> int:
    """Return how many sessions are behind the person, as far as it is known."""
    known = turn.session.remembered.progress
    return known.sessions if known else 0


def beginning(turn: Turn, routine: str) -> Plan:
    """Return the plan of a whole routine as the person likes it, with what this session left out and did."""
    plan, so_far = turn.session.preferences.plan(routine), turn.plan
    known = turn.coach.content.routine(routine)
    if plan.detail is None and known and routine not in turn.coach.content.exercises:
        plan = replace(plan, detail=accustomed(known.detail, _sessions(turn)))
    left_out = () if turn.asked is Asked.RESUME else so_far.without
    without = tuple(dict.fromkeys([*plan.without, *left_out]))
    return replace(plan, without=without, where=so_far.where, done=so_far.done, worked=so_far.worked)
