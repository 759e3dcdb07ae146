"""How gunicorn serves the webhook; the settings themselves are in `skill/config.py`."""

import os
from typing import Any

from skill.config import Config

_config = Config.from_env(os.environ)
_host = f"[{_config.host}]" if ":" in _config.host else _config.host

wsgi_app = "app:create_app()"
bind = f"{_host}:{_config.port}"
preload_app = True  # content is checked, and the development authority made, once before workers start
worker_class = "gthread"  # a slow client takes a thread, not the worker
workers = 2  # one serves on while the other is replaced
threads = 8
timeout = 30  # seconds until a stuck worker is replaced
graceful_timeout = 10  # Alexa gives up on a reply after about eight
keepalive = 5
control_socket_disable = True  # nothing to manage from outside, and no file in the home directory
limit_request_line = 1024  # Alexa's is a few dozen bytes
limit_request_fields = 64
limit_request_field_size = 4096  # the signature takes about 350
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108, PTH112 (heartbeats off the disk)


def when_ready(server: Any) -> None:  # noqa: ANN401 (gunicorn is untyped)
    """Say where it serves, and how to talk to it."""
    url = f"http://{bind}"
    server.log.info("Webhook: POST %s/alexa", url)
    if _config.environment == "development":
        server.log.info("Talk to it: .venv/bin/python -m skill chat --url %s, or alone: make chat", url)
