"""What the documents say is so: the chat in README.md is held again, and all that they name exists."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields
from importlib.util import find_spec
from pathlib import Path
from shutil import copytree

import pytest

from skill.__main__ import main
from skill.config import Config
from skill.content import load_content
from skill.content.wording import MOST_WORDS
from skill.routine import Dose, Exercise, Limits, Routine, Setup, Silences
from skill.simulator.device import Device
from skill.simulator.ear import ModelEar
from skill.simulator.script import parse_line, perform
from skill.simulator.voice import EchoVoice
from tests.transcript import README, ROOT, VOICE, lines, transcript, written

CONTENT_GUIDE = ROOT / "content" / "README.md"
DOCUMENTS = (README, ROOT / "CONTRIBUTING.md", CONTENT_GUIDE, ROOT / "docs" / "publish.md")
MODEL = ROOT / "interaction_model" / "en-US.json"
EXAMPLES = {"content/en/routines/evening.yaml"}  # files that a reader is told to make
MADE_HERE = {  # not in a fresh clone
    *(".dev", ".dev/", ".env", ".venv", ".venv/", "dist/", "dist/.ask/", ".learnt", "content/.learnt")
}

FENCED = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
SPAN = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
COMMAND = re.compile(r"(?:\.venv/bin/)?python -m ([\w.]+)(?: ([a-z]+))?")
PATH = re.compile(r"[\w.*-]+/[\w./*-]*|[\w*-]+\.(?:json|md|py|toml|txt|yaml)|\.\w+/?|LICENSE|Makefile")

BY_DOCUMENT = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))

Echo = Callable[..., Device]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def code(path: Path) -> list[str]:
    """Return the code of a document: its fenced blocks, except for the chat, and its spans."""
    text = text_of(path)
    blocks = [block for language, block in FENCED.findall(text) if language != "chat"]
    return [*blocks, *SPAN.findall(FENCED.sub("", text))]


def rows(path: Path, heading: str) -> Iterator[list[str]]:
    """Yield the cells of the table's rows under a heading."""
    section = text_of(path).split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    table = [row for row in section.splitlines() if row.startswith("|")]
    for row in table[2:]:
        yield [cell.strip() for cell in row.strip("|").split("|")]


def keys(path: Path, heading: str) -> set[str]:
    """Return the last part of each key that a table's first column names."""
    return {key.rpartition(".")[2] for cell, *_ in rows(path, heading) for key in SPAN.findall(cell)}


def test_the_chat_in_the_readme_goes_as_written(echo: Echo) -> None:
    shown = transcript(text_of(README))
    device = echo("reader", EchoVoice.parse(VOICE))
    said = lines(shown)
    turns = [perform(parse_line(line), device) for line in said]
    assert written(said, turns) == shown, (
        "the coach says something else now; .venv/bin/python -m tests.transcript writes it into README.md"
    )


def test_the_chat_in_the_readme_breaks_in_at_least_three_times(echo: Echo) -> None:
    device = echo("reader", EchoVoice.parse(VOICE))
    said = [parse_line(line) for line in lines(transcript(text_of(README)))]
    played = [perform(line, device).seconds for line in said]
    before = zip(played, said[1:], strict=False)
    assert sum(line.at is not None and line.at < seconds for seconds, line in before) >= 3


@BY_DOCUMENT
def test_every_make_verb_that_a_document_names_exists(path: Path) -> None:
    said = [row for text in code(path) for row in re.findall(r"\bmake((?: [a-z]+)+)", text)]
    named = {verb for row in said for verb in row.split()}
    verbs = set(re.findall(r"^([a-z]+):", text_of(ROOT / "Makefile"), re.MULTILINE))
    assert named
    assert named <= verbs


@BY_DOCUMENT
def test_every_file_that_a_document_names_exists(path: Path) -> None:
    named = {span.removeprefix("./") for span in SPAN.findall(text_of(path)) if PATH.fullmatch(span)}
    linked = set(re.findall(r"\]\((?!https?:)([^)#]+)", text_of(path)))
    missing = {
        name
        for name in (named | linked) - EXAMPLES - MADE_HERE
        if not name.startswith("/") and not any(list(folder.glob(name)) for folder in (ROOT, path.parent))
    }
    assert named
    assert missing == set()


