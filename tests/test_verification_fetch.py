"""A chain is fetched from a real socket, within limits."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from skill.verification.fetch import MOST_BYTES, fetch

PAGES = {
    "/good": (200, b"certificates"),
    "/longest": (200, b"x" * MOST_BYTES),
    "/too-long": (200, b"x" * (MOST_BYTES + 1)),
    "/elsewhere": (302, b""),
    "/broken": (500, b"certificates"),
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, content = PAGES.get(self.path, (404, b""))
        self.send_response(status)
        self.send_header("Location", "/good")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

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


def test_a_proxy_in_the_environment_is_ignored(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert fetch(f"{site}/good") == b"certificates"


def test_a_server_that_is_not_there_is_an_oserror() -> None:
    with pytest.raises(OSError, match="refused"):
        fetch("http://127.0.0.1:9/")
