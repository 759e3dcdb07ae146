"""The settings, read once from the environment at start."""

import ipaddress
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Self, cast

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from skill.errors import ConfigError
from skill.store import StoreSettings
from skill.store.opening import KEEP_DAYS

DEVELOPMENT_SKILL_ID = "amzn1.ask.skill.development"

# Unmeasured; correct on a real Echo.
START_DELAY = 0.5
BARGE_IN_LAG = 0.5

DATABASE_URL = "sqlite:///data/coach.db"
SHORTEST_SECRET = 32

Environment = Literal["production", "development"]


@dataclass(frozen=True)
class Config:
    """What the operator decides; `from_env` is the only reader of the environment."""

    skill_id: str
    environment: Environment = "production"
    host: str = "127.0.0.1"
    port: int = 8080
    words_per_minute: float | None = None
    """How fast the Echo speaks; as the locale's file says if None."""
    start_delay: float = START_DELAY
    """Seconds from Alexa's stamp on a request to the first sound of its reply."""
    barge_in_lag: float = BARGE_IN_LAG
    """Seconds from the cut of the speech to Alexa's stamp on the next request."""
    dev_directory: Path = Path(".dev")
    roots_file: Path | None = None
    """Trusted authorities in PEM, instead of certifi's."""
    metrics_port: int | None = None
    """Where `/metrics` is served; nowhere if None."""
    metrics_host: str = "127.0.0.1"
    metrics_directory: Path | None = None
    """Where the workers share their figures; None in a server of one process."""
    store: StoreSettings = field(default_factory=StoreSettings)
    """Where people are remembered: in memory by default, but not from the environment."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings; raises ConfigError, which names the variable, where one cannot be used."""
        environment = _environment(environ)
        return cls(
            skill_id=_skill_id(environ, environment),
            environment=environment,
            host=_host(environ, environment),
            port=_port(environ),
            words_per_minute=_words_per_minute(environ),
            start_delay=_number(environ, "ECHO_START_DELAY", START_DELAY, 0, 10),
            barge_in_lag=_number(environ, "ECHO_BARGE_IN_LAG", BARGE_IN_LAG, 0, 10),
            dev_directory=Path(environ.get("COACH_DEV_DIR") or ".dev"),
            roots_file=_path(environ, "TRUSTED_ROOTS"),
            metrics_port=_metrics_port(environ),
            metrics_host=environ.get("METRICS_HOST") or "127.0.0.1",
            metrics_directory=_path(environ, "PROMETHEUS_MULTIPROC_DIR"),
            store=store_settings(environ),
        )


def store_settings(environ: Mapping[str, str]) -> StoreSettings:
    """Read the settings of the store alone; raises ConfigError, which never shows the URL or the secret."""
    url, table = environ.get("DATABASE_URL"), environ.get("DYNAMODB_TABLE")
    if url and table:
        raise ConfigError("DYNAMODB_TABLE", "and DATABASE_URL are both set; records are kept in one place")
    settings = StoreSettings(
        None if table else _database_url(url or DATABASE_URL),
        table or None,
        _secret(environ),
        _whole(environ, "KEEP_DAYS", KEEP_DAYS, 1, 3650),
    )
    if settings.secret is None and settings.file is None:
        raise ConfigError("STORE_KEY", "is not set; a database that others share needs a secret of yours")
    return settings


def _environment(environ: Mapping[str, str]) -> Environment:
    name = environ.get("COACH_ENV") or "production"
    if name not in ("production", "development"):
        raise ConfigError("COACH_ENV", f"is {name!r}; it has to be production or development")
    return cast("Environment", name)


def _skill_id(environ: Mapping[str, str], environment: Environment) -> str:
    if environment == "development":
        return DEVELOPMENT_SKILL_ID
    skill_id = environ.get("ALEXA_SKILL_ID", "").strip()
    if not skill_id:
        raise ConfigError("ALEXA_SKILL_ID", "is not set; it is the skill's id in the developer console")
    if skill_id == DEVELOPMENT_SKILL_ID:
        raise ConfigError("ALEXA_SKILL_ID", "is the development skill's; it has to be the skill's own")
    return skill_id


def _host(environ: Mapping[str, str], environment: Environment) -> str:
    host = environ.get("HOST") or "127.0.0.1"
    if environment == "development" and not _is_loopback(host):
        raise ConfigError("HOST", f"is {host!r}; development serves on a loopback address only")
    return host


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _port(environ: Mapping[str, str], variable: str = "PORT") -> int:
    return _whole(environ, variable, 8080, 1, 65535)


def _metrics_port(environ: Mapping[str, str]) -> int | None:
    if not environ.get("METRICS_PORT"):
        return None
    port = _port(environ, "METRICS_PORT")
    if port == _port(environ):
        raise ConfigError("METRICS_PORT", "is the webhook's; it has to be another")
    return port


def _words_per_minute(environ: Mapping[str, str]) -> float | None:
    variable = "VOICE_WORDS_PER_MINUTE"
    return _number(environ, variable, math.nan, 80, 300) if environ.get(variable) else None


def _database_url(text: str) -> str:
    try:
        url = make_url(text)
    except ArgumentError:
        url = None
    is_file = url is not None and url.drivername == "sqlite" and url.database not in (None, "", ":memory:")
    if url is None or not (is_file or url.drivername == "postgresql+psycopg"):
        raise ConfigError(
            "DATABASE_URL", "has to begin with sqlite:/// and name a file, or postgresql+psycopg://"
        )
    return text


def _secret(environ: Mapping[str, str]) -> str | None:
    secret = environ.get("STORE_KEY") or None
    if secret is not None and len(secret) < SHORTEST_SECRET:
        raise ConfigError("STORE_KEY", f"is too short; it has to have {SHORTEST_SECRET} characters or more")
    return secret


def _path(environ: Mapping[str, str], variable: str) -> Path | None:
    text = environ.get(variable)
    return Path(text) if text else None


def _whole(environ: Mapping[str, str], variable: str, default: int, least: int, most: int) -> int:
    number = _number(environ, variable, float(default), least, most)
    if not number.is_integer():
        raise ConfigError(variable, "has to be a whole number")
    return int(number)


def _number(environ: Mapping[str, str], variable: str, default: float, least: float, most: float) -> float:
    text = environ.get(variable)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not least <= value <= most:  # true of nan as well
        raise ConfigError(variable, f"is {text!r}; it has to be a number from {least:g} to {most:g}")
    return value
