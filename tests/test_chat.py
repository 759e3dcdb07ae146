"""The chat for programs: lines in, JSON out."""

import io
import json
from typing import Any

import pytest

from skill.simulator.chat import run_json
from skill.simulator.script import LineError, Verb, parse_line
from tests.fake_skill import FakeSkill, fake_device

KEYS = {"said", "request", "intent", "slots", "seconds", "text", "ssml", "reprompt", "open", "at"}


def chat(lines: str, skill: FakeSkill | None = None) -> tuple[int, list[dict[str, Any]], str]:
    out, err = io.StringIO(), io.StringIO()
    code = run_json(fake_device(skill or FakeSkill()), io.StringIO(lines), out, err)
    return code, [json.loads(row) for row in out.getvalue().splitlines()], err.getvalue()


def test_every_line_that_is_not_blank_gives_one_object_with_all_keys() -> None:
    code, rows, _ = chat("next\nopen\n\n[2.5] next\n[silence]\n[wait 60]\nask: about cheese\n")
    assert code == 0
    assert all(set(row) == KEYS for row in rows)
    assert [row["said"] for row in rows] == ["next", "open", "next", "[silence]", "[wait 60]", "about cheese"]
    assert [row["request"] for row in rows] == [
        None,
        "LaunchRequest",
        "IntentRequest",
        "SessionEndedRequest",
        None,
        "IntentRequest",
    ]


def test_no_session_is_no_error() -> None:
    code, rows, _ = chat("next\n[silence]\n")
    assert code == 0
    assert [(row["request"], row["text"], row["open"]) for row in rows] == [(None, "", False)] * 2


def test_a_one_shot_tells_its_intent_and_slots() -> None:
    _, (row,), _ = chat("ask: about the psoas")
    assert (row["intent"], row["slots"]) == ("FaqIntent", {"topic": "what"})


@pytest.mark.parametrize(
    "line", ["[soon] next", "[-1] next", "[12.5]", "[wait]", "[wait soon]", "ask:", "[2] [silence]"]
)
def test_a_malformed_line_ends_with_two_and_is_named(line: str) -> None:
    code, rows, err = chat(f"open\n{line}\nnext\n")
    assert (code, len(rows)) == (2, 1)
    assert line in err


def test_an_unplayable_answer_ends_with_one() -> None:
    code, rows, err = chat("open\n", FakeSkill([b"[]"]))
    assert (code, rows) == (1, [])
    assert "not a reply" in err


def test_a_launch_can_break_in_too() -> None:
    line = parse_line("[12.5] open")
    assert (line.verb, line.said, line.at) == (Verb.OPEN, "open", 12.5)


def test_words_that_begin_like_a_command_are_words() -> None:
    assert parse_line("open the door").verb is Verb.SAY
    with pytest.raises(LineError):
        parse_line("[open]")


def test_disabling_the_skill_is_a_line() -> None:
    assert parse_line("[Disable]").verb is Verb.DISABLE
    code, rows, _ = chat("open\n[disable]\nnext\n")
    assert code == 0
    assert [row["request"] for row in rows] == ["LaunchRequest", "AlexaSkillEvent.SkillDisabled", None]
