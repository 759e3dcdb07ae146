"""Yes, no, help, stop, and what was not understood."""

from skill.handlers import safety, topics
from skill.handlers.coach import Reply
from skill.handlers.farewell import stop
from skill.handlers.guidance import ready
from skill.handlers.launch import IN_PROGRESS, from_the_top
from skill.handlers.turn import Answer, Turn
from skill.phrases import Line
from skill.session import Asked


def yes(turn: Turn) -> Reply:
    """Say yes to the question that was put."""
    if turn.asked is None:
        return turn.go_on(turn.say(Line.YES_PLAYING)) if turn.is_holding_on else ready(turn)
    if turn.asked is Asked.ANYTHING_ELSE:
        return turn.ask(turn.say(Line.HELP_IDLE), Asked.CHOICE)
    if turn.asked is Asked.MEANT:
        return topics.choose(turn)
    return ready(turn)


def no(turn: Turn) -> Reply:
    """Say no to the question that was put."""
    if turn.asked is None:
        return turn.go_on(turn.say(Line.HELP_PLAYING))
    return NO[turn.asked](turn)


def _no_hurry(turn: Turn) -> Reply:
    return turn.ask(turn.say(Line.NO_HURRY))


def _not_over_again(turn: Turn) -> Reply:
    return turn.ask(turn.say(Line.NO_HURRY), turn.session.asked_before or Asked.PAUSED)


def _what_else(turn: Turn) -> Reply:
    return turn.ask(turn.say(Line.HELP_IDLE), Asked.CHOICE)


NO: dict[Asked, Answer] = {
    Asked.BEGIN: _what_else,
    Asked.CHOICE: stop,
    Asked.READY: _no_hurry,
    Asked.ANYTHING_ELSE: stop,
    Asked.PAUSED: _no_hurry,
    Asked.START_OVER: _not_over_again,
    Asked.HURT: safety.choices,
    Asked.PINCHED: safety.choices,
    Asked.ACHED: safety.choices,
    Asked.MEANT: topics.neither,
    Asked.RESUME: from_the_top,
}


def help_(turn: Turn) -> Reply:
    """Say what can be said here."""
    if turn.asked in safety.IN_PAIN:
        return safety.choices(turn)
    if turn.waits_for is Asked.RESUME:
        return turn.go_on(turn.say(Line.HELP_RESUME))
    return turn.go_on(turn.say(Line.HELP_PLAYING if turn.waits_for in IN_PROGRESS else Line.HELP_IDLE))


def not_understood(turn: Turn) -> Reply:
    """Say so, and go on; it may have been a cry of pain."""
    return turn.go_on(turn.say(Line.NOT_UNDERSTOOD_PLAYING if turn.position else Line.NOT_UNDERSTOOD))


def put_again(turn: Turn) -> Reply:
    """Say that it was not understood, and put the question once more: only a clear answer counts."""
    return turn.ask(turn.say(Line.NOT_UNDERSTOOD))


def failed(turn: Turn) -> Reply:
    """Own up to an error of the coach's; the place is kept, and the clock stands still."""
    asked = Asked.PAUSED if turn.position else turn.session.asked
    return turn.ask(turn.say(Line.SOMETHING_WENT_WRONG), asked, plan=turn.from_rest())
