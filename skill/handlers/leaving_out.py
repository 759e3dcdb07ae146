"""Which exercises are done: left out today or for good, and brought back."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from skill.handlers.coach import Reply
from skill.handlers.launch import stretch_names
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.routine import Bout, Exercise
from skill.timeline import Choice, Plan, changes_place, moved


def leave_out(turn: Turn) -> Reply:
    """Leave an exercise out of the routine today; one in progress is followed by the next."""
    exercise = _named(turn)
    if exercise is None:
        return _which(turn)
    plan = _plan_without(turn, exercise)
    return _leave_out(turn, plan, exercise, Line.LEFT_OUT) if plan else _refuse(turn)


def leave_out_for_good(turn: Turn) -> Reply:
    """Leave an exercise out of this routine and of all that come; by itself it can still be done."""
    exercise = _named(turn)
    if exercise is None:
        return _which(turn)
    without = tuple(dict.fromkeys([*turn.session.preferences.without, exercise.id]))
    then = turn.preferring(without=without)
    if not turn.coach.bouts(turn.coach.usual(then.session.preferences)):
        return _refuse(turn)
    plan = _plan_without(turn, exercise)
    if plan is None:
        return then.go_on(turn.say(Line.LEFT_OUT_NEXT_TIME, exercise=exercise.name))
    return _leave_out(then, plan, exercise, Line.LEFT_OUT_FOR_GOOD)


def bring_back(turn: Turn) -> Reply:
    """Take an exercise in again: today where its place has not passed, and whenever it is in the routine."""
    exercise = _named(turn)
    if exercise is None:
        return _which(turn)
    preferred = turn.session.preferences.without
    if exercise.id not in {*preferred, *turn.plan.without}:
        return turn.go_on(turn.say(Line.NOT_LEFT_OUT, exercise=exercise.name))
    plan = with_exercises(turn, [name for name in turn.plan.without if name != exercise.id])
    kept_out = tuple(name for name in preferred if name != exercise.id)
    then = replace(turn.preferring(without=kept_out), plan=plan)
    to_come = then.bouts[plan.first :]
    if exercise not in {bout.exercise for bout in to_come}:
        return then.go_on(turn.say(Line.BACK_NEXT_TIME, exercise=exercise.name))
    said = f"{turn.say(Line.BROUGHT_BACK, exercise=exercise.name)} {_makes(turn, plan)}"
    is_next = turn.has_started and turn.position is None and to_come[0].exercise == exercise
    return then.go_on(f"{said} {_next_up(turn, exercise)}" if is_next else said)


def with_exercises(turn: Turn, without: Sequence[str]) -> Plan:
    """Return the plan that leaves out `without` alone, with its bouts found again among the others.

    While the coach waits for an exercise to begin, what comes back right before it, in the same place, goes
    first, with the hold that was chosen from there on.
    """
    plan, old = replace(turn.plan, without=tuple(without)), turn.bouts
    bouts = turn.coach.bouts(plan)
    choices = tuple(Choice(moved(row.start, old, bouts), row.seconds) for row in plan.choices)
    last = None if plan.last is None or plan.last >= len(old) else moved(plan.last, old, bouts)
    plan = replace(plan, first=moved(plan.first, old, bouts), choices=choices, last=last)
    if turn.position or turn.has_begun_the_bout or turn.is_finished:
        return plan
    first = _first_of_what_is_back(bouts, plan.first, {bout.exercise.id for bout in old})
    if first == plan.first or (turn.has_started and _moves(bouts[first : plan.first + 1])):
        return plan
    starts = (first if row.start == plan.first else row.start for row in choices)
    choices = tuple(replace(row, start=start) for row, start in zip(choices, starts, strict=True))
    return replace(plan.beginning_at(first), choices=choices)


def _first_of_what_is_back(bouts: Sequence[Bout], first: int, known: set[str]) -> int:
    while first and bouts[first - 1].exercise.id not in known:
        first -= 1
    return first


def _moves(bouts: Sequence[Bout]) -> bool:
    """Return whether the person would have to go somewhere else for one of these."""
    return any(changes_place(now.exercise, then.exercise) for now, then in pairwise(bouts))


def _named(turn: Turn) -> Exercise | None:
    named = turn.slots.get("stretch")
    return turn.coach.content.exercises.get(named.id or "") if named else None


def _which(turn: Turn) -> Reply:
    return turn.go_on(turn.say(Line.WHICH_STRETCH, names=stretch_names(turn)))


def _refuse(turn: Turn) -> Reply:
    return turn.go_on(turn.say(Line.NOTHING_ELSE_LEFT))


def _plan_without(turn: Turn, exercise: Exercise) -> Plan | None:
    """Return the plan without one more exercise; None where nothing would be left."""
    plan = with_exercises(turn, list(dict.fromkeys([*turn.plan.without, exercise.id])))
    return None if exercise.id == plan.routine or not turn.coach.bouts(plan) else plan


def _leave_out(turn: Turn, plan: Plan, exercise: Exercise, line: Line) -> Reply:
    said, bouts = turn.say(line, exercise=exercise.name), turn.coach.bouts(plan)
    if plan.first >= len(bouts):
        return turn.finish(plan, said)
    said = f"{said} {_makes(turn, plan)}"
    if turn.bout is None or turn.bout.exercise.id != exercise.id:
        return replace(turn, plan=plan).go_on(said)
    plan = plan.beginning_at(plan.first)
    if turn.position:
        return turn.go_to(plan, said)
    return replace(turn, plan=plan).ask(f"{said} {_next_up(turn, bouts[plan.first].exercise)}")


def _makes(turn: Turn, plan: Plan) -> str:
    return turn.say(Line.MAKES_TO_GO, minutes=turn.phrases.minutes(turn.coach.seconds_to_go(plan)))


def _next_up(turn: Turn, exercise: Exercise) -> str:
    return turn.say(Line.NEXT_UP, exercise=exercise.name)
