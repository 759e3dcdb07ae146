"""A simulated Echo: it holds the session, plays replies for as long as they last, and lets one break in."""

import uuid
from dataclasses import dataclass, replace
from random import Random

from skill.simulator.clock import Clock
from skill.simulator.connection import Connection
from skill.simulator.ear import Ear
from skill.simulator.envelope import (
    Identity,
    Json,
    Session,
    envelope,
    event_envelope,
    intent_request,
    launch_request,
    session_ended_request,
    skill_disabled_event,
    stamped,
)
from skill.simulator.reply import Reply, ReplyError
from skill.simulator.turn import Turn
from skill.simulator.understanding import Heard
from skill.simulator.voice import EchoVoice, plain_text

MICROPHONE_SECONDS = 8
"""How long an Echo listens after a reply, and again after its reprompt."""


@dataclass(frozen=True)
class Playback:
    """When the last reply sounds, in seconds of the clock: its first sound, its end, the session's end."""

    began: float = 0
    ended: float = 0
    closes: float = 0


class Device:
    """One Echo of one user; `at` is always counted in seconds from the last reply's first sound."""

    def __init__(
        self,
        connection: Connection,
        ear: Ear,
        clock: Clock,
        voice: EchoVoice | None = None,
        identity: Identity | None = None,
    ) -> None:
        self.clock = clock
        self.voice = voice or EchoVoice()
        self.playback = Playback()
        self._connection, self._ear = connection, ear
        self._identity = identity or Identity()
        self._session: Session | None = None
        self._random = Random(f"{self._identity.user_id} {clock.now()}")  # noqa: S311 (jitter that repeats)

    @property
    def is_open(self) -> bool:
        """Whether a session is open."""
        return self._session is not None

    def open(self, at: float | None = None) -> Turn:
        """Launch the skill when the reply has ended, or `at`; an open session ends first."""
        return self._begin("open", launch_request(), None, at)

    def ask(self, text: str, at: float | None = None) -> Turn:
        """Say "Alexa, ask hip coach `text`" likewise."""
        heard = self._ear.interpret(text)
        return self._begin(text, intent_request(heard), heard, at)

    def say(self, text: str, at: float | None = None) -> Turn:
        """Say `text` when the reply has ended, or `at`; nobody hears it unless a session is open."""
        moment = self._first_word(at)
        if self._session is None:
            return Turn(text, moment)
        heard = self._ear.interpret(text)
        return self._exchange(Turn(text, moment), self._session, intent_request(heard), heard)

    def silence(self, said: str = "[silence]") -> Turn:
        """Say nothing until the session closes."""
        moment = max(self.clock.seconds(), self.playback.ended if self._session else 0)
        return Turn(said, moment, request=self._close_by(self.playback.closes))

    def wait(self, seconds: float, said: str | None = None) -> Turn:
        """Let `seconds` pass from the last words on; a session may close meanwhile."""
        moment = self.clock.seconds()
        until = moment + seconds
        request = self._close_by(self.playback.closes) if until > self.playback.closes else None
        self.clock.move_to(until)
        return Turn(said or f"[wait {seconds:g}]", moment, request=request, open=self.is_open)

    def recognise(self, person_id: str | None) -> None:
        """Let Alexa recognise whose voice it is from now on; None for nobody's."""
        self._identity = replace(self._identity, person_id=person_id)

    def disable(self, said: str = "[disable]") -> Turn:
        """Disable the skill: an open session ends, and the event follows."""
        moment = self.clock.seconds()
        if self._session:
            self._end(self._session, "USER_INITIATED")
        event = skill_disabled_event(self.clock.now())
        self._connection.send(event_envelope(self._identity, self._stamped(event)))
        return Turn(said, moment, request=str(event["type"]))

    def _begin(self, said: str, request: Json, heard: Heard | None, at: float | None) -> Turn:
        moment = self._first_word(at)
        if self._session:
            self._end(self._session, "USER_INITIATED")
        session = Session(f"amzn1.echo-api.session.{uuid.uuid4()}")
        return self._exchange(Turn(said, moment), session, request, heard)

    def _first_word(self, at: float | None) -> float:
        """Let time pass to the user's first word; the session closes where that comes too late."""
        planned = self.playback.ended if at is None else self.playback.began + at
        moment = max(planned, self.clock.seconds())
        if moment > self.playback.closes:
            self._close_by(self.playback.closes)
        self.clock.move_to(moment)
        return max(moment, self.clock.seconds())

    def _close_by(self, moment: float) -> str | None:
        """Let an open session run out at `moment`; returns the request sent, if any."""
        if self._session is None:
            return None
        self.clock.move_to(moment)
        self._end(self._session, "EXCEEDED_MAX_REPROMPTS")
        return "SessionEndedRequest"

    def _end(self, session: Session, reason: str) -> None:
        self._session = None
        self._send(session, session_ended_request(reason))

    def _exchange(self, turn: Turn, session: Session, request: Json, heard: Heard | None) -> Turn:
        self.clock.move_to(turn.at + self.voice.lagged(self._random))
        reply = self._send(session, request)
        if reply.should_end is None:
            raise ReplyError("shouldEndSession is absent")
        self._play(reply)
        is_open = not reply.should_end
        self._session = replace(session, is_new=False, attributes=reply.attributes) if is_open else None
        return replace(
            turn,
            request=str(request["type"]),
            intent=heard.intent if heard else None,
            slots=_filled(heard) if heard else {},
            seconds=self.playback.ended - self.playback.began,
            text=plain_text(self.voice.sounds(reply.ssml)),
            ssml=reply.ssml,
            reprompt=reply.reprompt,
            open=is_open,
        )

    def _play(self, reply: Reply) -> None:
        began = self.clock.seconds() + self.voice.delayed(self._random)
        ended = began + self.voice.seconds(reply.ssml)
        listened = ended + MICROPHONE_SECONDS
        again = self.voice.seconds(reply.reprompt) + MICROPHONE_SECONDS if reply.reprompt else 0
        self.playback = Playback(began, ended, closes=listened + again)

    def _send(self, session: Session, request: Json) -> Reply:
        return self._connection.send(envelope(self._identity, session, self._stamped(request)))

    def _stamped(self, request: Json) -> Json:
        request_id = f"amzn1.echo-api.request.{uuid.uuid4()}"
        return stamped(request, request_id, self.clock.now(), self._identity.locale)


def _filled(heard: Heard) -> dict[str, str]:
    """Return the ids of the slots that were filled, and the words where nothing matched."""
    return {name: slot.id or slot.spoken for name, slot in heard.slots.items() if slot.spoken}
