"""The skill on AWS Lambda, by the ASK SDK's own handler: `skill.lambda_function.handler`."""

import logging.config
import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from ask_sdk_core.attributes_manager import AbstractPersistenceAdapter
from ask_sdk_model.services import ApiClient

from skill.alexa import AlexaClient
from skill.assembly import assemble
from skill.config import Config
from skill.dispatch import Json, answer_to
from skill.errors import ConfigError
from skill.telemetry import logs

Handler = Callable[[Json, object], Json]


def build_handler(
    config: Config,
    *,
    now: Callable[[], datetime] | None = None,
    store: AbstractPersistenceAdapter | None = None,
    services: ApiClient | None = None,
) -> Handler:
    """Return what Lambda calls with each request; what is None is the real thing, and `now` gives aware UTC.

    Raises ConfigError or ContentError where the skill cannot run as it is set up. Alexa may invoke the
    function for no other reason than its trigger, so nothing is signed; the SDK checks the skill's id.
    """
    if store is None and config.store.file is not None:
        raise ConfigError("DYNAMODB_TABLE", "is not set; what a Lambda function writes to a file is lost")
    builder = assemble(config, now or _utc_now, store, services or AlexaClient()).builder
    builder.skill_id = config.skill_id  # type: ignore[assignment]  # None is its default
    invoke = builder.lambda_handler()

    def handler(event: Json, context: object) -> Json:
        return answer_to(event, lambda: invoke(event, context))  # type: ignore[arg-type]  # decoded already

    return handler


def __getattr__(name: str) -> Any:  # noqa: ANN401 (as the import system has it)
    """Build `handler` when Lambda takes it: then its start-up time pays for it, not the first user's turn."""
    if name != "handler":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    logging.config.dictConfig(logs.settings(is_terminal=False))
    return build_handler(Config.from_env(os.environ))


def _utc_now() -> datetime:
    return datetime.now(UTC)
