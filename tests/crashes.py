"""Kills a server under load, with all its workers, and compares what it acknowledged with what is stored."""

import http.client
import os
import signal
import sqlite3
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from skill.memory import ANYBODY, Person, Progress, Record
from skill.simulator.alexa_api import HOME
from skill.simulator.authority import Authority
from skill.simulator.clock import SimulatedClock
from skill.simulator.connection import Connection
from skill.simulator.device import Device
from skill.simulator.ear import Ear, ModelEar
from skill.simulator.envelope import Identity
from skill.store import Store, StoreSettings, envelope_of, keys_of, open_store
from tests.gunicorn_process import PROJECT, Server, serving, wait_until

PEOPLE = 4
MOST_SESSIONS = 25  # between two kills
SESSION = timedelta(seconds=60)  # by the stamps on its requests; it takes no time to go through
CANNOT_REMEMBER = "cannot remember"


@dataclass
class Regular:
    """Somebody who does one short session after the other, and keeps count of what was acknowledged."""

    user_id: str
    begun: int = 0
    acknowledged: int = 0
    last: date | None = None

    def practise(self, server: Server, ear: Ear) -> None:
        """Go on until the server is gone."""
        authority = Authority.load(server.directory)

        def post(headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
            return server.posted(body, headers)

        connection = Connection(post, authority.sign)
        while True:
            self.begun += 1
            clock = SimulatedClock(datetime.now(UTC) - SESSION)
            try:
                self._practise_once(Device(connection, ear, clock, identity=Identity(user_id=self.user_id)))
            except (OSError, http.client.HTTPException):
                return

    def _practise_once(self, device: Device) -> None:
        """Work for a while and stop; that is acknowledged by words which own up to no lapse of memory."""
        turns = [device.open(), device.say("do the bridges", 1), device.say("stop", 50)]
        assert turns[-1].text
        assert not device.is_open
        if not any(CANNOT_REMEMBER in turn.text for turn in turns):
            self.acknowledged += 1
            self.last = device.clock.now().astimezone(ZoneInfo(HOME)).date()

    def agrees(self, stored: Progress) -> bool:
        """Return whether all that was acknowledged is stored, and nothing that was not begun."""
        if not self.acknowledged <= stored.sessions <= self.begun:
            return False
        if self.last is None or stored.first is None or stored.last is None:
            return self.last is None
        return stored.last >= self.last and stored.streak == (stored.last - stored.first).days + 1


@dataclass(frozen=True)
class Crash:
    """What a kill left behind: people as they were then, the progress stored of each; is the file sound?"""

    people: tuple[Regular, ...]
    stored: tuple[Progress, ...]
    is_sound: bool

    @property
    def is_harmless(self) -> bool:
        """Return whether nothing that was acknowledged is lost, and nothing is there that nobody did."""
        rows = zip(self.people, self.stored, strict=True)
        return self.is_sound and all(person.agrees(progress) for person, progress in rows)


class Crashes:
    """Crash after crash of the server as it ships, on one database."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._file = folder, folder / "coach.db"
        self._random = Random(seed)  # noqa: S311 (no secret)
        self._ear = ModelEar.load(PROJECT / "interaction_model" / "en-US.json")
        self._people = [Regular(f"amzn1.ask.account.{number}") for number in range(PEOPLE)]

    def crash(self) -> Crash:
        """Start a server, let people practise, kill it at a moment of its own, and see what is left."""
        goal = self._acknowledged() + self._random.randrange(1, MOST_SESSIONS)
        with serving(self._folder) as server, ThreadPoolExecutor(PEOPLE) as pool:
            rows = [pool.submit(person.practise, server, self._ear) for person in self._people]
            try:
                wait_until(lambda: self._acknowledged() >= goal or any(row.done() for row in rows))
            finally:
                _kill(server)
            for row in rows:
                row.result()
            server.process.wait()
        return self._look()

    def _acknowledged(self) -> int:
        return sum(person.acknowledged for person in self._people)

    def _look(self) -> Crash:
        with closing(sqlite3.connect(self._file)) as connection:
            is_sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        settings = StoreSettings(f"sqlite:///{self._file}")
        with closing(open_store(settings, keys_of(settings), lambda: datetime.now(UTC))) as store:
            stored = tuple(_progress(store, person.user_id) for person in self._people)
        return Crash(tuple(map(replace, self._people)), stored, is_sound)


def _progress(store: Store, user_id: str) -> Progress:
    record = Record.from_attributes(store.get_attributes(envelope_of(user_id)))
    return record.people.get(ANYBODY, Person()).progress


def _kill(server: Server) -> None:
    """Kill the master and its workers with no time to say goodbye; Linux only."""
    master = server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for process in (master, *map(int, workers)):
        os.kill(process, signal.SIGKILL)
