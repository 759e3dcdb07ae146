"""A development server in a process of its own, with the gunicorn settings that are shipped."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from skill.simulator.authority import Authority

PROJECT = Path(__file__).parent.parent
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    """A server, where it listens, and where it keeps its authority and its log."""

    process: subprocess.Popen[bytes]
    port: int
    directory: Path

    def asked(self, path: str, port: int | None = None) -> tuple[int, bytes]:
        """Return status and body of a GET."""
        return self._answer("GET", path, {}, b"", port)

    def posted(self, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
        return self._answer("POST", "/alexa", headers, body)

    def signed(self, body: bytes, url: str | None = None) -> dict[str, str]:
        headers = Authority.load(self.directory).sign(body)
        return headers | ({"SignatureCertChainUrl": url} if url else {})

    def sent(self, data: bytes) -> bytes:
        """Return all that comes back until the server closes the connection."""
        with socket.create_connection((HOST, self.port), 30) as connection:
            connection.sendall(data)
            return b"".join(iter(lambda: connection.recv(4096), b""))

    def is_listening(self) -> bool:
        try:
            socket.create_connection((HOST, self.port), 1).close()
        except OSError:
            return False
        return True

    def log(self) -> str:
        return (self.directory / "log").read_text()

    def _answer(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes, port: int | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection(HOST, port or self.port, timeout=30)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()


@contextmanager
def serving(directory: Path, *arguments: str, **settings: str) -> Iterator[Server]:
    server = launched(directory, *arguments, **settings)
    try:
        wait_until(server.is_listening)
        yield server
    finally:
        server.process.terminate()
        server.process.wait(30)


def launched(directory: Path, *arguments: str, **settings: str) -> Server:
    """Start a server, which may not have come up yet, or never may."""
    port = free_port()
    own = {"COACH_ENV": "development", "COACH_DEV_DIR": str(directory), "PORT": str(port)}
    own["DATABASE_URL"] = f"sqlite:///{directory / 'coach.db'}"
    command = [sys.executable, "-m", "gunicorn", *arguments]
    with (directory / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=PROJECT, env=os.environ | own | settings, stderr=log)  # noqa: S603 (ours)
    return Server(process, port, directory)


def free_port() -> int:
    with socket.create_server((HOST, 0)) as listener:
        return int(listener.getsockname()[1])


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for something that has to come; the limit is for a broken server, not a measurement."""
    give_up = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.02)
