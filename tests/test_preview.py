"""The timetable of a routine, as other programs and people read it."""

import json
from collections import defaultdict
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from skill.__main__ import main
from skill.content import load_content
from skill.preview import as_table, rows_of

CONTENT = Path(__file__).parent.parent / "content"
ROUTINES = ["daily", "short", "full"]
KEYS = {"block", "set", "at", "seconds", "exercise", "side", "promise", "phase"}
PHASES = {"setup", "ready", "hold", "reps", "release", "switch", "rest", "prompt"}

Rows = list[dict[str, Any]]


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["preview", *arguments])


def preview(*arguments: str) -> Rows:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return list(json.loads(result.output))


def bouts(rows: Rows) -> dict[tuple[str, str, int], Rows]:
    """Return the rows of each hold or set of repetitions."""
    found = defaultdict(list)
    for row in rows:
        if row["phase"] in ("hold", "reps"):
            found[row["exercise"], row["side"], row["set"]].append(row)
    return found


def promises(name: str) -> dict[str, tuple[int, int]]:
    """Return sets and seconds (or repetitions) of each exercise, as the author wrote them."""
    doses = yaml.safe_load((CONTENT / "en" / "routines" / f"{name}.yaml").read_text(encoding="utf-8"))[
        "doses"
    ]
    return {dose["exercise"]: (dose["sets"], dose.get("seconds") or dose["repetitions"]) for dose in doses}


@pytest.mark.parametrize(("detail", "side"), [("brief", "left"), ("full", "right")])
def test_the_work_is_the_same_for_every_detail_and_whichever_side_is_first(detail: str, side: str) -> None:
    rows = preview("daily", "--detail", detail, "--side", side)
    seconds = {bout: sum(row["seconds"] for row in work) for bout, work in bouts(rows).items()}
    usual = {bout: sum(row["seconds"] for row in work) for bout, work in bouts(preview("daily")).items()}
    assert seconds == pytest.approx(usual, abs=1e-6)
    assert next(row["side"] for row in rows) == side


@pytest.mark.parametrize("name", ROUTINES)
def test_every_segment_has_the_promised_keys_and_one_of_say_and_pause(name: str) -> None:
    for row in preview(name):
        assert set(row) - {"say", "pause"} == KEYS
        assert ("say" in row) is not ("pause" in row)
        assert row.get("pause", row["seconds"]) == row["seconds"] > 0
        assert row["phase"] in PHASES
        assert row["side"] in {"right", "left", "both", None}
        assert isinstance(row["block"], int)
        assert isinstance(row["set"], int)
        assert (row["promise"] is not None) is (row["phase"] in {"hold", "reps"})
        assert "<" not in row.get("say", "")


@pytest.mark.parametrize("name", ROUTINES)
def test_segments_follow_each_other_and_each_block_begins_at_zero_and_ends_with_its_question(
    name: str,
) -> None:
    for _, found in groupby(preview(name), key=lambda row: row["block"]):
        block = list(found)
        assert block[0]["at"] == 0
        assert all(row["at"] + row["seconds"] == pytest.approx(after["at"]) for row, after in pairwise(block))
        assert [row["phase"] for row in block].count("prompt") == 1
        assert block[-1]["say"].endswith("?")
        assert block[-1]["at"] + block[-1]["seconds"] <= 240


def test_blocks_are_counted_from_one() -> None:
    assert list(dict.fromkeys(row["block"] for row in preview("daily"))) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("name", ROUTINES)
def test_every_hold_sums_to_its_promise_and_every_promise_is_the_authors(name: str) -> None:
    written = promises(name)
    found = bouts(preview(name))
    for (exercise, _, _), rows in found.items():
        assert {row["promise"] for row in rows} == {written[exercise][1]}
        if rows[0]["phase"] == "hold":
            assert sum(row["seconds"] for row in rows) == pytest.approx(written[exercise][1], abs=0.05)
    assert {exercise: max(n for e, _, n in found if e == exercise) for exercise in written} == {
        exercise: sets for exercise, (sets, _) in written.items()
    }


@pytest.mark.parametrize("name", ROUTINES)
def test_both_sides_get_the_same(name: str) -> None:
    found = bouts(preview(name))
    assert {side for _, side, _ in found} == {"right", "left", "both"}
    for (exercise, side, number), rows in found.items():
        if side == "right":
            other = found[exercise, "left", number]
            assert sum(row["seconds"] for row in other) == pytest.approx(sum(row["seconds"] for row in rows))


@pytest.mark.parametrize("name", ROUTINES)
def test_a_hold_is_between_its_starting_word_and_its_release(name: str) -> None:
    rows = preview(name)
    for before, row in pairwise(rows):
        if row["phase"] in ("hold", "reps") and before["phase"] != row["phase"]:
            assert (before["phase"], "say" in before) == ("ready", True)
        if before["phase"] in ("hold", "reps") and before["phase"] != row["phase"]:
            assert (row["phase"], "say" in row) == ("release", True)


def test_another_hold_length_holds_for_every_hold_within_what_is_safe() -> None:
    asked = {
        exercise: rows[0]["promise"]
        for (exercise, _, _), rows in bouts(preview("daily", "--hold", "50")).items()
    }
    assert (asked["supine"], asked["kneeling"], asked["twist"]) == (50, 50, 30)
    assert (asked["lunge"], asked["bridges"]) == (8, 10)


def test_an_exercise_can_be_previewed_alone() -> None:
    assert {row["exercise"] for row in preview("lunge")} == {"lunge", None}


def test_the_table_reads_like_a_timetable() -> None:
    output = run("short").output
    assert output.startswith("Reply 1\n   0:00.0  setup    right  The kneeling stretch")
    assert "Reply 2\n   0:00.0  setup    both   Glute bridges" in output
    assert "·" in output


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["yoga"], "'yoga' is none of"),
        (["daily", "--locale", "xx-XX"], "'xx-XX' is none of"),
        (["daily", "--hold", "0"], "--hold"),
        (["daily", "--hold", "soon"], "--hold"),
        ([], "ROUTINE"),
    ],
)
def test_what_cannot_be_previewed_is_named(arguments: list[str], problem: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert problem in result.output


def test_an_unknown_routine_is_an_error_for_programs_as_well() -> None:
    content = load_content(CONTENT)
    rows = rows_of(content, content.narrator(), "yoga")
    with pytest.raises(KeyError, match="yoga"):
        list(as_table(rows))
