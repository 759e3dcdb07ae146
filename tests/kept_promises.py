"""Holding a conversation with the real webhook, and checking after every turn what was promised."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import count
from pathlib import Path

from app import create_app
from skill.config import DEVELOPMENT_SKILL_ID, Config
from skill.content import load_content
from skill.phrases import Line
from skill.session import Asked, Session
from skill.simulator.alexa_api import SimulatedAlexa
from skill.simulator.authority import Authority
from skill.simulator.clock import START, SimulatedClock
from skill.simulator.connection import Connection, Post
from skill.simulator.device import Device
from skill.simulator.ear import ModelEar
from skill.simulator.envelope import Identity
from skill.simulator.script import Verb, parse_line, perform
from skill.simulator.turn import Turn
from skill.simulator.voice import EchoVoice
from tests.fake_store import FakeStore
from tests.held_seconds import Ledger
from tests.invariants import LONGEST_REPLY_SECONDS, checked
from tests.random_conversations import Conversation, Step

ROOT = Path(__file__).parent.parent
MOVING_INTENTS = {
    *("AMAZON.NextIntent", "NextStretchIntent", "DoneIntent", "AMAZON.PreviousIntent", "SwitchSideIntent"),
    *(
        "RepeatHoldIntent",
        "AMAZON.StartOverIntent",
        "StartStretchIntent",
        "StartRoutineIntent",
        "LeaveOutIntent",
        "NeverIntent",
        "BringBackIntent",
        "ResetSettingsIntent",
    ),
}
"""After these a hold need not add up: it was skipped, switched, repeated or left out."""


@dataclass
class Tape:
    """A way to the skill that checks each answer and keeps the session attributes of the last."""

    post: Post
    attributes: Mapping[str, object] = field(default_factory=dict)

    def __call__(self, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        status, answer = checked(self.post)(headers, body)
        self.attributes = json.loads(answer).get("sessionAttributes") or {}
        return status, answer


class Room:
    """The skill in this process, and all that conversations with it have in common."""

    def __init__(self, config: Config | None = None) -> None:
        self.content = load_content(ROOT / "content")
        self.narrator = self.content.narrator()
        self.ear = ModelEar.load(ROOT / "interaction_model" / "en-US.json")
        self._authority = Authority.create(START)
        self._clock = SimulatedClock()
        self._client = create_app(
            config or Config(DEVELOPMENT_SKILL_ID),
            roots=[self._authority.root],
            fetch=lambda _url: self._authority.chain_pem,
            now=self._now,
            store=FakeStore(),
            services=SimulatedAlexa(self._now),
        ).test_client()
        self._users = count()

    def device(self, tape: Tape, voice: EchoVoice) -> Device:
        """Return an Echo of its own, whose clock the skill lives by from now on."""
        self._clock = SimulatedClock()
        identity = Identity(user_id=f"amzn1.ask.account.{next(self._users)}")
        spoken = replace(voice, pace=self.narrator.pace)
        return Device(Connection(tape, self._authority.sign), self.ear, self._clock, spoken, identity)

    def _now(self) -> datetime:
        return self._clock.now()

    def post(self, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
        answer = self._client.post("/alexa", data=body, headers=dict(headers))
        return answer.status_code, answer.data


@dataclass(frozen=True)
class Findings:
    """What was held and checked; `nearest` is the largest share of what was allowed that an error took."""

    conversations: int = 0
    turns: int = 0
    holds: int = 0
    broken_holds: int = 0
    most_breaks: int = 0
    equal_pairs: int = 0
    nearest: float = 0.0

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(
            self.conversations + other.conversations,
            self.turns + other.turns,
            self.holds + other.holds,
            self.broken_holds + other.broken_holds,
            max(self.most_breaks, other.most_breaks),
            self.equal_pairs + other.equal_pairs,
            max(self.nearest, other.nearest),
        )


class Talk:
    """One conversation under way."""

    def __init__(self, room: Room, voice: EchoVoice) -> None:
        self.lines: list[str] = []
        self._turns = 0
        self._ledger = Ledger(room.content, room.narrator)
        self._tape = Tape(room.post)
        self._device = room.device(self._tape, voice)
        self._apologies = room.content.phrases.lines[Line.SOMETHING_WENT_WRONG]
        self._asked = Asked.BEGIN

    def take(self, step: Step) -> None:
        """Let the person say or do `step`; raises AssertionError where something does not hold."""
        playback, was_open = self._device.playback, self._device.is_open
        self.lines.append(step.line(playback.ended - playback.began))
        line = parse_line(self.lines[-1])
        turn = perform(line, self._device)
        if turn.request is None and was_open is self._device.is_open:
            return
        self._turns += 1
        is_over = turn.request == "SessionEndedRequest"
        self._ledger.hear(math.inf if is_over else turn.at - playback.began)
        self._check(turn)
        self._note(turn, begins=line.verb in (Verb.OPEN, Verb.ASK))

    def end(self) -> Findings:
        """Check what is left to check, and return what was found."""
        self._ledger.leave(None)
        over = self._ledger.over
        return Findings(
            conversations=1,
            turns=self._turns,
            holds=len(over),
            broken_holds=sum(hold.breaks > 0 for hold in over),
            most_breaks=max((hold.breaks for hold in over), default=0),
            equal_pairs=self._ledger.equal_pairs,
            nearest=max((abs(hold.error) / hold.allowance for hold in over), default=0.0),
        )

    def _check(self, turn: Turn) -> None:
        assert turn.seconds <= LONGEST_REPLY_SECONDS, f"{turn.seconds:.1f} s with this voice"
        assert not any(words in turn.text for words in self._apologies), "a handler failed"

    def _note(self, turn: Turn, *, begins: bool) -> None:
        session = Session.from_attributes(self._tape.attributes)
        assert session, "the coach cannot read what it wrote"
        if session.plan and turn.open and not begins and not self._moves(turn):
            self._ledger.go_on(session.plan)
        else:
            self._ledger.leave(session.plan if turn.open else None)
        if turn.open:
            self._ledger.send(session, self._device.voice.sounds(turn.ssml))
        self._asked = Asked.BEGIN if session.began else session.asked

    def _moves(self, turn: Turn) -> bool:
        starts_over = turn.intent == "AMAZON.YesIntent" and self._asked is Asked.START_OVER
        return starts_over or turn.intent in MOVING_INTENTS


def hold(conversation: Conversation, room: Room) -> Findings:
    """Hold a conversation and check it; a failure names the lines for `chat --json` that repeat it."""
    talk = Talk(room, conversation.voice)
    try:
        for step in conversation.steps:
            talk.take(step)
        return talk.end()
    except Exception as error:
        figures = ",".join(f"{figure:g}" for figure in conversation.voice.figures)
        error.add_note("\n".join([f"chat --json --voice {figures}", *talk.lines]))
        raise
