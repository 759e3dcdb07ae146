"""Answers to questions in anybody's own words, in place; the hold goes on with the seconds that were left."""

from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from skill.content import Topic
from skill.faq import Certainty, Found
from skill.handlers.coach import Reply, SlotValue
from skill.handlers.questions import about
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.session import Asked


def answer(turn: Turn) -> Reply:
    """Answer a question by the topic that was named, else by the one that its words come closest to."""
    named, asked = turn.slots.get("topic"), turn.slots.get("question")
    topic = turn.coach.content.topic(named.id or "") if named else None
    spoken = asked or named
    if topic is None and spoken is None:
        return turn.go_on(turn.say(Line.HELP_PLAYING))
    if topic and topic.answer:
        return _give(turn, topic)
    return _find(turn, spoken.spoken if spoken else "")


def tell_more(turn: Turn) -> Reply:
    """Tell more about the last answer."""
    topic = turn.coach.content.topic(turn.session.answered or "")
    said = turn.go_on(topic.more if topic and topic.more else turn.say(Line.NO_MORE))
    return _remembering(said, topic, told_more=True)


def choose(turn: Turn) -> Reply:
    """Answer the one of two that was meant: the first, unless the second was said."""
    which = turn.slots.get("which")
    meant = turn.session.meant if turn.asked is Asked.MEANT else ()
    chosen = meant[-1 if which and which.id == "second" else 0] if meant else ""
    topic = turn.coach.content.topic(chosen)
    return _give(turn, topic) if topic else turn.go_on(turn.say(Line.NOT_UNDERSTOOD))


def neither(turn: Turn) -> Reply:
    """Ask for other words where neither of two was meant."""
    return turn.go_on(turn.say(Line.NEITHER))


def again(turn: Turn) -> Reply | None:
    """Return the last answer, or what there was more to it, once more if it is what was heard last."""
    topic = turn.coach.content.topic(turn.session.answered or "")
    if topic is None or not has_just_answered(turn):
        return None
    return tell_more(turn) if turn.session.told_more else _give(turn, topic)


def has_just_answered(turn: Turn) -> bool:
    """Return whether an answer is what was heard last."""
    return turn.coach.content.topic(turn.session.answered or "") is not None and _was_heard_last(turn)


def _was_heard_last(turn: Turn) -> bool:
    played = turn.session.plan
    if turn.position is None or played is None:
        return True
    return played.lead > 0 and turn.plan.first == played.first and turn.plan.held - played.held < JUST_NOW


JUST_NOW = 5.0  # seconds of the hold after an answer in which "say that again" means the answer


LEAST_DANGER = 0.0  # how surely a question has to be the coach's business where the answer is one of safety


def _find(turn: Turn, question: str) -> Reply:
    content, found = turn.coach.content, turn.coach.finder.find(question)
    named, nearest = content.named(question), content.topics[found.offers[0]]
    if named and named.answer:
        return _give(turn, named)
    if nearest.safety and found.business >= LEAST_DANGER:
        return _give(turn, nearest, question)
    if found.certainty is Certainty.NONE or not turn.coach.content.topics[found.best].answer:
        return turn.go_on(turn.say(Line.NO_ANSWER, **_offers(turn, found.offers)))
    meant = _meant(turn, found)
    if len(meant) == 1 or turn.is_new or turn.asked is Asked.MEANT:
        return _give(turn, meant[0], question)
    return _ask_back(turn, [topic.id for topic in meant])


def _meant(turn: Turn, found: Found) -> list[Topic]:
    """Return the topic that was meant, or the two that may have been.

    Of two, safety comes first; and who is doing an exercise means the one that it answers by itself.
    """
    candidates = found.ranked[: 2 if found.certainty is Certainty.UNSURE else 1]
    both = [turn.coach.content.topics[name] for name, _ in candidates]
    safety = [topic for topic in both if topic.safety]
    own = [topic for topic in both if topic.section and turn.has_started and turn.bout]
    return safety[:1] or (own if len(own) == 1 else both)


def _ask_back(turn: Turn, names: list[str]) -> Reply:
    question = turn.say(Line.DID_YOU_MEAN, **_offers(turn, names))
    return turn.ask_between(question, Asked.MEANT, meant=tuple(names))


def _offers(turn: Turn, names: Sequence[str]) -> dict[str, str]:
    first, second = (turn.coach.content.topics[name].topic for name in names)
    return {"first": first, "second": second}


def _give(turn: Turn, topic: Topic, question: str = "") -> Reply:
    """Say the answer, or what the exercise that is meant says about it, and go on."""
    if topic.safety and turn.position:  # whoever asks may be feeling it: nobody is told to hold on
        return _remembering(turn.ask(topic.answer, Asked.ACHED, plan=turn.from_rest()), topic)
    named = _named_exercise(turn, question)
    if topic.section and (named or (turn.has_started and turn.bout)):
        slots = {"stretch": SlotValue(named, named)} if named else {}
        return _remembering(about(replace(turn, slots=slots), attrgetter(topic.section)), topic)
    return _remembering(turn.answer(topic.answer), topic)


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


def _remembering(reply: Reply, topic: Topic | None, *, told_more: bool = False) -> Reply:
    if reply.session is None or topic is None:
        return reply
    return replace(reply, session=replace(reply.session, answered=topic.id, told_more=told_more))
