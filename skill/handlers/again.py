"""Once more: the cue, the hold, or the other side."""

from dataclasses import replace

from skill.handlers import topics
from skill.handlers.coach import Reply
from skill.handlers.launch import welcome
from skill.handlers.status import status
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.position import Position
from skill.routine import Bout, Side
from skill.session import Asked
from skill.timeline import Entry, last_cue

SAID_BEFORE = {
    Asked.START_OVER: Line.SURE_START_OVER,
    Asked.FORGET: Line.SURE_FORGET,
    Asked.HURT: Line.PAIN_SERIOUS,
    Asked.PINCHED: Line.PAIN_PINCH,
    Asked.ACHED: Line.PAIN_EASE,
    Asked.ANYTHING_ELSE: Line.FINISHED_ALREADY,
}


def repeat_cue(turn: Turn) -> Reply:
    """Say the answer or the cue they last heard again, then go on; while waiting, put the question again."""
    if answer := topics.again(turn):
        return answer
    if not turn.has_started:
        return welcome(turn)
    if turn.asked in (Asked.READY, Asked.PAUSED, Asked.RESUME):
        return status(turn)
    if turn.position is None:
        line = SAID_BEFORE.get(turn.session.asked)
        return turn.ask(turn.say(line) if line else "")
    if not turn.is_holding_on:
        has_setup = not turn.plan.held and turn.plan.entry not in (Entry.OTHER_SIDE, Entry.ANEW)
        return turn.play(replace(turn.plan, entry=Entry.USUAL) if has_setup else turn.plan)
    return turn.go_on(_last_cue(turn, turn.position))


def _last_cue(turn: Turn, position: Position) -> str:
    detail = turn.coach.detail(turn.plan)
    return last_cue(position.bout, position.held, detail, turn.coach.narrator)


def repeat_hold(turn: Turn) -> Reply:
    """Do this bout again from its beginning, without the setup."""
    return turn.go_to(turn.plan.beginning_at(_worked_last(turn).index, Entry.AGAIN))


def switch_side(turn: Turn) -> Reply:
    """Go on to the other side of this exercise: the one still to come, else back to the same set."""
    bout = _worked_last(turn)
    if bout.side is Side.BOTH:
        return turn.go_on(turn.say(Line.BOTH_SIDES_AT_ONCE))
    others = [row for row in turn.bouts if row.exercise == bout.exercise and row.side is bout.side.other]
    later = [row for row in others if row.index > bout.index]
    other = later[0] if later else next(row for row in others if row.set == bout.set)
    return turn.go_to(turn.plan.beginning_at(other.index, Entry.OTHER_SIDE))


def _worked_last(turn: Turn) -> Bout:
    """Return the bout in progress; between two of an exercise, and after a block, the one just done."""
    current = turn.bout
    last = next((bout for bout in turn.bouts if bout.index == turn.plan.last), None)
    if current is None or (last and turn.asked is Asked.READY):
        return last or turn.bouts[-1]
    is_between = last is not None and last.exercise == current.exercise and not turn.has_begun_the_bout
    played = turn.session.plan
    was_asked_for = played is not None and played.first == current.index and played.entry is not Entry.USUAL
    return last if last and is_between and not was_asked_for else current
