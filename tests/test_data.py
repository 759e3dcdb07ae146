"""What the host does with what is remembered: python -m skill data."""

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from skill.__main__ import main
from skill.errors import ConfigError, StoreError
from skill.store import Store, StoreSettings, keys_of, open_store
from tests import databases
from tests.databases import ALICE, BOB, SECRET, PostgresqlServer

ALICES, BOBS = "amzn1.ask.account.ALICE", "amzn1.ask.account.BOB"
KINDS = ("sqlite", "postgresql", "dynamodb")
LONG_AGO = datetime.now(UTC) - timedelta(days=400)


def data(*arguments: str, words: str = "") -> Result:
    return CliRunner().invoke(main, ["data", *arguments], input=words)


@pytest.fixture(params=KINDS)
def configured(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> StoreSettings:
    """The settings of a store, in the environment as well."""
    if request.param == "sqlite":
        settings = databases.sqlite(tmp_path)
    elif request.param == "postgresql":
        server: PostgresqlServer = request.getfixturevalue("postgresql")
        settings = server.settings
    else:
        settings = request.getfixturevalue("dynamodb")
    monkeypatch.setenv("STORE_KEY", SECRET)
    monkeypatch.setenv("DATABASE_URL", settings.database_url or "")
    monkeypatch.setenv("DYNAMODB_TABLE", settings.dynamodb_table or "")
    return settings


@pytest.fixture
def store(configured: StoreSettings) -> Iterator[Store]:
    """A store with a record of Alice's, from long ago, and one of Bob's."""
    old = open_store(configured, keys_of(configured), lambda: LONG_AGO)
    store = open_store(configured, keys_of(configured), lambda: datetime.now(UTC))
    databases.clear(store)
    old.save_attributes(ALICE, {"sessions": 1})
    store.save_attributes(BOB, {"sessions": 2})
    yield store
    old.close()
    store.close()


def test_export_prints_an_object_a_record(store: Store) -> None:
    result = data("export")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.exit_code, result.stderr) == (0, "2 records kept.\n")
    assert {record["key"] for record in records} == {record.key for record in store.records()}
    assert sorted(record["attributes"]["sessions"] for record in records) == [1, 2]
    assert min(record["used_at"] for record in records)[:10] == LONG_AGO.isoformat()[:10]


@pytest.mark.parametrize(("user", "words"), [(BOBS, ""), ("-", f"{BOBS}\n")])
@pytest.mark.usefixtures("store")
def test_export_of_one_account_prints_that_alone(user: str, words: str) -> None:
    result = data("export", "--user", user, words=words)
    assert (result.exit_code, result.stderr) == (0, "1 record kept.\n")
    assert json.loads(result.stdout)["attributes"] == {"sessions": 2, "revision": 1}


@pytest.mark.parametrize(("user", "words"), [(ALICES, ""), ("-", f"{ALICES}\n")])
def test_delete_takes_one_account_and_leaves_the_others(store: Store, user: str, words: str) -> None:
    assert data("delete", "--user", user, words=words).stderr == "1 record deleted.\n"
    assert store.get_attributes(ALICE) == {}
    assert store.get_attributes(BOB)["sessions"] == 2
    again = data("delete", "--user", user, words=words)
    assert (again.exit_code, again.stderr) == (0, "0 records deleted.\n")


def test_purge_takes_what_was_not_used_for_the_days_to_keep(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEEP_DAYS", "401")
    assert data("purge").stderr == "0 records deleted.\n"
    monkeypatch.setenv("KEEP_DAYS", "399")
    assert data("purge").stderr == "1 record deleted.\n"
    assert [record.attributes["sessions"] for record in store.records()] == [2]


@pytest.mark.parametrize(
    "arguments", [["delete"], ["delete", "--user", ""], ["export", "--user", ""], ["drop"]]
)
def test_what_names_no_account_or_command_is_refused_with_two(arguments: list[str]) -> None:
    assert data(*arguments).exit_code == 2


@pytest.mark.parametrize("command", [["export"], ["purge"], ["delete", "--user", ALICES]])
def test_where_nothing_is_kept_the_commands_say_so_and_make_nothing(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'coach.db'}")
    result = data(*command)
    assert result.exit_code == 1
    assert isinstance(result.exception, ConfigError)
    assert "DATABASE_URL" in str(result.exception)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["export", "delete"])
def test_without_the_secret_no_account_is_said_to_be_unknown(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = databases.sqlite(tmp_path)
    with closing(open_store(settings, keys_of(settings), lambda: LONG_AGO)) as store:
        store.save_attributes(ALICE, {"sessions": 1})
    monkeypatch.setenv("DATABASE_URL", str(settings.database_url))
    result = data(command, "--user", ALICES)
    assert (result.exit_code, result.stdout) == (1, "")
    assert str(result.exception).startswith("STORE_KEY: is not set")
    assert not (tmp_path / "coach.key").exists()
    assert data("export").stderr == "1 record kept.\n"


def test_a_store_that_cannot_be_used_ends_a_command_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "coach.db").write_bytes(b"this is no database" * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'coach.db'}")
    result = data("export")
    assert (result.exit_code, type(result.exception)) == (1, StoreError)
