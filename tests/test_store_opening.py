"""From the settings to the store: what is missing is named before anybody is coached."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from skill.errors import ConfigError
from skill.store import InMemoryStore, StoreSettings, keys_of, open_store
from tests.databases import ALICE, SECRET, Calendar, keys

PROJECT = Path(__file__).parent.parent
POSTGRESQL = StoreSettings("postgresql+psycopg://coach@host/coach", secret=SECRET)
DYNAMODB = StoreSettings(dynamodb_table="coach", secret=SECRET)

OPEN_DYNAMODB = """
from datetime import datetime
from skill.errors import ConfigError
from skill.store import StoreSettings, keys_of, open_store
settings = StoreSettings(dynamodb_table="coach", secret="0123456789abcdef0123456789abcdef")
try:
    open_store(settings, keys_of(settings), datetime.now)
except ConfigError as error:
    print(error.variable)
"""


def test_without_a_place_a_store_is_in_memory_and_each_has_its_own_secret() -> None:
    first, second = keys_of(StoreSettings()), keys_of(StoreSettings())
    assert isinstance(open_store(StoreSettings(), first, Calendar().now), InMemoryStore)
    assert first.of(ALICE) == first.of(ALICE) != second.of(ALICE)


def test_a_secret_in_the_settings_is_the_one_that_is_used(tmp_path: Path) -> None:
    settings = StoreSettings(f"sqlite:///{tmp_path / 'coach.db'}", secret=SECRET)
    assert keys_of(settings).of(ALICE) == keys().of(ALICE)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "package", "variable"),
    [(POSTGRESQL, "psycopg", "DATABASE_URL"), (DYNAMODB, "ask_sdk_dynamodb", "DYNAMODB_TABLE")],
)
def test_a_package_that_is_missing_is_named_with_the_setting_that_wants_it(
    settings: StoreSettings, package: str, variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "skill.store.opening.find_spec", lambda name: None if name == package else find_spec(name)
    )
    with pytest.raises(ConfigError, match="pip install") as caught:
        open_store(settings, keys(), Calendar().now)
    assert caught.value.variable == variable


def test_dynamodb_without_a_region_is_refused_by_the_name_of_the_setting(tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path), "PYTHONPATH": ":".join(sys.path)}
    opened = subprocess.run(  # noqa: S603 (ours)
        [sys.executable, "-c", OPEN_DYNAMODB], cwd=PROJECT, env=environment, capture_output=True, check=True
    )
    assert opened.stdout == b"AWS_DEFAULT_REGION\n"


def test_neither_boto3_nor_a_driver_is_loaded_unless_it_is_asked_for() -> None:
    listing = "import sys, skill.store; print(*sys.modules)"
    loaded = subprocess.run(  # noqa: S603 (ours)
        [sys.executable, "-c", listing], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert {"boto3", "psycopg", "ask_sdk_dynamodb"} & set(loaded.stdout.split()) == set()
