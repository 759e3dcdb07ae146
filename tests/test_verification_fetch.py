"""A chain is fetched from a real socket, within limits."""

import contextlib
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from skill.simulator.authority import Authority
from skill.verification.fetch import MOST_BYTES, fetch

PAGES = {
    "/good": (200, b"certificates"),
    "/longest": (200, b"x" * MOST_BYTES),
    "/too-long": (200, b"x" * (MOST_BYTES + 1)),
    "/elsewhere": (302, b""),
    "/broken": (500, b"certificates"),
}


class Handler(BaseHTTPRequestHandler):
    dripped: ClassVar[list[bytes]] = []

    def do_GET(self) -> None:
        if self.path == "/dripping":
            self._drip()
            return
        status, content = PAGES.get(self.path, (404, b""))
        self.send_response(status)
        self.send_header("Location", "/good")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _drip(self) -> None:
        """Send a byte at a time, until nobody listens."""
        self.send_response(200)
        self.end_headers()
        with contextlib.suppress(OSError):
            while True:
                self.wfile.write(b"x")
                self.dripped.append(b"x")
                time.sleep(0.01)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_the_content_is_returned(site: str) -> None:
    assert fetch(f"{site}/good") == b"certificates"
    assert len(fetch(f"{site}/longest")) == MOST_BYTES


@pytest.mark.parametrize("path", ["/too-long", "/elsewhere", "/broken", "/missing"])
def test_anything_but_a_short_answer_of_200_is_an_error(site: str, path: str) -> None:
    with pytest.raises(OSError, match=r"status|too long"):
        fetch(f"{site}{path}")


def test_a_server_that_drips_is_given_up(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("skill.verification.fetch.DEADLINE", 0.1)
    Handler.dripped.clear()
    with pytest.raises(OSError, match="too slow"):
        fetch(f"{site}/dripping")
    assert len(Handler.dripped) < 2048  # it did not wait for a whole chunk


def test_a_server_whose_certificate_is_not_trusted_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Authority.create(datetime.now(UTC)).save(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "chain.pem", tmp_path / "leaf.key")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "chain.pem"))
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(OSError, match="CERTIFICATE_VERIFY_FAILED"):
            fetch(f"https://127.0.0.1:{server.server_port}/good")
        thread.join()


def test_a_proxy_in_the_environment_is_ignored(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fetch(f"{site}/good") == b"certificates"


def test_a_server_that_is_not_there_is_an_oserror() -> None:
    with pytest.raises(OSError, match="refused"):
        fetch("http://127.0.0.1:9/")
