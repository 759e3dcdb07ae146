"""Yes, no, help, stop, and what was not understood."""

from skill.handlers import safety, topics
from skill.handlers.coach import Reply
from skill.handlers.guidance import ready
from skill.handlers.launch import IN_PROGRESS
from skill.handlers.turn import Turn
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
    if turn.asked in (Asked.ANYTHING_ELSE, Asked.CHOICE):
        return turn.close(turn.say(Line.GOODBYE))
    if turn.asked is Asked.MEANT:
        return topics.neither(turn)
    if turn.asked is Asked.START_OVER:
        return turn.ask(turn.say(Line.NO_HURRY), turn.session.asked_before or Asked.PAUSED)
    if turn.asked is Asked.BEGIN:
        return turn.ask(turn.say(Line.HELP_IDLE), Asked.CHOICE)
    return safety.choices(turn) if turn.asked in safety.IN_PAIN else turn.ask(turn.say(Line.NO_HURRY))


def help_(turn: Turn) -> Reply:
    """Say what can be said here."""
    if turn.asked in safety.IN_PAIN:
        return safety.choices(turn)
    return turn.go_on(turn.say(Line.HELP_PLAYING if turn.waits_for in IN_PROGRESS else Line.HELP_IDLE))


def not_understood(turn: Turn) -> Reply:
    """Say so, and go on; it may have been a cry of pain."""
    return turn.go_on(turn.say(Line.NOT_UNDERSTOOD_PLAYING if turn.position else Line.NOT_UNDERSTOOD))


def failed(turn: Turn) -> Reply:
    """Own up to an error of the coach's; the place is kept, and the clock stands still."""
    asked = Asked.PAUSED if turn.position else turn.session.asked
    return turn.ask(turn.say(Line.SOMETHING_WENT_WRONG), asked, plan=turn.from_rest())
