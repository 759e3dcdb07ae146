"""The end of a session, from every state."""

from skill.handlers.coach import Reply
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.session import Asked


def stop(turn: Turn) -> Reply:
    """End at once, with one sentence that is true of what was done."""
    if turn.asked is Asked.ANYTHING_ELSE or not turn.plan.worked:
        return turn.close(turn.say(Line.GOODBYE))
    if not turn.plan.done:
        return turn.close(turn.say(Line.GOODBYE_STARTED))
    return turn.close(turn.say(Line.GOODBYE_DONE, minutes=turn.phrases.minutes(turn.plan.worked)))