def test_every_module_in_the_readmes_tree_exists() -> None:
    tree = next(block for _, block in FENCED.findall(text_of(README)) if block.startswith("app.py"))
    named = re.findall(r"(?:^  |, )(\w+(?:\.py|/))", tree, re.MULTILINE)
    assert len(named) > 10
    assert [name for name in named if not (ROOT / "skill" / name).exists()] == []


@BY_DOCUMENT
def test_no_code_span_runs_over_the_end_of_a_line(path: Path) -> None:
    assert [row for row in FENCED.sub("", text_of(path)).splitlines() if row.count("`") % 2] == []


@BY_DOCUMENT
def test_every_command_that_a_document_names_exists(path: Path) -> None:
    named = {match.groups() for text in code(path) for match in COMMAND.finditer(text)}
    programs = {(module, verb) for module, verb in named if module not in {"pip", "venv"}}
    unknown = {
        (module, verb)
        for module, verb in programs
        if not find_spec(module) or (module == "skill" and verb and verb not in main.commands)
    }
    assert programs
    assert unknown == set()


def test_the_readme_names_every_setting_and_no_other() -> None:
    asked: set[str] = set()

    class Environment(dict[str, str]):
        def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]
            asked.add(key)
            return super().get(key, default)

    Config.from_env(Environment(ALEXA_SKILL_ID="amzn1.ask.skill.x"))
    assert keys(README, "Settings") == asked


def test_the_readme_names_the_default_of_every_setting() -> None:
    unset = {"ALEXA_SKILL_ID": "amzn1.ask.skill.x"}
    stated = {name.strip("`"): default.strip("`") for name, default, _ in rows(README, "Settings") if default}
    assert len(stated) == 9
    assert Config.from_env(unset | stated) == Config.from_env(unset)


@pytest.mark.parametrize(("routine", "length"), [(row[0], row[-1]) for row in rows(README, "The routines")])
def test_a_routine_takes_as_long_as_the_readme_states(echo: Echo, routine: str, length: str) -> None:
    minutes = float(length.removesuffix(" minutes").replace("½", ".5"))
    said = load_content(ROOT / "content").phrases.counted(minutes, "minute")
    assert f"about {said}" in echo("reader").ask(f"{routine} routine").text


def test_the_routine_that_the_readme_writes_can_be_played(tmp_path: Path) -> None:
    (example,) = [block for language, block in FENCED.findall(text_of(README)) if language == "yaml"]
    content = copytree(ROOT / "content", tmp_path / "content")
    (content / "en" / "routines" / "evening.yaml").write_text(example, encoding="utf-8")
    assert "evening" in load_content(content).routines


@pytest.mark.parametrize(
    "said", [words for cell, _ in rows(README, "What you can say") for words in re.findall('"([^"]+)"', cell)]
)
def test_what_the_readme_says_one_can_say_is_understood(said: str) -> None:
    heard = ModelEar.load(MODEL).interpret(said)
    assert heard.intent != "AMAZON.FallbackIntent"
    named = [slot for name, slot in heard.slots.items() if name != "question"]  # its words are free
    assert all(slot.id or not slot.spoken.islower() for slot in named)


@pytest.mark.parametrize(
    ("heading", "described", "grouped"),
    [
        ("An exercise", (Exercise, Silences, Limits, Setup), {"id", "seconds", "hold", "setup"}),
        ("A routine", (Routine, Dose), {"id"}),
    ],
)
def test_the_guide_for_authors_names_every_key_and_no_other(
    heading: str, described: tuple[type, ...], grouped: set[str]
) -> None:
    known = {field.name for kind in described for field in fields(kind)}
    table = " ".join(cell for row in rows(CONTENT_GUIDE, heading) for cell in row)
    assert keys(CONTENT_GUIDE, heading) <= known
    assert {key for key in known - grouped if not re.search(rf"`(\w+\.)?{key}`", table)} == set()


def test_the_guide_for_authors_states_the_most_words_that_the_check_allows() -> None:
    stated = {cells[0].strip("`"): cells[1] for cells in rows(CONTENT_GUIDE, "An exercise")}
    for (group, key), most in MOST_WORDS.items():
        assert f"at most {most} words" in stated[f"{group}.{key}"]
