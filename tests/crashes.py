"""Kills a server under load, with all its workers, and compares what it acknowledged with what is stored."""

import http.client
import os
import signal
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from skill.store import Attributes, StoreSettings, envelope_of, keys_of, open_store
from tests.databases import Calendar
from tests.gunicorn_process import Server, serving, wait_until

PEOPLE = 4
WRITING_SERVER = "tests.writing_server:create_app()"

Practise = Callable[[Server, str], bool]


@dataclass
class Person:
    """Somebody who practises again and again, and remembers what the server said."""

    user_id: str
    begun: int = 0
    acknowledged: int = 0

    def practise(self, server: Server, once: Practise) -> None:
        """Go on until the server is gone."""
        while True:
            self.begun += 1
            try:
                self.acknowledged += once(server, self.user_id)
            except (OSError, http.client.HTTPException):
                return


@dataclass(frozen=True)
class Crash:
    """What a kill left behind: sessions acknowledged, begun and stored, a person each; is the file sound?"""

    acknowledged: tuple[int, ...]
    begun: tuple[int, ...]
    stored: tuple[int, ...]
    is_sound: bool

    @property
    def is_harmless(self) -> bool:
        """Return whether nothing that was acknowledged is lost, and nothing is there that nobody did."""
        rows = zip(self.acknowledged, self.stored, self.begun, strict=True)
        return self.is_sound and all(acknowledged <= stored <= begun for acknowledged, stored, begun in rows)


def post_once(server: Server, user_id: str) -> bool:
    """Practise by a plain request; returns whether that was acknowledged."""
    return server.posted(user_id.encode(), {})[0] == 200


class Crashes:
    """Crash after crash of servers on one database."""

    def __init__(
        self, folder: Path, seed: int, once: Practise = post_once, app: str = WRITING_SERVER
    ) -> None:
        self._folder, self._once, self._app = folder, once, app
        self._random = Random(seed)  # noqa: S311 (no secret)
        self._file = folder / "coach.db"
        self._settings = StoreSettings(f"sqlite:///{self._file}")
        self._people = [Person(f"amzn1.ask.account.{number}") for number in range(PEOPLE)]

    def crash(self) -> Crash:
        """Start a server, let people practise, kill it at a moment of its own, and see what is left."""
        goal = self._acknowledged() + self._random.randrange(1, 100)
        with serving(self._folder, self._app, DATABASE_URL=str(self._settings.database_url)) as server:
            with ThreadPoolExecutor(PEOPLE) as pool:
                for person in self._people:
                    pool.submit(person.practise, server, self._once)
                try:
                    wait_until(lambda: self._acknowledged() >= goal)
                finally:
                    _kill(server)
            server.process.wait()
        return self._look()

    def _acknowledged(self) -> int:
        return sum(person.acknowledged for person in self._people)

    def _look(self) -> Crash:
        with closing(sqlite3.connect(self._file)) as connection:
            is_sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        store = open_store(self._settings, keys_of(self._settings), Calendar().now)
        with closing(store):
            stored: list[Attributes] = [
                store.get_attributes(envelope_of(person.user_id)) for person in self._people
            ]
        return Crash(
            tuple(person.acknowledged for person in self._people),
            tuple(person.begun for person in self._people),
            tuple(int(record.get("sessions", 0)) for record in stored),
            is_sound,
        )


def _kill(server: Server) -> None:
    """Kill the master and its workers with no time to say goodbye; Linux only."""
    master = server.process.pid
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for process in (master, *map(int, workers)):
        os.kill(process, signal.SIGKILL)
