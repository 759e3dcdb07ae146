"""Every file in tests/conversations is a dialogue with the skill, held in-process through signed requests."""

from pathlib import Path

import pytest

from tests.dialogues import MakeDevice, hold, load_dialogue
from tests.fake_store import FakeStore

FILES = sorted((Path(__file__).parent / "conversations").glob("*.yaml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path, echo: MakeDevice, store: FakeStore) -> None:
    try:
        hold(load_dialogue(path), echo, store)
    finally:
        store.is_down = False
