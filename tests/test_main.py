"""The commands as they are typed: what they print and how they end."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from skill import __main__ as commands

ROOT = Path(__file__).parent.parent
KEYS = [
    *("said", "at", "request", "intent", "slots", "seconds"),
    *("text", "ssml", "reprompt", "open"),
]


def typed(*arguments: str, words: str = "", folder: Path = ROOT) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "skill", *arguments],
        input=words,
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
    )


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project, to break something in."""
    for folder in ("skill", "content", "interaction_model", "publishing"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def test_check_is_silent_about_good_content_but_for_one_line() -> None:
    result = typed("check")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout == "6 exercises, 3 routines, 7 locales: all is well.\n"


def test_check_names_file_line_and_key_of_every_mistake_and_exits_with_one(copy: Path) -> None:
    for name, old, new in (("daily", "seconds: 30", "seconds: 90"), ("full", "sets: 2", "stes: 2")):
        path = copy / "content" / "en" / "routines" / f"{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    result = typed("check", folder=copy)
    assert (result.returncode, result.stdout) == (1, "")
    assert "content/en/routines/full.yaml:18: doses.0.stes: is not a key that is known here" in result.stderr
    assert "Traceback" not in result.stderr


def test_check_compares_the_interaction_model_with_the_content(copy: Path) -> None:
    path = copy / "interaction_model" / "en-US.json"
    path.write_text(
        path.read_text(encoding="utf-8").replace('"id": "bridges"', '"id": "bridge"'), encoding="utf-8"
    )
    result = typed("check", folder=copy)
    assert result.returncode == 1
    assert re.match(r"interaction_model/en-US\.json:\d+: STRETCH: differs from its sources", result.stderr)


def test_preview_of_broken_content_says_what_is_broken(copy: Path) -> None:
    (copy / "content" / "en" / "speech.yaml").write_text("lines: [", encoding="utf-8")
    result = typed("preview", "daily", folder=copy)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("content/en/speech.yaml:1: file: is not valid YAML")


def test_the_chat_writes_an_object_a_line_with_all_keys() -> None:
    result = typed("chat", "--json", words="open\n\n[12.5] how long left\n[silence]\nyes\n")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert (result.returncode, result.stderr) == (0, "")
    assert [answer["said"] for answer in answers] == ["open", "how long left", "[silence]", "yes"]
    assert all(sorted(answer) == sorted(KEYS) for answer in answers)


def test_the_chat_remembers_only_where_it_can() -> None:
    result = typed("chat", "--json", "--store", "coach.db", words="open\n")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("DATABASE_URL: has to begin with sqlite:///")


def test_the_chat_ends_with_two_at_a_malformed_line() -> None:
    result = typed("chat", "--json", words="open\n[soon] yes\n")
    assert result.returncode == 2
    assert len(result.stdout.splitlines()) == 1
    assert "[soon] yes" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["chat", "--json", "--voice", "0"],
        ["chat", "--json", "--start", "yesterday"],
        ["chat", "--json", "--locale", "xx-XX"],
        ["sing"],
    ],
)
def test_what_cannot_be_used_is_refused_with_two(arguments: list[str]) -> None:
    assert CliRunner().invoke(commands.main, arguments).exit_code == 2


def test_without_a_command_the_commands_are_listed() -> None:
    output = CliRunner().invoke(commands.main, ["--help"]).output
    assert all(command in output for command in ("chat", "check", "preview"))


def test_ask_shows_the_verdict_and_the_best_entries_with_falling_scores() -> None:
    output = (
        CliRunner().invoke(commands.main, ["ask", "can't i just leave out the leg that feels fine"]).output
    )
    verdict, *found = output.splitlines()
    assert verdict.startswith("sure; the coach's business: ")
    assert re.match(r" *0\.\d\d  one_side: Do both sides", found[0])
    assert len(found) == 3
    scores = [float(row.split()[0]) for row in found]
    assert scores == sorted(scores, reverse=True)
