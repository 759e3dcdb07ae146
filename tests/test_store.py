"""What every store promises, on each of them."""

import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skill.errors import Conflict, StoreError
from skill.store import Attributes, Keys, StoreSettings, hashed, update
from tests import databases
from tests.databases import ALICE, BOB, START, TABLE, Opened

PROJECT = Path(__file__).parent.parent

FORK = """
import os, sys
from datetime import UTC, datetime
from skill.store import StoreSettings, envelope_of, keys_of, open_store, update
settings = StoreSettings(sys.argv[1], secret=sys.argv[2])
store = open_store(settings, keys_of(settings), lambda: datetime.now(UTC))
walker = envelope_of("fork")
store.delete_attributes(walker)
store.save_attributes(walker, {"sessions": 1})
child = os.fork()
for _ in range(10):
    update(store, walker, lambda record: {"sessions": record["sessions"] + 1})
if child == 0:
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
print(store.get_attributes(walker)["sessions"])
store.close()
"""

KINDS = ("memory", "sqlite", "postgresql", "dynamodb")
OFTEN = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
NAMES = st.text("abcxyz_0159", min_size=1, max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
RECORDS = st.dictionaries(NAMES, VALUES, max_size=4)


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def opened(
    kind: str, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Opened]:
    with ExitStack() as stack:
        if kind == "memory":
            opened = databases.in_memory()
        elif kind == "sqlite":
            opened = databases.opened(databases.sqlite(tmp_path_factory.mktemp("store")))
        elif kind == "postgresql":
            opened = databases.opened(request.getfixturevalue(kind).settings)
        else:
            opened = databases.opened(request.getfixturevalue(kind))
        stack.callback(opened.store.close)
        databases.clear(opened.store)
        yield opened


def test_nothing_is_stored_at_first(opened: Opened) -> None:
    assert opened.store.get_attributes(ALICE) == {}


@OFTEN
@given(attributes=RECORDS)
def test_what_is_saved_is_read_again_with_its_revision(opened: Opened, attributes: Attributes) -> None:
    opened.store.delete_attributes(ALICE)
    opened.store.save_attributes(ALICE, attributes)
    assert opened.store.get_attributes(ALICE) == {**attributes, "revision": 1}
    assert all(type(value) is not float for value in opened.store.get_attributes(ALICE).values())


def test_each_save_raises_the_revision_by_one(opened: Opened) -> None:
    for revision in range(3):
        opened.store.save_attributes(ALICE, {"sessions": revision, "revision": revision})
    assert opened.store.get_attributes(ALICE) == {"sessions": 2, "revision": 3}


@pytest.mark.parametrize("revision", [None, 0, 1, 3])
def test_a_save_that_saw_another_revision_is_refused_and_changes_nothing(
    opened: Opened, revision: int | None
) -> None:
    opened.store.save_attributes(ALICE, {"sessions": 1})
    opened.store.save_attributes(ALICE, {"sessions": 2, "revision": 1})
    stale: Attributes = {"sessions": 9} if revision is None else {"sessions": 9, "revision": revision}
    with pytest.raises(Conflict):
        opened.store.save_attributes(ALICE, stale)
    assert opened.store.get_attributes(ALICE) == {"sessions": 2, "revision": 2}


def test_a_save_does_not_bring_back_what_was_deleted_meanwhile(opened: Opened) -> None:
    opened.store.save_attributes(ALICE, {"sessions": 1})
    opened.store.delete_attributes(ALICE)
    with pytest.raises(Conflict):
        opened.store.save_attributes(ALICE, {"sessions": 2, "revision": 1})
    assert opened.store.get_attributes(ALICE) == {}


def test_accounts_do_not_see_each_other(opened: Opened) -> None:
    opened.store.save_attributes(ALICE, {"sessions": 1})
    opened.store.save_attributes(BOB, {"sessions": 2})
    opened.store.delete_attributes(ALICE)
    opened.store.delete_attributes(ALICE)
    assert opened.store.get_attributes(ALICE) == {}
    assert opened.store.get_attributes(BOB) == {"sessions": 2, "revision": 1}


@pytest.mark.parametrize(
    ("attributes", "key"),
    [
        ({"held": 1.0}, "attributes.held: a float"),
        ({"people": {"a": {"days": [1, 2.5]}}}, "attributes.people.a.days.1: a float"),
        ({"at": START}, "attributes.at: a datetime"),
        ({"days": {1: 2}}, "attributes.days: 1 cannot"),
        ({"people": {"": {}}}, "attributes.people: '' cannot"),
    ],
)
def test_what_is_not_json_without_floats_is_refused_by_its_key(
    opened: Opened, attributes: dict[str, Any], key: str
) -> None:
    with pytest.raises(StoreError, match=re.escape(key)):
        opened.store.save_attributes(ALICE, attributes)
    assert opened.store.get_attributes(ALICE) == {}


def test_what_the_caller_does_with_a_record_later_changes_nothing(opened: Opened) -> None:
    mine: Attributes = {"days": [1]}
    opened.store.save_attributes(ALICE, mine)
    mine["days"].append(2)
    opened.store.get_attributes(ALICE).clear()
    assert opened.store.get_attributes(ALICE)["days"] == [1]


def test_the_store_names_nobody(opened: Opened) -> None:
    opened.store.save_attributes(ALICE, {"sessions": 1})
    (record,) = opened.store.records()
    assert record.key == hashed(databases.SECRET.encode(), "amzn1.ask.account.ALICE")
    assert re.fullmatch("[0-9a-f]{64}", record.key)


def test_the_host_sees_all_records_or_one(opened: Opened) -> None:
    opened.store.save_attributes(ALICE, {"sessions": 1})
    opened.store.save_attributes(BOB, {"sessions": 2})
    both = {record.key: record.attributes["sessions"] for record in opened.store.records()}
    assert sorted(both.values()) == [1, 2]
    for key, sessions in both.items():
        (record,) = opened.store.records(key)
        assert (record.key, record.attributes, record.used_at) == (
            key,
            {"sessions": sessions, "revision": 1},
            START,
        )
    assert list(opened.store.records("nobody")) == []


def test_what_was_not_used_for_long_is_purged_and_nothing_else(opened: Opened) -> None:
    opened.store.save_attributes(ALICE, {"sessions": 1})
    opened.store.save_attributes(BOB, {"sessions": 1})
    opened.calendar.wait(days=300)
    opened.store.save_attributes(BOB, {"sessions": 2, "revision": 1})
    opened.calendar.wait(days=100)
    year_ago = opened.calendar.now() - timedelta(days=365)
    assert opened.store.purge(year_ago) == 1
    assert opened.store.get_attributes(ALICE) == {}
    assert opened.store.get_attributes(BOB) == {"sessions": 2, "revision": 2}
    assert opened.store.purge(year_ago) == 0


def test_a_store_that_works_says_so(opened: Opened) -> None:
    opened.store.check()


def test_of_two_devices_that_write_at_once_neither_loses_anything(opened: Opened) -> None:
    def practise(_device: int) -> None:
        for _ in range(10):
            update(opened.store, ALICE, lambda record: {**record, "sessions": record.get("sessions", 0) + 1})

    with ThreadPoolExecutor() as devices:
        list(devices.map(practise, range(2)))
    assert opened.store.get_attributes(ALICE) == {"sessions": 20, "revision": 20}


def test_a_change_that_always_comes_too_late_is_given_up(opened: Opened) -> None:
    pauses: list[float] = []

    def overtaken(record: Attributes) -> Attributes:
        opened.store.save_attributes(ALICE, {"revision": record.get("revision", 0)})
        return record

    with pytest.raises(StoreError, match="too many"):
        update(opened.store, ALICE, overtaken, sleep=pauses.append)
    assert 1 < len(pauses) == opened.store.get_attributes(ALICE)["revision"]
    assert sum(pauses) < 1


def test_dynamodb_deletes_by_itself_what_has_expired(dynamodb: StoreSettings) -> None:
    import boto3  # noqa: PLC0415 (slow)

    opened = databases.opened(dynamodb)
    databases.clear(opened.store)
    opened.store.save_attributes(ALICE, {"sessions": 1})
    (item,) = boto3.client("dynamodb").scan(TableName=TABLE)["Items"]
    assert int(item["expires_at"]["N"]) == (START + timedelta(days=365)).timestamp()


def test_a_request_that_names_no_user_finds_no_key() -> None:
    from ask_sdk_model import RequestEnvelope  # noqa: PLC0415 (one test)

    with pytest.raises(StoreError, match="no user"):
        databases.keys().of(RequestEnvelope())


def test_keys_differ_with_the_secret_and_the_id() -> None:
    first, second = Keys(lambda: b"1" * 32), Keys(lambda: b"2" * 32)
    assert len({first.hashed("a"), first.hashed("b"), second.hashed("a"), second.hashed("b")}) == 4
    assert first.of(ALICE) == first.hashed("amzn1.ask.account.ALICE")


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_connections_do_not_cross_a_fork(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings = databases.sqlite(tmp_path) if kind == "sqlite" else request.getfixturevalue(kind).settings
    command = [sys.executable, "-c", FORK, str(settings.database_url), databases.SECRET]
    forked = subprocess.run(command, cwd=PROJECT, capture_output=True, check=True)  # noqa: S603 (ours)
    assert forked.stdout == b"21\n"
