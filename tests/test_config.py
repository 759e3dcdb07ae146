"""The settings that a server starts with."""

import dataclasses
from pathlib import Path

import pytest

from skill.config import DEVELOPMENT_SKILL_ID, Config
from skill.errors import ConfigError
from skill.store import StoreSettings

ID = {"ALEXA_SKILL_ID": "amzn1.ask.skill.ours"}
DEVELOPMENT = {"COACH_ENV": "development"}
POSTGRESQL = "postgresql+psycopg://coach:hunter2@host/coach"
SECRET = "0123456789abcdef0123456789abcdef"  # noqa: S105 (of the tests)


def test_production_needs_only_a_skill_id() -> None:
    config = Config.from_env(ID)
    assert (config.skill_id, config.environment) == ("amzn1.ask.skill.ours", "production")
    assert (config.host, config.port) == ("127.0.0.1", 8080)
    assert (config.words_per_minute, config.start_delay, config.barge_in_lag) == (None, 0.5, 0.5)


def test_every_setting_can_be_given() -> None:
    given = {
        "HOST": "0.0.0.0",  # noqa: S104 (production behind a proxy)
        "PORT": "9000",
        "VOICE_WORDS_PER_MINUTE": "150.5",
        "ECHO_START_DELAY": "1",
        "ECHO_BARGE_IN_LAG": "2",
        "COACH_DEV_DIR": "elsewhere",
        "TRUSTED_ROOTS": "roots.pem",
        "METRICS_PORT": "9100",
        "METRICS_HOST": "::1",
        "PROMETHEUS_MULTIPROC_DIR": "figures",
        "DATABASE_URL": POSTGRESQL,
        "STORE_KEY": SECRET,
        "KEEP_DAYS": "30",
    }
    config = Config.from_env(ID | given)
    assert (config.host, config.port, config.words_per_minute) == (given["HOST"], 9000, 150.5)
    assert (config.start_delay, config.barge_in_lag, str(config.dev_directory)) == (1, 2, "elsewhere")
    assert (config.metrics_host, config.metrics_port) == ("::1", 9100)
    assert (str(config.roots_file), str(config.metrics_directory)) == ("roots.pem", "figures")
    assert config.store == StoreSettings(POSTGRESQL, None, SECRET, 30)


def test_by_default_the_coach_remembers_in_a_file_for_a_year() -> None:
    settings = Config.from_env(ID).store
    assert (settings.file, settings.secret, settings.keep_days) == (Path("data/coach.db"), None, 365)


def test_the_coach_may_remember_in_dynamodb() -> None:
    settings = Config.from_env(ID | {"DYNAMODB_TABLE": "coach", "STORE_KEY": SECRET}).store
    assert (settings.dynamodb_table, settings.database_url, settings.file) == ("coach", None, None)


@pytest.mark.parametrize(
    "environ",
    [
        {"DATABASE_URL": POSTGRESQL},
        {"DATABASE_URL": "mysql://coach:hunter2@host/coach"},
        {"DATABASE_URL": POSTGRESQL, "STORE_KEY": "hunter2"},
        {"DATABASE_URL": POSTGRESQL, "DYNAMODB_TABLE": "coach", "STORE_KEY": SECRET},
        {"DATABASE_URL": "hunter2 is no URL"},
    ],
)
def test_a_refusal_shows_no_password(environ: dict[str, str]) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.from_env(ID | environ)
    assert "hunter2" not in str(caught.value)
    assert "hunter2" not in repr(Config.from_env(ID | {"DATABASE_URL": POSTGRESQL, "STORE_KEY": SECRET}))


def test_there_are_no_metrics_unless_asked_for() -> None:
    config = Config.from_env(ID)
    assert (config.metrics_port, config.metrics_directory, config.roots_file) == (None, None, None)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_development_serves_this_machine_with_the_development_id(host: str) -> None:
    config = Config.from_env(DEVELOPMENT | ID | {"HOST": host})
    assert (config.skill_id, config.host) == (DEVELOPMENT_SKILL_ID, host)


@pytest.mark.parametrize(
    ("environ", "variable"),
    [
        ({}, "ALEXA_SKILL_ID"),
        ({"ALEXA_SKILL_ID": "  "}, "ALEXA_SKILL_ID"),
        ({"ALEXA_SKILL_ID": DEVELOPMENT_SKILL_ID}, "ALEXA_SKILL_ID"),
        (ID | {"COACH_ENV": "Development"}, "COACH_ENV"),
        (DEVELOPMENT | {"HOST": "0.0.0.0"}, "HOST"),  # noqa: S104 (it has to be refused)
        (DEVELOPMENT | {"HOST": "localhost.example.org"}, "HOST"),
        (ID | {"PORT": "0"}, "PORT"),
        (ID | {"PORT": "65536"}, "PORT"),
        (ID | {"PORT": "80.5"}, "PORT"),
        (ID | {"PORT": "http"}, "PORT"),
        (ID | {"METRICS_PORT": "0"}, "METRICS_PORT"),
        (ID | {"METRICS_PORT": "8080"}, "METRICS_PORT"),
        (ID | {"VOICE_WORDS_PER_MINUTE": "79"}, "VOICE_WORDS_PER_MINUTE"),
        (ID | {"VOICE_WORDS_PER_MINUTE": "nan"}, "VOICE_WORDS_PER_MINUTE"),
        (ID | {"ECHO_START_DELAY": "-0.1"}, "ECHO_START_DELAY"),
        (ID | {"ECHO_BARGE_IN_LAG": "inf"}, "ECHO_BARGE_IN_LAG"),
        (ID | {"DATABASE_URL": "coach.db"}, "DATABASE_URL"),
        (ID | {"DATABASE_URL": "sqlite://"}, "DATABASE_URL"),
        (ID | {"DATABASE_URL": "sqlite:///:memory:"}, "DATABASE_URL"),
        (ID | {"DATABASE_URL": "mysql://host/coach"}, "DATABASE_URL"),
        (ID | {"DATABASE_URL": "postgresql://host/coach"}, "DATABASE_URL"),
        (ID | {"DATABASE_URL": POSTGRESQL}, "STORE_KEY"),
        (ID | {"DYNAMODB_TABLE": "coach"}, "STORE_KEY"),
        (ID | {"STORE_KEY": "x" * 31}, "STORE_KEY"),
        (ID | {"STORE_KEY": SECRET, "DYNAMODB_TABLE": "coach", "DATABASE_URL": POSTGRESQL}, "DYNAMODB_TABLE"),
        (ID | {"KEEP_DAYS": "0"}, "KEEP_DAYS"),
        (ID | {"KEEP_DAYS": "1.5"}, "KEEP_DAYS"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(environ: dict[str, str], variable: str) -> None:
    with pytest.raises(ConfigError) as caught:
        Config.from_env(environ)
    assert caught.value.variable == variable
    assert str(caught.value).startswith(f"{variable}: ")


def test_the_settings_do_not_change() -> None:
    config = Config.from_env(ID)
    with pytest.raises(dataclasses.FrozenInstanceError):
        config.port = 1  # type: ignore[misc]
