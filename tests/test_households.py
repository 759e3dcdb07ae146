"""Whole sessions of one account on real stores, from one Echo and from two at the same time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import zip_longest
from pathlib import Path

import pytest

from skill.preferences import Preferences
from skill.routine import Detail, Side
from skill.simulator.authority import Authority
from skill.store import Store, StoreSettings, envelope_of, open_store
from tests import databases
from tests.databases import START, keys
from tests.household import USER, Household, kept, talk

KITCHEN = ("open", "do the bridges", "[20] less talk", "[20] start with my left", "[30] stop")
BEDROOM = ("open", "do the twist", "[30] never the lunge again", "[40] hold for half a minute", "[50] stop")
BOTH_WISHES = Preferences(hold=30, detail=Detail.USUAL, side=Side.LEFT, without=("lunge",))


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> StoreSettings:
    """Where the household is kept: SQLite, unless a test asks for another place."""
    kind = getattr(request, "param", "sqlite")
    if kind == "sqlite":
        return databases.sqlite(tmp_path)
    server = request.getfixturevalue(kind)
    settings: StoreSettings = getattr(server, "settings", server)
    return settings


@pytest.fixture
def store(settings: StoreSettings) -> Iterator[Store]:
    with closing(open_store(settings, keys(), lambda: START)) as store:
        databases.clear(store)
        yield store


@pytest.mark.parametrize("settings", ["sqlite", "postgresql", "dynamodb"], indirect=True)
def test_a_household_is_remembered_until_it_asks_to_be_forgotten(authority: Authority, store: Store) -> None:
    household = Household(authority, store)
    device = household.echo("bedroom")
    talk(device, "open", "short routine", "[40] always the short routine", "[50] stop", "[wait 80000]")
    assert "You were on the kneeling stretch" in talk(device, "open").text
    assert "two days in a row" in talk(device, "yes", "[60] stop").text
    person = kept(store)
    assert (person.progress.sessions, person.progress.streak, person.preferences.routine) == (2, 2, "short")
    assert household.health() == "ok"
    talk(device, "open", "forget me", "yes")
    assert list(store.records()) == []


def alone(household: Household, store: Store, lines: tuple[str, ...]) -> tuple[int, int]:
    """Return the seconds and the exercises of a session that nobody else gets into."""
    talk(household.echo("alone"), *lines)
    progress = kept(store).progress
    store.delete_attributes(envelope_of(USER))
    return progress.seconds, progress.exercises


def take_turns(household: Household) -> None:
    kitchen, bedroom = household.echo("kitchen"), household.echo("bedroom")
    for first, second in zip_longest(KITCHEN, BEDROOM):
        talk(kitchen, first)
        talk(bedroom, second)


def talk_at_once(household: Household) -> None:
    echos = (household.echo("kitchen"), household.echo("bedroom"))
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda echo, lines: talk(echo, *lines), echos, (KITCHEN, BEDROOM)))


@pytest.mark.parametrize("happen", [take_turns, talk_at_once])
def test_of_two_echos_of_one_account_neither_loses_anything(
    authority: Authority, store: Store, happen: Callable[[Household], None]
) -> None:
    household = Household(authority, store)
    by_each = [alone(household, store, lines) for lines in (KITCHEN, BEDROOM)]
    happen(household)
    person = kept(store)
    assert person.preferences == BOTH_WISHES
    assert person.progress.sessions == 2
    assert (person.progress.seconds, person.progress.exercises) == tuple(map(sum, zip(*by_each, strict=True)))
