"""Killed at any moment, the server has stored every session that it acknowledged."""

from datetime import date
from pathlib import Path

import pytest

from skill.memory import Progress
from tests.crashes import Crash, Crashes, Regular

NEW_YEAR = date(2026, 1, 1)
THREE = Progress(sessions=3, first=NEW_YEAR, last=NEW_YEAR, streak=1, best=1)


def test_what_was_acknowledged_outlives_three_kills_under_load(tmp_path: Path) -> None:
    crashes = Crashes(tmp_path, seed=5)
    for _ in range(3):
        crash = crashes.crash()
        assert sum(person.acknowledged for person in crash.people) > 0
        assert crash.is_harmless, crash


def left(stored: Progress, acknowledged: int = 3, *, is_sound: bool = True) -> Crash:
    regular = Regular("first", begun=4, acknowledged=acknowledged, last=NEW_YEAR)
    return Crash((regular,), (stored,), is_sound)


def test_a_kill_that_lost_nothing_is_harmless() -> None:
    assert left(THREE).is_harmless
    assert left(THREE, acknowledged=2).is_harmless, "stored, but not acknowledged any more"


@pytest.mark.parametrize(
    "crash",
    [
        left(THREE, acknowledged=4),
        left(Progress(sessions=5, first=NEW_YEAR, last=NEW_YEAR, streak=1)),
        left(Progress(sessions=3, first=NEW_YEAR, last=NEW_YEAR, streak=0)),
        left(Progress(sessions=3, first=date(2025, 12, 31), last=date(2025, 12, 31), streak=1)),
        left(Progress(sessions=3)),
        left(THREE, is_sound=False),
    ],
)
def test_a_loss_is_noticed(crash: Crash) -> None:
    assert not crash.is_harmless
