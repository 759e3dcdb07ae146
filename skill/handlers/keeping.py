"""What of a reply is worth keeping beyond the session, and when it is time to save it."""

from dataclasses import replace

from skill.handlers.coach import Reply
from skill.handlers.turn import IN_BETWEEN, Turn
from skill.memory import Change, Person, Place
from skill.session import Asked, Caution, Session
from skill.timeline import Entry

NOT_BEGUN = frozenset({Asked.BEGIN, Asked.CHOICE, Asked.RESUME})
ASIDES = IN_BETWEEN | {Asked.START_OVER}  # another question waits behind them
HURT = frozenset({Asked.HURT, Asked.PINCHED, Asked.ACHED})  # nobody is led back to what hurt


def noted(turn: Turn, reply: Reply) -> Reply:
    """Return `reply` with a note of the preferences as they are saved, where it changes them."""
    after = reply.after
    if after.remembered.before is not None or after.preferences == turn.session.preferences:
        return reply
    remembered = replace(after.remembered, before=turn.session.preferences)
    return reply.with_session(replace(after, remembered=remembered))


def change_of(turn: Turn, reply: Reply) -> Change:
    """Return all of `reply` that is not saved yet; empty for a session of which nothing is kept."""
    after, remembered = reply.after, reply.after.remembered
    unchanged = Change(remembered.day(turn.now))
    if not remembered.keeps or after.plan is None:
        return unchanged
    place = _place(turn, after)
    return replace(
        unchanged,
        tally=remembered.tally(after.plan),
        counted=remembered.counted,
        has_moved=_has_begun(after) and (place is not None or remembered.has_place),
        place=place,
        before=after.preferences if remembered.before is None else remembered.before,
        after=after.preferences,
    )


def is_due(turn: Turn, reply: Reply, change: Change) -> bool:
    """Return whether it is time to save: at the end, at a block's start, when something changed for good.

    A block that goes on after it was broken into is no start.
    """
    after = reply.after
    if reply.session is None or after.preferences != turn.session.preferences:
        return True
    if after.began is None:
        return change.has_moved and change.place is None
    return _starts_block(turn, after)


def saved(reply: Reply, person: Person) -> Reply:
    """Return `reply` with what is now kept of the person."""
    after = reply.after
    counted = after.remembered.counting(after.plan) if after.plan else after.remembered
    has_place = person.place is not None
    known = replace(counted, is_known=True, has_place=has_place, progress=person.progress, before=None)
    return reply.with_session(replace(after, remembered=known))


def _has_begun(session: Session) -> bool:
    asked = session.asked_before if session.asked in ASIDES else session.asked
    return session.began is not None or asked not in NOT_BEGUN


def _place(turn: Turn, session: Session) -> Place | None:
    """Return where to go on another time; None when all is done, or where it hurt."""
    hurts = session.caution is not Caution.NONE or session.asked in HURT
    plan = session.plan
    bouts = turn.coach.bouts(plan) if plan else ()
    if plan is None or hurts or plan.first >= len(bouts):
        return None
    return Place.of(plan, bouts[plan.first], turn.now)


def _starts_block(turn: Turn, session: Session) -> bool:
    before, plan = turn.plan, session.plan
    if plan is None or (plan.routine, plan.first) != (before.routine, before.first):
        return True
    is_at_its_beginning = plan.entry in (Entry.USUAL, Entry.ANEW) and not plan.held
    is_new = turn.asked not in ASIDES and is_at_its_beginning
    return turn.position is None and (is_new or not session.remembered.has_place)
