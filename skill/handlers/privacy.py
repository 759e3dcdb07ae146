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
    before = turn.session.asked_before if turn.asked is Asked.FORGET else turn.asked or Asked.PAUSED
    ease_out = [turn.say(Line.EASE_OUT)] if turn.is_holding_on else []
    said = " ".join([*ease_out, turn.say(Line.SURE_FORGET)])
    return turn.ask(said, Asked.FORGET, plan=turn.from_rest(), asked_before=before)


def forget(turn: Turn) -> Reply:
    """Say that everything is forgotten; nothing of the rest of this session is kept."""
    old = turn.session.remembered
    forgotten = Remembered(person=old.person, zone=old.zone)
    asked = _before(turn)
    asked, plan = (Asked.BEGIN, Plan(DEFAULT_ROUTINE)) if asked is Asked.RESUME else (asked, turn.plan)
    changes = {"plan": plan, "remembered": forgotten, "preferences": Preferences()}
    reply = turn.ask(turn.say(Line.FORGOTTEN), asked, **changes)
    return replace(reply, forgets=True)


def not_forgotten(turn: Turn) -> Reply:
    """Own up that nothing could be deleted now."""
    return turn.ask(turn.say(Line.NOT_FORGOTTEN), _before(turn))


def keep(turn: Turn) -> Reply:
    """Say that all is kept as it is, after a no."""
    return turn.ask(turn.say(Line.KEPT), _before(turn))


def _before(turn: Turn) -> Asked:
    return turn.session.asked_before or Asked.PAUSED
