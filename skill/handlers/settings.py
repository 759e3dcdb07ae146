"""What the user may change: the length of holds, how much is said, the first side, the usual routine."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from pydantic import TypeAdapter, ValidationError

from skill.handlers import topics
from skill.handlers.coach import Reply
from skill.handlers.launch import beginning, length, nothing_in
from skill.handlers.leaving_out import with_exercises
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.preferences import LONGEST_WISH, Preferences
from skill.routine import Bout, Detail, Kind, OneSide, Side
from skill.timeline import Choice, Plan, starting_with

STEP = 10  # seconds that "longer" adds and "shorter" takes away, unless they say how many
SIGNS = {"longer": 1, "shorter": -1}
DURATION = TypeAdapter(timedelta)  # ISO 8601, as AMAZON.DURATION brings it
SIDES: Mapping[str, OneSide] = {"right": Side.RIGHT, "left": Side.LEFT}
SETTING_DETAIL = {
    Detail.BRIEF: Line.SETTING_BRIEF,
    Detail.USUAL: Line.SETTING_USUAL,
    Detail.FULL: Line.SETTING_FULL,
}


def change_hold(turn: Turn) -> Reply:
    """Hold longer or shorter from the next pair of sides on, within what is safe, and from now on."""
    start = _next_bout(turn)
    affected = _first_hold(turn.bouts, start)
    wish = _wish(turn, affected)
    if wish is None:
        return turn.go_on(turn.say(Line.WHICH_HOLD if affected else Line.NO_MORE_HOLDS))
    if affected is None:
        return turn.preferring(hold=wish).go_on(turn.say(Line.HOLDS_NEXT_TIME, seconds=wish))
    seconds = affected.exercise.clamp(wish)
    is_another = turn.bout is None or turn.bout.exercise != affected.exercise or not turn.has_started
    line = Line.HOLDS_FROM_EXERCISE if is_another else Line.HOLDS_FROM_NEXT_SET
    line = line if seconds == wish else Line.HOLD_AT_LIMIT
    said = turn.say(line, seconds=seconds, exercise=affected.exercise.name)
    return replace(turn.preferring(hold=wish), plan=_holding(turn, wish)).go_on(said)


def less_talk(turn: Turn) -> Reply:
    """Say less from here on: shorter setups, fewer cues."""
    detail = turn.coach.detail(turn.plan)
    return _telling(turn, detail.less, Line.LESS_TALK if detail.less is not detail else Line.LEAST_TALK)


def more_detail(turn: Turn) -> Reply:
    """Say more from here on; right after an answer, more about that."""
    if topics.has_just_answered(turn):
        return topics.tell_more(turn)
    detail = turn.coach.detail(turn.plan)
    return _telling(turn, detail.more, Line.MORE_DETAIL if detail.more is not detail else Line.MOST_DETAIL)


def starting_side(turn: Turn) -> Reply:
    """Begin with the side that was named, from the next exercise on that has not begun."""
    named = turn.slots.get("side")
    side = SIDES.get(named.id or "") if named else None
    if side is None:
        return turn.go_on(turn.say(Line.WHICH_SIDE))
    plan = starting_with(side, turn.bouts, turn.plan)
    then = replace(turn.preferring(side=side), plan=plan)
    ahead = (bout for bout in then.bouts[plan.first :] if bout.exercise.sides == "each")
    first = next((bout for bout in ahead if bout.side is side and _is_first(bout, then.bouts)), None)
    if first is None:
        return then.go_on(turn.say(Line.SIDE_NEXT_TIME, side=side))
    line = turn.say(Line.SIDE_FIRST, side=side, exercise=first.exercise.name)
    return then.go_on(line)


def usual_routine(turn: Turn) -> Reply:
    """Keep a routine as the one to begin with; what is under way goes on as it is."""
    named = turn.slots.get("routine")
    routine = (named and named.id) or ""
    plan = beginning(turn, routine)
    if not turn.coach.bouts(plan):
        return turn.go_on(nothing_in(turn, routine))
    then = turn.preferring(routine=routine)
    then = then if turn.has_started else replace(then, plan=plan)
    return then.go_on(length(turn, Line.USUAL_ROUTINE, plan))


def tell_settings(turn: Turn) -> Reply:
    """Tell what the person has chosen."""
    chosen = list(_chosen(turn, turn.session.preferences))
    return turn.go_on(" ".join(chosen) if chosen else turn.say(Line.SETTINGS_USUAL))


def reset_settings(turn: Turn) -> Reply:
    """Take everything back that was chosen for good; what was left out just today stays out."""
    today = [name for name in turn.plan.without if name not in turn.session.preferences.without]
    plan = starting_with(Side.RIGHT, turn.bouts, _holding(turn, None))
    plan = with_exercises(replace(turn, plan=replace(plan, detail=None)), today)
    then = replace(turn, plan=plan, session=replace(turn.session, preferences=Preferences()))
    said = turn.say(Line.SETTINGS_RESET)
    if turn.has_started:
        return then.go_on(said)
    plan = beginning(then, turn.coach.usual(Preferences()).routine)
    return replace(then, plan=plan).go_on(f"{said} {length(turn, Line.LENGTH, plan)}")


def as_preferred(turn: Turn) -> Plan | None:
    """Return the plan of `turn`, an earlier session's, with all that was chosen for good since.

    A pair of sides that was begun keeps its length. None where the exercise to go on with is left out now.
    """
    bout, preferences = turn.bout, turn.session.preferences
    wanted = beginning(turn, turn.plan.routine)
    turn = replace(turn, plan=replace(with_exercises(turn, wanted.without), detail=wanted.detail))
    if bout is None or turn.bout is None or turn.bout.exercise != bout.exercise:
        return None
    if turn.plan.chosen_hold != preferences.hold:
        turn = replace(turn, plan=_holding(turn, preferences.hold))
    return starting_with(wanted.side, turn.bouts, turn.plan) if turn.plan.side != wanted.side else turn.plan


def _telling(turn: Turn, detail: Detail, line: Line) -> Reply:
    then = turn.preferring(detail=detail)
    return replace(then, plan=replace(turn.plan, detail=detail)).go_on(turn.say(line))


def _chosen(turn: Turn, preferences: Preferences) -> Iterator[str]:
    content = turn.coach.content
    without = [content.exercises[name].name for name in preferences.without if name in content.exercises]
    if routine := content.routines.get(preferences.routine or ""):
        yield turn.say(Line.SETTING_ROUTINE, routine=routine.name)
    if preferences.hold is not None:
        yield turn.say(Line.SETTING_HOLD, seconds=preferences.hold)
    if preferences.detail:
        yield turn.say(SETTING_DETAIL[preferences.detail])
    if preferences.side:
        yield turn.say(Line.SETTING_SIDE, side=preferences.side)
    if without:
        yield turn.say(Line.SETTING_WITHOUT, exercises=turn.phrases.listed(without, style="or"))


def _holding(turn: Turn, seconds: int | None) -> Plan:
    """Return the plan that holds for `seconds`, or as the routine has it, from the next pair of sides on."""
    start = _next_bout(turn)
    return replace(turn.plan, choices=(*_still_needed(turn, start), Choice(start, seconds)))


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


def _is_first(bout: Bout, bouts: tuple[Bout, ...]) -> bool:
    """Return whether its exercise begins with this bout."""
    return bout.index == 0 or bouts[bout.index - 1].exercise != bout.exercise


def _wish(turn: Turn, affected: Bout | None) -> int | None:
    """Return the seconds asked for; None where that was not understood, or has no hold to start from."""
    seconds, change = _seconds(turn), turn.slots.get("change")
    if change is None or change.id not in SIGNS:
        return None if seconds is None else _within_reason(seconds)
    step = STEP if seconds is None else seconds
    return _within_reason(affected.amount + SIGNS[change.id] * step) if affected else None


def _within_reason(seconds: int) -> int:
    return min(max(seconds, 1), LONGEST_WISH)


def _seconds(turn: Turn) -> int | None:
    number, duration = turn.slots.get("seconds"), turn.slots.get("duration")
    if number and number.spoken.isdecimal():
        return int(number.spoken)
    try:
        return round(DURATION.validate_python(duration.spoken).total_seconds()) if duration else None
    except ValidationError:
        return None
