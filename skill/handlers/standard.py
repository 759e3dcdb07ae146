"""Yes, no, help, stop, and what was not understood."""

from skill.handlers.guidance import go_on
from skill.handlers.launch import restart
from skill.handlers.turn import Reply, Turn
from skill.phrases import Line
from skill.session import Asked

WAITING_IN_PAIN = frozenset({Asked.HURT, Asked.PINCHED, Asked.ACHED})


def yes(turn: Turn) -> Reply:
    """Say yes to the question that was put."""
    if turn.asked is None:
        return turn.go_on(turn.say(Line.YES_PLAYING))
    if turn.asked is Asked.START_OVER:
        return restart(turn)
    if turn.asked is Asked.ANYTHING_ELSE:
        return turn.ask(turn.say(Line.HELP_IDLE))
    if turn.asked in WAITING_IN_PAIN:
        return turn.ask(turn.say(Line.PAIN_CHOICES))
    return go_on(turn)


def no(turn: Turn) -> Reply:
    """Say no to the question that was put."""
    if turn.asked is None:
        return turn.go_on(turn.say(Line.HELP_PLAYING))
    if turn.asked is Asked.ANYTHING_ELSE:
        return turn.close(turn.say(Line.GOODBYE))
    if turn.asked is Asked.START_OVER:
        return turn.play(turn.from_rest())
    if not turn.has_started:
        return turn.ask(turn.say(Line.HELP_IDLE), Asked.CHOICE)
    return turn.ask(turn.say(Line.PAIN_CHOICES if turn.asked in WAITING_IN_PAIN else Line.NO_HURRY))


def help_(turn: Turn) -> Reply:
    """Say what can be said here."""
    return turn.go_on(turn.say(Line.HELP_PLAYING if turn.position else Line.HELP_IDLE))


def not_understood(turn: Turn) -> Reply:
    """Say so, and go on."""
    return turn.go_on(turn.say(Line.NOT_UNDERSTOOD))


def stop(turn: Turn) -> Reply:
    """End at once, with one sentence that is true of what was done."""
    if turn.asked is Asked.ANYTHING_ELSE or not turn.plan.worked:
        return turn.close(turn.say(Line.GOODBYE))
    if not turn.plan.done:
        return turn.close(turn.say(Line.GOODBYE_STARTED))
    minutes = turn.phrases.minutes(turn.plan.worked)
    return turn.close(turn.say(Line.GOODBYE_DONE, exercises=len(turn.plan.done), minutes=minutes))


def failed(turn: Turn) -> Reply:
    """Own up to an error of the coach's; the place is kept, and the clock stands still."""
    asked = Asked.PAUSED if turn.position else turn.session.asked
    return turn.ask(turn.say(Line.SOMETHING_WENT_WRONG), asked, plan=turn.from_rest())
