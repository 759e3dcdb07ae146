"""How log lines look: JSON, or readable in a terminal; only fields that are named here get out."""

from collections.abc import Mapping
from traceback import format_tb
from typing import Any

from structlog.contextvars import merge_contextvars
from structlog.dev import ConsoleRenderer
from structlog.processors import JSONRenderer, TimeStamper
from structlog.stdlib import ExtraAdder, ProcessorFormatter, add_log_level, add_logger_name
from structlog.typing import EventDict, Processor

FIELDS = (
    "type",
    "intent",
    "outcome",
    "reason",
    "milliseconds",
    "error",
    "frames",
    "environment",
    "workers",
    "metrics",
)


def settings(*, is_terminal: bool) -> dict[str, Any]:
    """Return what `logging.config.dictConfig` takes, for the whole process, gunicorn's own lines included."""
    gunicorns = {"level": "INFO", "handlers": ["lines"], "propagate": False}
    silent = {"level": "CRITICAL", "handlers": [], "propagate": False}  # its lines quote headers
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"structured": {"()": lambda: formatter(is_terminal=is_terminal)}},
        "handlers": {"lines": {"class": "logging.StreamHandler", "formatter": "structured"}},
        "root": {"level": "INFO", "handlers": ["lines"]},
        "loggers": {"gunicorn.error": gunicorns, "gunicorn.access": silent},
    }


def formatter(*, is_terminal: bool) -> ProcessorFormatter:
    """Return the formatter that turns a log record into one line."""
    renderer: Processor = ConsoleRenderer() if is_terminal else JSONRenderer()
    return ProcessorFormatter(
        foreign_pre_chain=[
            merge_contextvars,
            add_log_level,
            add_logger_name,
            TimeStamper(fmt="iso", utc=True),
            ExtraAdder(allow=FIELDS),
            _exception_without_message,
        ],
        processors=[ProcessorFormatter.remove_processors_meta, renderer],
    )


def evidence(error: BaseException) -> Mapping[str, object]:
    """Return what may be logged of an error: its type and frames, for its message may quote the request."""
    return {"error": type(error).__name__, "frames": format_tb(error.__traceback__)}


def _exception_without_message(_logger: object, _method: str, event: EventDict) -> EventDict:
    _, error, _ = event.pop("exc_info", None) or (None, None, None)
    return {**event, **evidence(error)} if error else event
