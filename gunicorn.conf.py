"""How gunicorn serves the webhook; the settings themselves are in `skill/config.py`."""

import atexit
import contextlib
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Timer
from typing import Any

from gunicorn.http.errors import ParseException
from gunicorn.util import write
from gunicorn.workers.gthread import ThreadWorker

from skill.config import Config
from skill.telemetry import logs

_config = Config.from_env(os.environ)
_memory = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 (files off the disk)
_refusal = b'{"error":"request"}\n'


class Worker(ThreadWorker):
    """Gives no client longer than `graceful_timeout`, however it drips, and quotes none in a refusal."""

    def handle(self, conn: Any) -> Any:  # noqa: ANN401 (gunicorn is untyped)
        """Answer a request, or cut the connection if that takes too long."""
        with _cut_after(self.cfg.graceful_timeout, conn.sock):
            return super().handle(conn)

    def handle_error(self, req: Any, client: Any, addr: Any, exc: Exception) -> None:  # noqa: ANN401
        """Answer what is no HTTP with 400; gunicorn's own page and log line repeat what was sent."""
        if not isinstance(exc, ParseException):
            super().handle_error(req, client, addr, exc)
            return
        self.log.warning("request", extra={"outcome": "refused", "reason": "request"})
        head = f"HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: {len(_refusal)}\r\n"
        with contextlib.suppress(OSError):
            write(client, f"{head}Content-Type: application/json\r\n\r\n".encode() + _refusal)


@contextlib.contextmanager
def _cut_after(seconds: float, connection: socket.socket) -> Iterator[None]:
    timer = Timer(seconds, _cut, [connection])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):  # closed already
        connection.shutdown(socket.SHUT_RDWR)


def _address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _metrics_directory() -> str:
    """Return where the workers share their figures: this master's own, which a reload keeps."""
    prefix = f"hip-coach-{os.getpid()}-"
    directory = os.environ.get("PROMETHEUS_MULTIPROC_DIR", "")
    if not Path(directory).name.startswith(prefix):
        directory = mkdtemp(prefix=prefix, dir=_memory)
        atexit.register(_remove, directory, os.getpid())
    return directory


def _remove(directory: str, owner: int) -> None:
    """Take the figures away with the master, also if it fails to start; workers leave them."""
    if os.getpid() == owner:
        rmtree(directory, ignore_errors=True)


wsgi_app = "app:create_app()"
bind = [_address(_config.host, _config.port)]
if _config.metrics_port:
    bind.append(_address(_config.metrics_host, _config.metrics_port))
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = _metrics_directory()  # read when prometheus_client is imported
preload_app = True  # content is checked, and the development authority made, once before workers start
worker_class = Worker  # threads: a slow client takes one of them, not the worker
workers = 2  # one serves on while the other is replaced
threads = 32  # a client that only waits costs a thread, which is little; a turn takes milliseconds
worker_connections = 256  # a worker; more wait in the backlog, and memory stays bounded
backlog = 128  # more than these are better refused at once than answered after Alexa gave up
timeout = 30  # seconds until a worker whose main loop hangs is replaced
graceful_timeout = 10  # Alexa gives up on a reply after about eight; also the longest any request may take
keepalive = 5  # seconds; a proxy's next request comes soon, or on a new connection
control_socket_disable = True  # nothing to manage from outside, and no file in the home directory
limit_request_line = 1024  # Alexa's is a few dozen bytes
limit_request_fields = 64  # Alexa sends about ten, and a proxy some more
limit_request_field_size = 4096  # the signature takes about 350
worker_tmp_dir = _memory  # a heartbeat must not wait for a disk
logconfig_dict = logs.settings(is_terminal=sys.stderr.isatty())


def when_ready(server: Any) -> None:  # noqa: ANN401 (gunicorn is untyped)
    """Say where it serves, and how to talk to it."""
    url = f"http://{bind[0]}"
    metrics = f"http://{bind[1]}/metrics" if _config.metrics_port else "off"
    facts = {"environment": _config.environment, "workers": workers, "metrics": metrics}
    server.log.info("Webhook: POST %s/alexa", url, extra=facts)
    if _config.environment == "development":
        server.log.info("Talk to it: .venv/bin/python -m skill chat --url %s, or alone: make chat", url)
