"""What gunicorn serves to be killed: each request adds a session to the record of the user in its body."""

import os
from datetime import UTC, datetime

from flask import Flask, request

from skill.config import Config
from skill.store import Attributes, Guard, envelope_of, keys_of, open_store, update


def create_app() -> Flask:
    settings = Config.from_env(os.environ).store
    store = Guard(open_store(settings, keys_of(settings), lambda: datetime.now(UTC)))
    app = Flask(__name__)

    @app.post("/alexa")
    def practise() -> dict[str, int]:
        return update(store, envelope_of(request.get_data(as_text=True)), _one_more)

    return app


def _one_more(record: Attributes) -> Attributes:
    return {"sessions": record.get("sessions", 0) + 1}
