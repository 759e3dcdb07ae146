"""The real server: gunicorn as it ships, on a loopback port of its own, with trust made up by the caller."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.attack_server import DIRECTORY_VARIABLE

PROJECT = Path(__file__).parent.parent
PATIENCE_SECONDS = 20
SKILL_ID = "amzn1.ask.skill.ours"

Address = tuple[str, int]


@dataclass(frozen=True)
class Server:
    """Where it listens, and its process, whose children are the workers."""

    address: Address
    pid: int

    def workers(self) -> list[int]:
        """Return the workers' process ids; Linux only."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children")
        return sorted(map(int, children.read_text().split()))


@contextmanager
def serving(directory: Path, *options: str) -> Iterator[Server]:
    """Serve with the roots and chains that are in a directory; the log goes there as well.

    The socket is handed over, so that no port has to be guessed and early callers wait in its backlog.
    """
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener, _log(directory) as log:
        process = subprocess.Popen(  # noqa: S603 (own)
            _command(listener, options),
            cwd=PROJECT,
            env=_environment(directory),
            pass_fds=[listener.fileno()],
            stdout=log,
            stderr=log,
        )
        try:
            yield Server(listener.getsockname(), process.pid)
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Stop it at once, as nothing is under way."""
    process.send_signal(signal.SIGINT)
    try:
        process.wait(PATIENCE_SECONDS)
    finally:
        process.kill()


@contextmanager
def _log(directory: Path) -> Iterator[int]:
    with (directory / "server.log").open("ab") as file:
        yield file.fileno()


def _command(listener: socket.socket, options: Sequence[str]) -> list[str]:
    bind = f"fd://{listener.fileno()}"
    return [sys.executable, "-m", "gunicorn", "--bind", bind, *options, "tests.attack_server:create_app()"]


def _environment(directory: Path) -> dict[str, str]:
    """Return the settings and nothing else: none of the caller's own gets in."""
    own = {"ALEXA_SKILL_ID": SKILL_ID, "DATABASE_URL": f"sqlite:///{directory / 'coach.db'}"}
    return {"COACH_ENV": "production", DIRECTORY_VARIABLE: str(directory), **own}
