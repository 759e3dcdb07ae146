"""Where we are: seconds, repetitions, side, set, what is still to come."""

from skill.handlers.turn import Reply, Turn
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
        return turn.ask(turn.say(Line.NEXT_UP, exercise=bout.exercise.name))
    return turn.go_on(turn.brief(_place(turn, bout), _left(turn, bout), _to_go(turn, bout)))


def _here(turn: Turn) -> Bout | None:
    """Return the bout to go on with; one that has just been released is over."""
    return next(iter(turn.bouts[turn.plan.first :]), None)


def _left(turn: Turn, bout: Bout) -> str:
    working = turn.position.is_working if turn.position else turn.plan.held > 0
    if not working:
        return turn.say(Line.NOT_HOLDING_YET, exercise=bout.exercise.name)
    left = turn.position.remaining if turn.position else bout.amount - turn.plan.held
    count, both = max(1, round(left)), bout.side is Side.BOTH
    side = {} if both else {"side": turn.phrases.side(bout.side)}
    if bout.exercise.kind is Kind.HOLD:
        return turn.say(Line.SECONDS_LEFT_BOTH if both else Line.SECONDS_LEFT, seconds=count, **side)
    return turn.say(Line.REPETITIONS_LEFT_BOTH if both else Line.REPETITIONS_LEFT, repetitions=count, **side)


def _place(turn: Turn, bout: Bout) -> str:
    values = {"exercise": bout.exercise.name, "set": bout.set, "sets": bout.sets}
    if bout.side is Side.BOTH:
        return turn.say(Line.STATUS_BOTH, **values)
    return turn.say(Line.STATUS, side=turn.phrases.side(bout.side), **values)


def _to_go(turn: Turn, bout: Bout) -> str:
    later = {row.exercise.id for row in turn.bouts[bout.index :]} - {bout.exercise.id}
    return turn.say(Line.EXERCISES_TO_GO, exercises=len(later)) if later else turn.say(Line.LAST_EXERCISE)
