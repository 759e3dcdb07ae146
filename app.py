"""The webhook and the composition root: the only file that knows Flask."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from time import perf_counter
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model.services import ApiClient
from cryptography import x509
from flask import Flask, Response, g, jsonify, request
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from werkzeug.exceptions import HTTPException, NotFound, RequestEntityTooLarge

from skill.alexa import AlexaClient
from skill.assembly import MODELS, assemble
from skill.config import Config
from skill.content import DEFAULT_ROUTINE, Content, mismatches
from skill.dispatch import NOTHING_TO_SAY, ROUTES, answer_to
from skill.errors import ConfigError, VerificationError
from skill.simulator.alexa_api import SimulatedAlexa
from skill.simulator.authority import Authority
from skill.store import Guard
from skill.telemetry.metrics import Metrics
from skill.telemetry.monitor import Monitor
from skill.verification import Verifier
from skill.verification.fetch import fetch as fetch_chain
from skill.verification.roots import public_roots, roots_in
from skill.verification.webservice import WebserviceSkillHandler

Roots = Sequence[x509.Certificate]
Fetch = Callable[[str], bytes]
Clock = Callable[[], datetime]
Contents = Mapping[str, Content]
Health = Mapping[str, Callable[[], bool]]

MOST_BYTES = 128 * 1024  # Alexa's requests have a few KiB
NOT_NEEDED = {"store"}  # parts that the routine goes on without
HTTP_REASONS: Mapping[int | None, str] = {404: "path", 405: "method", 413: "size"}

log = logging.getLogger(__name__)


def create_app(
    config: Config | None = None,
    *,
    roots: Roots | None = None,
    fetch: Fetch | None = None,
    now: Clock | None = None,
    store: AbstractPersistenceAdapter | None = None,
    services: ApiClient | None = None,
) -> Flask:
    """Put the webhook together; what is None is the real thing, and `now` gives aware UTC.

    Raises ConfigError or ContentError where the skill cannot run as it is set up.
    """
    config = config or Config.from_env(os.environ)
    now = now or _utc_now
    roots, fetch = _trust(config, roots, fetch, now)
    assembly = assemble(config, now, store, services or _services(config, now))
    metrics = Metrics(config.metrics_directory)
    monitor = Monitor(metrics, intents=frozenset(name for names, _ in ROUTES for name in names))
    app = _bare_app()
    _add_routes(app, Verifier(roots, fetch, now, config.skill_id), assembly.builder.create(), monitor)
    _add_operator_routes(app, config, metrics, _health(assembly.contents, assembly.store))
    _add_error_handlers(app, monitor)
    return app


def _bare_app() -> Flask:
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    return app


def _health(contents: Contents, store: Guard) -> Health:
    """Return what there is to the skill; asked often, so each answer is cheap."""
    is_model_usable = _fits(contents)
    return {
        "content": lambda: all(content.routine(DEFAULT_ROUTINE) for content in contents.values()),
        "model": lambda: is_model_usable,
        "store": store.is_well,
    }


def _fits(contents: Contents) -> bool:
    """Return whether there are interaction models, and all of them fit the content."""
    models = list(MODELS.glob("*.json"))
    try:
        return bool(models) and not any(list(mismatches(model, contents[model.stem])) for model in models)
    except (OSError, ValueError, KeyError, TypeError):
        log.exception("an interaction model cannot be read")
        return False


def _utc_now() -> datetime:
    return datetime.now(UTC)


def _trust(config: Config, roots: Roots | None, fetch: Fetch | None, now: Clock) -> tuple[Roots, Fetch]:
    """Return the trusted roots and where chains come from; in development also the machine's own."""
    fetch = fetch or fetch_chain
    if roots is not None:
        return roots, fetch
    public = _roots(config)
    if config.environment != "development":
        return public, fetch
    authority = Authority.load_or_create(config.dev_directory, now())
    return [*public, authority.root], _answering_for(authority, fetch)


def _services(config: Config, now: Clock) -> ApiClient:
    """Return the way to Alexa's services; in development they are simulated."""
    if config.environment == "development":
        return SimulatedAlexa(now, file=config.dev_directory / "reminders.json")
    return AlexaClient()


def _roots(config: Config) -> Roots:
    if config.roots_file is None:
        return public_roots()
    try:
        return roots_in(config.roots_file)
    except (OSError, ValueError) as error:
        raise ConfigError("TRUSTED_ROOTS", f"names {config.roots_file}, which has no certificates") from error


def _answering_for(authority: Authority, fetch: Fetch) -> Fetch:
    def answer(url: str) -> bytes:
        return authority.chain_pem if url == authority.chain_url else fetch(url)

    return answer


def _add_routes(app: Flask, verifier: Verifier, skill: Any, monitor: Monitor) -> None:  # noqa: ANN401 (the SDK is untyped)
    handler = WebserviceSkillHandler(skill, verify_signature=False, verify_timestamp=False)

    @app.before_request
    def begin() -> None:
        g.began = perf_counter()
        monitor.begin()

    @app.post("/alexa")
    def alexa() -> Response:
        body = _body()
        envelope = verifier.verify(request.headers.items(), body)
        monitor.recognised(envelope["request"])
        headers = dict(request.headers)
        answer = answer_to(envelope, lambda: handler.verify_request_and_dispatch(headers, body.decode()))
        monitor.answered(envelope["request"], has_words=answer is not NOTHING_TO_SAY, seconds=_seconds())
        return jsonify(answer)


def _body() -> bytes:
    body = request.get_data(cache=False)
    if len(body) >= MOST_BYTES:  # a chunked body is cut there, not refused
        raise RequestEntityTooLarge
    return body


def _seconds() -> float:
    """Return how long the request at hand has taken so far."""
    return perf_counter() - float(g.began)


def _add_operator_routes(app: Flask, config: Config, metrics: Metrics, health: Health) -> None:
    @app.get("/healthz")
    def healthz() -> tuple[Response, int]:
        """Answer 503 where nobody can be coached; without its store the coach is worth the traffic."""
        failing = {name for name, is_usable in health.items() if not is_usable()}
        parts = {name: "unusable" if name in failing else "ok" for name in health}
        can_coach = failing <= NOT_NEEDED
        status = "unusable" if not can_coach else "degraded" if failing else "ok"
        return jsonify(status=status, parts=parts), 200 if can_coach else 503

    @app.get("/metrics")
    def page() -> Response:
        # gunicorn's own word for the socket that the request came in by; no header can change it
        if request.environ["SERVER_PORT"] != str(config.metrics_port):
            raise NotFound
        return Response(metrics.page(), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _add_error_handlers(app: Flask, monitor: Monitor) -> None:
    """Map errors to HTTP, here and nowhere else."""

    @app.errorhandler(VerificationError)
    def refused(error: VerificationError) -> tuple[Response, int]:
        monitor.refused(error.reason, _seconds())
        return jsonify(error=error.reason), 400

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        reason = HTTP_REASONS.get(error.code, "request")
        monitor.refused(reason, _seconds())
        response = jsonify(error=reason)
        response.status_code = error.code or 500
        response.headers.extend((name, value) for name, value in error.get_headers() if name == "Allow")
        return response

    @app.errorhandler(Exception)
    def broke(error: Exception) -> tuple[Response, int]:
        monitor.broke(error, _seconds())
        return jsonify(error="internal"), 500
