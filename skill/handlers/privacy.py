"""Forgetting: everything that is kept of an account, after a yes."""

from dataclasses import replace

from skill.content import DEFAULT_ROUTINE
from skill.handlers.coach import Reply
from skill.handlers.turn import Turn
from skill.memory import Remembered
from skill.phrases import Line
from skill.preferences import Preferences
from skill.session import Asked
from skill.timeline import Plan


def forget_me(turn: Turn) -> Reply:
    """Ask before everything is forgotten; a hold waits meanwhile."""
    return turn.ask_between(turn.say(Line.SURE_FORGET), Asked.FORGET)


def forget(turn: Turn) -> Reply:
    """Say that everything is forgotten, and go on; nothing of the rest of this session is kept."""
    old = turn.session.remembered
    forgotten = Remembered(person=old.person, zone=old.zone)
    session = replace(turn.session, remembered=forgotten, preferences=Preferences())
    turn = replace(turn, session=session)
    said = turn.say(Line.FORGOTTEN)
    is_place_gone = turn.waits_for is Asked.RESUME
    reply = turn.ask(said, Asked.BEGIN, plan=Plan(DEFAULT_ROUTINE)) if is_place_gone else turn.go_on(said)
    return replace(reply, forgets=True)


def not_forgotten(turn: Turn) -> Reply:
    """Own up that nothing could be deleted now, and go on."""
    return turn.go_on(turn.say(Line.NOT_FORGOTTEN))


def keep(turn: Turn) -> Reply:
    """Say that all is kept as it is, after a no, and go on."""
    return turn.go_on(turn.say(Line.KEPT))
