"""Killed at any moment, a server has stored what it acknowledged."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.crashes import Crash, Crashes


def test_what_was_acknowledged_outlives_three_kills_under_load(tmp_path: Path) -> None:
    crashes = Crashes(tmp_path, seed=5)
    for _ in range(3):
        crash = crashes.crash()
        assert sum(crash.acknowledged) > 0
        assert crash.is_harmless, crash


@pytest.mark.parametrize(
    "harm", [{"stored": (2, 1)}, {"stored": (4, 1)}, {"stored": (3, 3)}, {"is_sound": False}]
)
def test_a_loss_is_noticed(harm: dict[str, object]) -> None:
    harmless = Crash(acknowledged=(3, 1), begun=(3, 2), stored=(3, 1), is_sound=True)
    assert harmless.is_harmless
    assert not replace(harmless, **harm).is_harmless  # type: ignore[arg-type]
