"""A server on a store of its own, the Echos of one account that talk to it, and what its host sees."""

from collections.abc import Mapping
from datetime import datetime
from threading import local

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter

from app import create_app
from skill.config import DEVELOPMENT_SKILL_ID, Config
from skill.memory import ANYBODY, Person, Record
from skill.simulator.alexa_api import SimulatedAlexa
from skill.simulator.authority import Authority
from skill.simulator.chat import build_device
from skill.simulator.clock import START, SimulatedClock
from skill.simulator.device import Device
from skill.simulator.envelope import Identity
from skill.simulator.script import parse_line, perform
from skill.simulator.turn import Turn
from skill.store import envelope_of
from tests.conftest import MODEL
from tests.invariants import checked

USER = "amzn1.ask.account.household"


class Household:
    """Every answer is checked against the invariants; the server believes the clock of whoever speaks."""

    def __init__(self, authority: Authority, store: AbstractPersistenceAdapter) -> None:
        self._authority, self._speaking = authority, local()
        self._client = create_app(
            Config(DEVELOPMENT_SKILL_ID),
            roots=[authority.root],
            fetch=lambda _url: authority.chain_pem,
            now=self._now,
            store=store,
            services=SimulatedAlexa(self._now),
        ).test_client()

    def echo(self, room: str) -> Device:
        clock = SimulatedClock()

        def post(headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
            self._speaking.clock = clock
            answer = self._client.post("/alexa", data=body, headers=dict(headers))
            return answer.status_code, answer.data

        identity = Identity(user_id=USER, device_id=f"amzn1.ask.device.{room}")
        return build_device((checked(post), self._authority.sign), clock, MODEL, identity=identity)

    def health(self) -> str:
        """Return the status of the health page, which is 200 without a store as well."""
        answer = self._client.get("/healthz")
        assert answer.status_code == 200
        return str(answer.get_json()["status"])

    def _now(self) -> datetime:
        """Return the time of the request that this thread answers; the store's own threads answer none."""
        clock: SimulatedClock | None = getattr(self._speaking, "clock", None)
        return clock.now() if clock else START


def talk(device: Device, *lines: str) -> Turn:
    """Let each line happen, as the chat takes them; returns what came of the last."""
    turns = [perform(parse_line(line), device) for line in lines]
    return turns[-1]


def kept(store: AbstractPersistenceAdapter) -> Person:
    """Return what a store holds of the household, whose voices nobody recognises."""
    return Record.from_attributes(store.get_attributes(envelope_of(USER))).people[ANYBODY]
