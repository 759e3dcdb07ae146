"""The server as it ships, in a process of its own: it stops gracefully, and slow clients cannot hold it."""

import json
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import gettempdir

import pytest

from skill.simulator.envelope import Identity, Session, envelope, launch_request, stamped
from tests.gunicorn_process import HOST, Server, free_port, launched, serving, wait_until
from tests.slow_server import BEGUN, GO_ON

ELSEWHERE = "https://s3.amazonaws.com/echo.api/elsewhere.pem"
THREADS = 2 * 32


def launch() -> bytes:
    request = stamped(launch_request(), "amzn1.echo-api.request.secret", datetime.now(UTC), "en-US")
    return json.dumps(envelope(Identity(), Session("s"), request)).encode()


@pytest.fixture(scope="module")
def metrics_port() -> int:
    return free_port()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, metrics_port: int) -> Iterator[Server]:
    directory = tmp_path_factory.mktemp("server")
    with serving(directory, "--graceful-timeout=3", METRICS_PORT=str(metrics_port)) as server:
        yield server


def test_what_is_no_http_is_refused_in_json_and_not_repeated(server: Server) -> None:
    for nonsense in (
        b"GET / secret HTTP/1.1\r\n\r\n",
        b"POST /alexa HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: secret\r\n\r\n",
        b"POST /alexa HTTP/1.1\r\nHost: x\r\nsecret\r\n\r\n",
        b"GET /" + b"secret" * 200 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nsecret: " + b"x" * 5000 + b"\r\n\r\n",
    ):
        reply = server.sent(nonsense)
        assert reply.startswith(b"HTTP/1.1 400 ")
        assert reply.endswith(b'\r\n\r\n{"error":"request"}\n')
        assert b"secret" not in reply
    assert "secret" not in server.log()


def test_clients_that_stall_are_cut_and_others_are_served(server: Server) -> None:
    with ExitStack() as stack:
        connect = partial(socket.create_connection, (HOST, server.port), 30)
        stalled = [stack.enter_context(connect()) for _ in range(THREADS)]
        for number, client in enumerate(stalled):
            head = b"POST /alexa HTTP/1.1\r\nHost: x\r\n"
            client.sendall(head + (b"Content-Length: 9\r\n\r\nx" if number % 2 else b""))
        assert server.asked("/healthz")[0] == 200
        assert {client.recv(4096)[:12] for client in stalled} <= {b"", b"HTTP/1.1 400"}


def test_a_request_is_one_line_of_json_without_anything_personal(server: Server) -> None:
    body = launch()
    headers = server.signed(body) | {"User-Agent": "secret"}
    assert server.posted(body, headers)[0] == 200
    lines = [json.loads(line) for line in server.log().splitlines()]
    (line,) = (line for line in lines if line.get("type") == "LaunchRequest")
    assert (line["event"], line["intent"], line["outcome"]) == ("request", "", "answered")
    assert line["milliseconds"] > 0
    assert len(line["request"]) == 12
    assert not any(secret in server.log() for secret in ("amzn1", "secret"))


def test_figures_of_all_workers_are_on_one_page_on_a_port_of_their_own(
    server: Server, metrics_port: int
) -> None:
    for _ in range(20):
        assert server.asked("/nowhere")[0] == 404
    status, page = server.asked("/metrics", metrics_port)
    assert status == 200
    assert b'hip_coach_refusals_total{reason="path"} 20.0' in page
    assert server.asked("/metrics")[0] == 404


def test_a_stopped_server_finishes_what_is_under_way_and_takes_nothing_new(tmp_path: Path) -> None:
    patient = ("--graceful-timeout=60", "tests.slow_server:create_app()")  # however slow this machine is
    with serving(tmp_path, *patient) as server, ThreadPoolExecutor() as pool:
        body = launch()
        reply = pool.submit(server.posted, body, server.signed(body, ELSEWHERE))
        wait_until((tmp_path / BEGUN).exists)
        server.process.send_signal(signal.SIGTERM)
        wait_until(lambda: not server.is_listening())
        assert not reply.done()
        (tmp_path / GO_ON).touch()
        assert reply.result()[0] == 200
        assert server.process.wait(30) == 0


def figures_of(server: Server) -> list[Path]:
    """Return the directories that the server's workers share."""
    places = (Path("/dev/shm"), Path(gettempdir()))  # noqa: S108 (where gunicorn.conf.py puts them)
    return [found for place in places for found in place.glob(f"hip-coach-{server.process.pid}-*")]


def test_the_figures_go_with_the_server(tmp_path: Path) -> None:
    with serving(tmp_path, METRICS_PORT=str(free_port())) as server:
        assert server.asked("/healthz")[0] == 200
        assert len(figures_of(server)) == 1
    assert figures_of(server) == []


def test_a_server_that_cannot_start_says_why_and_leaves_nothing(tmp_path: Path) -> None:
    server = launched(tmp_path, METRICS_PORT=str(free_port()), TRUSTED_ROOTS=str(tmp_path / "none.pem"))
    assert server.process.wait(60) != 0
    assert "TRUSTED_ROOTS" in server.log()
    assert figures_of(server) == []
