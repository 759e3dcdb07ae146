"""Memory: what is kept of a person, read when a session starts and saved when something came of it."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model import RequestEnvelope

from skill.handlers import keeping, privacy, settings
from skill.handlers.coach import Reply
from skill.handlers.turn import Answer, Turn
from skill.memory import ANYBODY, Change, Lapse, Person, Record, Remembered
from skill.store import Attributes, update

ID_CHARACTERS = 16  # of a hash: enough to tell the people, and the sessions, of one account apart

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Memory:
    """The store, and the keyed hash for a person's id; whatever fails, the session goes on without."""

    store: AbstractPersistenceAdapter
    hashed: Callable[[str], str]

    def recall(self, turn: Turn, envelope: RequestEnvelope) -> Turn:
        """Return `turn` with what is known of the person; it is read once, where a session starts."""
        speaker = self._person(envelope)
        if not turn.is_new:
            owner = turn.session.remembered.person
            return replace(turn, is_somebody_else=owner != ANYBODY and speaker not in (ANYBODY, owner))
        zone = turn.alexa.time_zone() or turn.coach.content.locale.time_zone
        stranger = Remembered(keeps=speaker is not None, person=speaker or ANYBODY, zone=zone)
        record = self._read(envelope) if stranger.keeps else None
        if record is None:
            return turn.remembering(replace(stranger, progress=None, lapse=Lapse.DUE))
        person = record.people.get(stranger.person)
        return _knowing(turn, stranger, person) if person else turn.remembering(stranger)

    def answer(self, turn: Turn, answer: Answer, envelope: RequestEnvelope) -> Reply:
        """Return the answer to `turn`, saved if it is time to; the first failure is owned up to in words."""
        reply = keeping.noted(turn, answer(turn))
        if reply.forgets:
            return reply if self.forget(envelope) else privacy.not_forgotten(turn)
        change = keeping.change_of(turn, reply)
        if change.is_empty or not keeping.is_due(turn, reply, change):
            return reply
        person = self._save(change, reply.after.remembered.person, envelope)
        if person:
            return keeping.saved(reply, person)
        remembered = turn.session.remembered
        if remembered.lapse is not Lapse.NONE:
            return reply
        return keeping.noted(turn, answer(turn.remembering(replace(remembered, lapse=Lapse.DUE))))

    def forget(self, envelope: RequestEnvelope) -> bool:
        """Delete all that is kept of the account; return whether that could be done."""
        try:
            self.store.delete_attributes(envelope)
        except Exception as error:  # noqa: BLE001 (whatever it is, the session goes on)
            _log(error)
            return False
        return True

    def _read(self, envelope: RequestEnvelope) -> Record | None:
        """Return the account's record; None where it cannot be read."""
        try:
            return Record.from_attributes(self.store.get_attributes(envelope))
        except Exception as error:  # noqa: BLE001 (whatever it is, the routine goes on)
            _log(error)
            return None

    def _save(self, change: Change, key: str, envelope: RequestEnvelope) -> Person | None:
        """Save a change, and return what is kept of the person now; None where it cannot be saved."""

        def changed(attributes: Attributes) -> Attributes:
            session = (envelope.session and envelope.session.session_id) or ""
            of_session = change.of(self._id(session))
            return Record.from_attributes(attributes).changed(key, of_session.applied).to_attributes()

        try:
            return Record.from_attributes(update(self.store, envelope, changed)).people[key]
        except Exception as error:  # noqa: BLE001 (whatever it is, it is saved with what comes next)
            _log(error)
            return None

    def _person(self, envelope: RequestEnvelope) -> str | None:
        """Return the key of who speaks: ANYBODY where Alexa does not recognise them, None where it fails."""
        system = envelope.context and envelope.context.system
        person = system and system.person and system.person.person_id
        try:
            return self._id(person) if person else ANYBODY
        except Exception as error:  # noqa: BLE001 (whatever it is, the session is nobody's)
            _log(error)
            return None

    def _id(self, text: str) -> str:
        """Return what stands for an id of Alexa's within a record; raises StoreError where it fails."""
        return self.hashed(text)[:ID_CHARACTERS]


def _knowing(turn: Turn, stranger: Remembered, person: Person) -> Turn:
    place = person.place.found(turn.coach.bouts, turn.now) if person.place else None
    known = replace(stranger, is_known=True, has_place=person.place is not None, progress=person.progress)
    session = replace(turn.session, preferences=person.preferences, remembered=known)
    plan = turn.coach.usual(person.preferences)
    turn = replace(turn, session=session, plan=plan)
    return replace(turn, place=settings.as_preferred(replace(turn, plan=place))) if place else turn


def _log(error: Exception) -> None:
    """Log what kind of failure it was; its message may name whose record it is."""
    log.warning("the store failed", extra={"error": type(error).__name__})
