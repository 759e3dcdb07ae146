"""One HTTP exchange, with method, headers and body; its limits are tested where chains are fetched."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from skill.transfer import Bounds, transfer

BOUNDS = Bounds(connect=2, read=2, whole=5, size=1024)


class Mirror(BaseHTTPRequestHandler):
    """Answers with what came, and as a refusal."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(429)
        self.end_headers()
        self.wfile.write(f"{self.path} {self.headers['Authorization']} ".encode() + body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Mirror) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/v1"
        server.shutdown()
        thread.join()


def test_headers_and_body_arrive_and_any_status_is_returned(url: str) -> None:
    answer = transfer("POST", url, BOUNDS, {"Authorization": "Bearer x"}, '{"a": 1}')
    assert answer == (429, b'/v1 Bearer x {"a": 1}')


def test_a_password_file_has_no_say_on_the_token(
    url: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    assert b"Bearer x" in transfer("POST", url, BOUNDS, {"Authorization": "Bearer x"}, "")[1]
