"""Posting to a server that runs elsewhere."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from skill.simulator.remote import post_to
from skill.simulator.reply import ReplyError


class Echoing(BaseHTTPRequestHandler):
    """Answers with the path, one header and the body that came."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"{self.path} {self.headers['Signature-256']} ".encode() + body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def url() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Echoing) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_bytes_and_headers_arrive_as_they_were(url: str) -> None:
    assert post_to(url)({"Signature-256": "abc"}, b"{ }") == (200, b"/alexa abc { }")


def test_a_path_that_is_given_is_kept(url: str) -> None:
    assert post_to(f"{url}/elsewhere")({"Signature-256": "abc"}, b"{}")[1].startswith(b"/elsewhere ")


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(ReplyError, match="no answer from http://127"):
        post_to("http://127.0.0.1:9")({}, b"{}")
