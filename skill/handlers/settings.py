"""What the user may change: how long holds last, and which exercise is left out."""

from dataclasses import replace

from skill.handlers.coach import Reply
from skill.handlers.launch import stretch_names
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.routine import Bout, Kind
from skill.timeline import Choice, Plan, moved

STEP = 10  # seconds that "longer" adds and "shorter" takes away
LONGEST_WISH = 600  # seconds; whatever is asked for, an exercise's own limit decides
STEPS = {"longer": STEP, "shorter": -STEP}


def change_hold(turn: Turn) -> Reply:
    """Hold longer or shorter from the next pair of sides on, within what is safe."""
    start = _next_bout(turn)
    affected = _first_hold(turn.bouts, start)
    if affected is None:
        return turn.go_on(turn.say(Line.NO_MORE_HOLDS))
    wish = _wish(turn, affected)
    if wish is None:
        return turn.go_on(turn.say(Line.WHICH_HOLD))
    plan = replace(turn.plan, choices=(*_still_needed(turn, start), Choice(start, wish)))
    seconds = affected.exercise.clamp(wish)
    is_another = turn.bout is None or turn.bout.exercise != affected.exercise or not turn.has_started
    line = Line.HOLDS_FROM_EXERCISE if is_another else Line.HOLDS_FROM_NEXT_SET
    line = line if seconds == wish else Line.HOLD_AT_LIMIT
    said = turn.say(line, seconds=seconds, exercise=affected.exercise.name)
    return replace(turn, plan=plan).go_on(said)


def leave_out(turn: Turn) -> Reply:
    """Leave an exercise out of the routine; one in progress is followed by the next."""
    named = turn.slots.get("stretch")
    exercise = turn.coach.content.exercises.get(named.id or "") if named else None
    if exercise is None:
        return turn.go_on(turn.say(Line.WHICH_STRETCH, names=stretch_names(turn)))
    plan = replace(turn.plan, without=tuple(dict.fromkeys([*turn.plan.without, exercise.id])))
    bouts = turn.coach.bouts(plan)
    if not bouts or exercise.id == turn.plan.routine:
        return turn.go_on(turn.say(Line.NOTHING_ELSE_LEFT))
    plan = _moved(turn, plan, bouts)
    if plan.first >= len(bouts):
        return turn.finish(plan)
    minutes = turn.phrases.minutes(turn.coach.seconds_to_go(plan))
    said = turn.say(Line.LEFT_OUT, exercise=exercise.name, minutes=minutes)
    if turn.bout and turn.bout.exercise.id == exercise.id:
        plan = plan.beginning_at(plan.first)
        next_up = turn.say(Line.NEXT_UP, exercise=bouts[plan.first].exercise.name)
        return turn.go_to(plan, said) if turn.position else replace(turn, plan=plan).ask(f"{said} {next_up}")
    return replace(turn, plan=plan).go_on(said)


def _still_needed(turn: Turn, start: int) -> list[Choice]:
    """Return the choices before `start` that pairs of the exercise in progress were begun with."""
    earlier = [choice for choice in turn.plan.choices if choice.start < start]
    begun = next((row.index for row in turn.bouts if turn.bout and row.exercise == turn.bout.exercise), 0)
    return [
        *[row for row in earlier if row.start <= begun][-1:],
        *[row for row in earlier if row.start > begun],
    ]


def _next_bout(turn: Turn) -> int:
    """Return the first bout that has not begun; one in progress keeps its length, as does its other side."""
    return turn.plan.first + turn.has_begun_the_bout


def _first_hold(bouts: tuple[Bout, ...], start: int) -> Bout | None:
    return next((bout for bout in bouts if bout.pair >= start and bout.exercise.kind is Kind.HOLD), None)


def _wish(turn: Turn, affected: Bout) -> int | None:
    """Return the seconds asked for; None where neither a number nor a direction was understood."""
    seconds, change = turn.slots.get("seconds"), turn.slots.get("change")
    if seconds and seconds.spoken.isdecimal():
        return min(int(seconds.spoken), LONGEST_WISH)
    if change and change.id in STEPS:
        return affected.amount + STEPS[change.id]
    return None


def _moved(turn: Turn, plan: Plan, bouts: tuple[Bout, ...]) -> Plan:
    """Return `plan` with its bouts found again among what is left."""
    old = turn.bouts
    choices = tuple(Choice(moved(row.start, old, bouts), row.seconds) for row in plan.choices)
    last = None if plan.last is None or plan.last >= len(old) else moved(plan.last, old, bouts)
    return replace(plan, first=moved(plan.first, old, bouts), choices=choices, last=last)
