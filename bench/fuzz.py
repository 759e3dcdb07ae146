"""`python -m bench.fuzz [COUNT]`: hostile requests to the real server: its answers, times and memory."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from cryptography.hazmat.primitives.serialization import Encoding
from hypothesis import HealthCheck, Phase, given, seed, settings

from skill.simulator.authority import Authority
from tests.attack_server import ROOTS
from tests.hostile_requests import Hostile, Tally, hostile
from tests.server_process import PATIENCE_SECONDS, Server, serving

COUNT = 100_000
CHUNK = 1000  # shares one moment: soon enough over for Alexa's 150 seconds
SLOWEST_SECONDS = 1.0
MOST_GROWTH_MIB = 8.0  # of a worker, from the first tenth on
UNTIL_STOPPED = ("--max-requests", "0")  # a worker that is replaced would hide what it leaks


@contextmanager
def attacked(authority: Authority) -> Iterator[Server]:
    """Serve with trust in an authority alone."""
    with TemporaryDirectory() as name:
        directory = Path(name)
        (directory / ROOTS).write_bytes(authority.root.public_bytes(Encoding.PEM))
        (directory / Path(authority.chain_url).name).write_bytes(authority.chain_pem)
        with serving(directory, *UNTIL_STOPPED) as server:
            yield server


def ready(server: Server) -> HTTPConnection:
    """Return a connection, once the server has started."""
    connection = HTTPConnection(*server.address, timeout=PATIENCE_SECONDS)
    connection.request("GET", "/healthz")
    assert b"ok" in connection.getresponse().read()
    return connection


def post(connection: HTTPConnection, request: Hostile) -> tuple[int, bytes]:
    """Send a request as it is, headers that are there twice and all."""
    connection.putrequest("POST", "/alexa")
    connection.putheader("Content-Length", str(len(request.body)))
    for name, value in request.headers:
        connection.putheader(name, value.encode("latin-1"))
    connection.endheaders(request.body)
    response = connection.getresponse()
    return response.status, response.read()


def fuzz(number: int, size: int, authority: Authority, connection: HTTPConnection, tally: Tally) -> None:
    """Send the chunk of this number, which is also its seed."""

    @seed(number)
    @settings(
        max_examples=size,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(hostile(datetime.now(UTC).replace(microsecond=0), authority.sign))
    def send(request: Hostile) -> None:
        began = perf_counter()
        status, content = post(connection, request)
        tally.count(request, status, content, perf_counter() - began)

    send()


def resident_mib(pid: int) -> float:
    """Return how much memory a process has in use."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def memory(server: Server) -> dict[int, float]:
    """Return the memory of each worker, by process id."""
    return {pid: resident_mib(pid) for pid in server.workers()}


def main(count: int = COUNT) -> None:
    """Print what came of it; fails for a 5xx, a slow answer, a worker that died, or memory that grows."""
    tally, authority = Tally(), Authority.create(datetime.now(UTC))
    warm: dict[int, float] = {}
    with attacked(authority) as server:
        connection = ready(server)
        for number in range(0, count, CHUNK):
            fuzz(number, min(CHUNK, count - number), authority, connection, tally)
            if not warm and number >= count / 10:
                warm = memory(server)
        last = memory(server)
    print(f"Fuzzing the real server: {tally}")
    print("memory of its workers, MiB: " + ", ".join(f"{warm[pid]:.1f} -> {last[pid]:.1f}" for pid in last))
    assert last.keys() == warm.keys(), "no worker died"
    assert all(last[pid] - warm[pid] < MOST_GROWTH_MIB for pid in last), "memory is flat"
    assert tally.slowest < SLOWEST_SECONDS


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
