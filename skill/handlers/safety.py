"""When it hurts: the coach stops, eases or refers; it never urges on."""

from dataclasses import replace
from enum import StrEnum

from skill.handlers.coach import Reply
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.session import Asked, Caution


class Severity(StrEnum):
    """How a symptom is answered; most severe first."""

    URGENT = "urgent"
    SERIOUS = "serious"
    PINCH = "pinch"
    EASE = "ease"


SEVERITIES = {
    "chest": Severity.URGENT,
    "breathless": Severity.URGENT,
    "dizzy": Severity.URGENT,
    "weakness": Severity.URGENT,
    "sharp": Severity.SERIOUS,
    "numb": Severity.SERIOUS,
    "tingling": Severity.SERIOUS,
    "unstable": Severity.SERIOUS,
    "pinch": Severity.PINCH,
    "ache": Severity.EASE,
    "cramp": Severity.EASE,
    "odd": Severity.EASE,
}
# Parts that make a symptom an emergency: numbness in the saddle area, anything in the chest.
ALWAYS_URGENT = {
    "numb": frozenset({"saddle", "groin", "chest"}),
    "tingling": frozenset({"saddle", "groin", "chest"}),
    "sharp": frozenset({"chest"}),
    "pinch": frozenset({"chest"}),
    "ache": frozenset({"chest"}),
    "cramp": frozenset({"chest"}),
    "odd": frozenset({"saddle", "chest"}),
}
# What hurts where nothing is said of how; any other part counts as sharp.
BODY_PARTS = {"chest": Severity.URGENT, "knee": Severity.EASE}
IN_PAIN = frozenset({Asked.HURT, Asked.PINCHED, Asked.ACHED})
WHERE_A_HIP_PINCHES = frozenset({"hip", "groin", "thigh", "buttock", "side"})
GENTLEST = "supine"  # the alternative for aches and knees


def pain(turn: Turn) -> Reply:
    """Stop the clock and answer by how serious it sounds; what is not understood counts as sharp."""
    severity = _severity(turn)
    if severity is Severity.URGENT:
        hurt = replace(turn, session=replace(turn.session, caution=Caution.DUE))
        return hurt.close(turn.say(Line.PAIN_URGENT))
    plan = turn.from_rest()
    if severity is Severity.SERIOUS or turn.session.caution is not Caution.NONE:
        return turn.ask(turn.say(Line.PAIN_SERIOUS), Asked.HURT, plan=plan, caution=Caution.DUE)
    if severity is Severity.PINCH:
        return turn.ask(turn.say(Line.PAIN_PINCH), Asked.PINCHED, plan=plan)
    return turn.ask(_ease(turn), Asked.ACHED, plan=plan)


def advise_again(turn: Turn) -> Reply:
    """Answer the first wish to go on after a serious pain with the advice once more, and wait."""
    return turn.ask(turn.say(Line.PAIN_SERIOUS_AGAIN), Asked.HURT, caution=Caution.HEARD)


def choices(turn: Turn) -> Reply:
    """Name what can be done now; after a serious pain that is not going on."""
    return turn.ask(turn.say(Line.NO_HURRY if turn.asked is Asked.HURT else Line.PAIN_CHOICES))


def _severity(turn: Turn) -> Severity:
    symptom, part = turn.slots.get("symptom"), turn.slots.get("body_part")
    named = [SEVERITIES[symptom.id]] if symptom and symptom.id in SEVERITIES else []
    where = [BODY_PARTS[part.id]] if part and part.id in BODY_PARTS and not named else []
    if part and part.id in ALWAYS_URGENT.get((symptom and symptom.id) or "", ()):
        return Severity.URGENT
    severity = [*named, *where, Severity.SERIOUS][0]
    is_elsewhere = part is not None and part.id not in WHERE_A_HIP_PINCHES
    return Severity.SERIOUS if severity is Severity.PINCH and is_elsewhere else severity


def _ease(turn: Turn) -> str:
    gentlest = turn.coach.content.exercises.get(GENTLEST)
    is_no_choice = GENTLEST in turn.plan.without or (turn.bout and turn.bout.exercise == gentlest)
    if gentlest is None or is_no_choice:
        return turn.say(Line.PAIN_EASE)
    return turn.say(Line.PAIN_ACHE, exercise=gentlest.name)
