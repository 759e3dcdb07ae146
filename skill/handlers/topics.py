"""Answers to questions in anybody's own words, in place; the hold goes on with the seconds that were left."""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from skill.content import Topic
from skill.faq import Certainty
from skill.handlers.coach import Reply, SlotValue
from skill.handlers.questions import about
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.session import Asked


def answer(turn: Turn) -> Reply:
    """Answer a question by the topic that was named, else by the one that its words come closest to."""
    named, asked = turn.slots.get("topic"), turn.slots.get("question")
    topic = turn.coach.content.topics.get(named.id or "") if named else None
    spoken = asked or named
    if topic is None and spoken is None:
        return turn.go_on(turn.say(Line.HELP_PLAYING))
    return _give(turn, topic) if topic else _find(turn, spoken.spoken if spoken else "")


def tell_more(turn: Turn) -> Reply:
    """Tell more about the last answer."""
    topic = turn.coach.content.topics.get(turn.session.answered or "")
    said = turn.go_on(topic.more if topic and topic.more else turn.say(Line.NO_MORE))
    return _remembering(said, topic)


def choose(turn: Turn) -> Reply:
    """Answer the one of two that was meant: the first, unless the second was said."""
    which = turn.slots.get("which")
    if turn.asked is not Asked.MEANT or not turn.session.meant:
        return turn.go_on(turn.say(Line.NOT_UNDERSTOOD))
    chosen = turn.session.meant[-1 if which and which.id == "second" else 0]
    return _give(turn, turn.coach.content.topics[chosen])


def neither(turn: Turn) -> Reply:
    """Say so where neither of two was meant."""
    return turn.go_on(turn.say(Line.NOT_UNDERSTOOD))


def again(turn: Turn) -> Reply | None:
    """Return the last answer once more, if it is what was heard last."""
    topic = turn.coach.content.topics.get(turn.session.answered or "")
    return _give(turn, topic) if topic and has_just_answered(turn) else None


def has_just_answered(turn: Turn) -> bool:
    """Return whether an answer is what was heard last."""
    return turn.session.answered in turn.coach.content.topics and _was_heard_last(turn)


def _was_heard_last(turn: Turn) -> bool:
    played = turn.session.plan
    if turn.position is None or played is None:
        return True
    return played.lead > 0 and turn.plan.first == played.first and turn.plan.held - played.held < JUST_NOW


JUST_NOW = 5.0  # seconds of the hold after an answer in which "say that again" means the answer


def _find(turn: Turn, question: str) -> Reply:
    found = turn.coach.finder.find(question)
    topics = turn.coach.content.topics
    if found.certainty is Certainty.NONE:
        return turn.go_on(turn.say(Line.NO_ANSWER, **_offers(turn, found.offers)))
    meant = [topics[name] for name, _ in found.ranked[: 1 + (found.certainty is Certainty.UNSURE)]]
    first = next((topic for topic in meant if topic.safety), meant[0])
    if len(meant) == 1 or first.safety or turn.is_new or turn.asked is Asked.MEANT:
        return _give(turn, first, question)
    return _ask_back(turn, [topic.id for topic in meant])


def _ask_back(turn: Turn, names: list[str]) -> Reply:
    question = turn.say(Line.DID_YOU_MEAN, **_offers(turn, names))
    return turn.ask_between(question, Asked.MEANT, meant=tuple(names))


def _offers(turn: Turn, names: Sequence[str]) -> dict[str, str]:
    first, second = (turn.coach.content.topics[name].topic for name in names)
    return {"first": first, "second": second}


def _give(turn: Turn, topic: Topic, question: str = "") -> Reply:
    """Say the answer, or what the exercise that is meant says about it, and go on."""
    if turn.is_new:
        return turn.close(topic.answer)
    if topic.safety and turn.position:  # whoever asks may be feeling it: nobody is told to hold on
        return _remembering(turn.ask(topic.answer, Asked.ACHED, plan=turn.from_rest()), topic)
    named = _named_exercise(turn, question)
    if topic.section and (named or (turn.has_started and turn.bout)):
        slots = {"stretch": SlotValue(named, named)} if named else {}
        return _remembering(about(replace(turn, slots=slots), attrgetter(topic.section)), topic)
    return _remembering(turn.go_on(topic.answer), topic)


def _named_exercise(turn: Turn, question: str) -> str:
    """Return the id of the exercise whose name is in the question, the longest name first; else nothing."""
    padded = f" {question.lower()} "
    names = (
        (name.lower(), exercise.id)
        for exercise in turn.coach.content.exercises.values()
        for name in (exercise.name, *exercise.also_called)
    )
    found = [(len(name), exercise) for name, exercise in names if f" {name} " in padded]
    return max(found)[1] if found else ""


def _remembering(reply: Reply, topic: Topic | None) -> Reply:
    if reply.session is None or topic is None:
        return reply
    return replace(reply, session=replace(reply.session, answered=topic.id))
