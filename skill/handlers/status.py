"""Where we are: seconds, repetitions, side, set, what is still to come."""

from skill.handlers.coach import Reply
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.routine import Bout, Kind, Side
from skill.session import Asked


def time_left(turn: Turn) -> Reply:
    """Say how long this bout and the whole routine still take, and go on."""
    bout = _here(turn)
    if bout is None:
        return turn.ask(turn.say(Line.FINISHED_ALREADY))
    minutes = turn.phrases.minutes(turn.coach.seconds_to_go(turn.from_rest()))
    to_go = turn.say(Line.MINUTES_TO_GO, minutes=minutes)
    if not turn.has_started:
        return turn.ask(f"{turn.say(Line.NOTHING_YET)} {to_go}")
    return turn.go_on(turn.brief(_left(turn, bout), to_go))


def status(turn: Turn) -> Reply:
    """Say which exercise, side and set this is and what is still to come, and go on."""
    bout = _here(turn)
    if bout is None:
        return turn.ask(turn.say(Line.FINISHED_ALREADY))
    if not turn.has_started:
        return turn.ask(turn.say(Line.NOTHING_YET))
    if turn.asked is Asked.READY:
        return turn.ask(f"{_next_up(turn, bout)} {_amount(turn, bout)} {_to_go(turn, bout)}")
    left = [_amount(turn, bout, names_side=False)] if turn.has_begun_the_bout else []
    return turn.go_on(turn.brief(_place(turn, bout), *left, _to_go(turn, bout)))


def _here(turn: Turn) -> Bout | None:
    """Return the bout to go on with; one that has just been released is over."""
    return next(iter(turn.bouts[turn.plan.first :]), None)


def _left(turn: Turn, bout: Bout) -> str:
    if turn.asked is Asked.READY:
        return _next_up(turn, bout)
    if turn.has_begun_the_bout:
        return _amount(turn, bout)
    return turn.say(Line.NOT_HOLDING_YET, exercise=bout.exercise.name)


def _next_up(turn: Turn, bout: Bout) -> str:
    return turn.say(Line.NEXT_UP, exercise=bout.exercise.name)


def _amount(turn: Turn, bout: Bout, *, names_side: bool = True) -> str:
    count = max(1, round(bout.amount - turn.plan.held))
    both = bout.side is Side.BOTH or not names_side
    side = {} if both else {"side": bout.side}
    if bout.exercise.kind is Kind.HOLD:
        return turn.say(Line.SECONDS_LEFT_BOTH if both else Line.SECONDS_LEFT, seconds=count, **side)
    return turn.say(Line.REPETITIONS_LEFT_BOTH if both else Line.REPETITIONS_LEFT, repetitions=count, **side)


def _place(turn: Turn, bout: Bout) -> str:
    both = bout.side is Side.BOTH
    side = {} if both else {"side": bout.side}
    place = turn.say(Line.STATUS_BOTH if both else Line.STATUS, exercise=bout.exercise.name, **side)
    is_one_of_several = turn.say(Line.SET, set=bout.set, sets=bout.sets) if bout.sets > 1 else ""
    return f"{place} {is_one_of_several}".strip()


def _to_go(turn: Turn, bout: Bout) -> str:
    later = {row.exercise.id for row in turn.bouts[bout.index :]} - {bout.exercise.id}
    return turn.say(Line.EXERCISES_TO_GO, exercises=len(later)) if later else turn.say(Line.LAST_EXERCISE)
