"""What was learnt is kept, and learnt anew wherever it is of no use."""

import logging
import stat
from pathlib import Path

import pytest

from skill.faq import Ways
from skill.learning import FOLDER, finder_of

ENTRIES = (
    Ways("often", ("how often should i stretch", "how many times a week should i stretch")),
    Ways("where", ("where is the psoas", "whereabouts is the psoas")),
    Ways("songs", ("play me a song", "sing me a song")),
)
OTHERS = (*ENTRIES[:2], Ways("films", ("show me a film", "which film is on")))
QUESTIONS = ("how often", "where is it", "a song please", "", "zebra")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    finder_of(ENTRIES, tmp_path, "en")
    return tmp_path / FOLDER / "en.npz"


def is_learning(caplog: pytest.LogCaptureFixture) -> bool:
    learning = any("learning" in record.message for record in caplog.records)
    caplog.clear()
    return learning


def test_what_was_learnt_is_read_again_and_finds_just_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    first = finder_of(ENTRIES, tmp_path, "en")
    assert is_learning(caplog)
    again = finder_of(ENTRIES, tmp_path, "en")
    assert not is_learning(caplog)
    assert [again.find(question) for question in QUESTIONS] == [
        first.find(question) for question in QUESTIONS
    ]


def test_other_ways_of_asking_are_learnt_anew(kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.clear()
    finder = finder_of(OTHERS, kept.parent.parent, "en")
    assert is_learning(caplog)
    assert finder.find("which film").best == "films"


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PK\x03\x04 cut short"])
def test_a_file_of_no_use_is_made_anew(kept: Path, caplog: pytest.LogCaptureFixture, content: bytes) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(content)
    caplog.clear()
    assert finder_of(ENTRIES, kept.parent.parent, "en").find("how often").best == "often"
    assert is_learning(caplog)
    assert kept.stat().st_size == len(whole)


def test_a_file_that_was_cut_short_is_made_anew(kept: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept.write_bytes(kept.read_bytes()[:-100])
    caplog.clear()
    assert finder_of(ENTRIES, kept.parent.parent, "en").find("how often").best == "often"
    assert is_learning(caplog)


def test_a_folder_that_cannot_be_written_costs_no_more_than_a_line_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / FOLDER).write_text("a file in its place", encoding="utf-8")
    with caplog.at_level(logging.WARNING):
        assert finder_of(ENTRIES, tmp_path, "en").find("how often").best == "often"
    assert "cannot be kept" in caplog.text


def test_nothing_but_the_whole_file_is_left_and_others_can_read_it(kept: Path) -> None:
    assert [path.name for path in kept.parent.iterdir()] == ["en.npz"]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o644
