"""The webhook and the composition root: the only file that knows Flask."""

import logging
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ask_sdk_core.exceptions import SerializationException
from cryptography import x509
from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from skill.config import Config
from skill.content import load_content
from skill.dispatch import build_skill
from skill.errors import VerificationError
from skill.handlers.turn import Coach
from skill.pace import Voice
from skill.position import Clock as EchoClock
from skill.simulator.authority import Authority
from skill.timeline import Narrator
from skill.verification import Verifier
from skill.verification.fetch import fetch as fetch_chain
from skill.verification.roots import public_roots
from skill.verification.webservice import WebserviceSkillHandler

Roots = Sequence[x509.Certificate]
Fetch = Callable[[str], bytes]
Clock = Callable[[], datetime]

CONTENT = Path(__file__).parent / "content"
MOST_BYTES = 128 * 1024  # Alexa's requests have a few KiB
NOTHING_TO_SAY = {"version": "1.0", "response": {}}

log = logging.getLogger(__name__)


def create_app(
    config: Config | None = None,
    *,
    roots: Roots | None = None,
    fetch: Fetch | None = None,
    now: Clock | None = None,
) -> Flask:
    """Put the webhook together; what is None is the real thing, and `now` gives aware UTC.

    Raises ConfigError or ContentError where the skill cannot run as it is set up.
    """
    config = config or Config.from_env(os.environ)
    now = now or _utc_now
    roots, fetch = _trust(config, roots, fetch, now)
    skill = build_skill(_coach(config))
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    _add_routes(app, Verifier(roots, fetch, now, config.skill_id), skill)
    _add_error_handlers(app)
    return app


def _coach(config: Config) -> Coach:
    content = load_content(CONTENT)
    narrator = Narrator(content.phrases, Voice(config.words_per_minute).seconds)
    return Coach(content, narrator, EchoClock(config.start_delay, config.barge_in_lag))


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _trust(config: Config, roots: Roots | None, fetch: Fetch | None, now: Clock) -> tuple[Roots, Fetch]:
    """Return the trusted roots and where chains come from; in development also the machine's own."""
    fetch = fetch or fetch_chain
    if roots is not None:
        return roots, fetch
    public = public_roots()
    if config.environment != "development":
        return public, fetch
    authority = Authority.load_or_create(config.dev_directory, now())
    return [*public, authority.root], _answering_for(authority, fetch)


def _answering_for(authority: Authority, fetch: Fetch) -> Fetch:
    def answer(url: str) -> bytes:
        return authority.chain_pem if url == authority.chain_url else fetch(url)

    return answer


def _add_routes(app: Flask, verifier: Verifier, skill: Any) -> None:  # noqa: ANN401 (the SDK is untyped)
    handler = WebserviceSkillHandler(skill, verify_signature=False, verify_timestamp=False)

    @app.post("/alexa")
    def alexa() -> Response:
        body = request.get_data(cache=False)
        if len(body) >= MOST_BYTES:  # a chunked body is cut there, not refused
            raise RequestEntityTooLarge
        verifier.verify(request.headers.items(), body)
        return jsonify(handler.verify_request_and_dispatch(dict(request.headers), body.decode()))

    @app.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")


def _add_error_handlers(app: Flask) -> None:
    """Map errors to HTTP, here and nowhere else."""

    @app.errorhandler(VerificationError)
    def refused(error: VerificationError) -> tuple[Response, int]:
        log.warning("request refused: %s", error.reason)
        return jsonify(error=error.reason), 400

    @app.errorhandler(SerializationException)
    def unknown(_error: SerializationException) -> Response:
        log.warning("request of a kind that the SDK cannot read: nothing said")
        return jsonify(NOTHING_TO_SAY)

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> tuple[Response, int]:
        return jsonify(error=error.name), error.code or 500
