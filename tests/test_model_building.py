"""The models are built from their sources: phrases become samples, and every slip is named."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from skill import __main__ as commands
from skill.content import DEFAULT_LOCALE, load_contents
from skill.errors import BrokenContentError
from skill.interaction_model import build_models, stale
from skill.interaction_model.template import Grammar
from skill.simulator.understanding import Understanding

ROOT = Path(__file__).parents[1]
CONTENTS = load_contents(ROOT / "content")
CONTENT = CONTENTS[DEFAULT_LOCALE]
SOURCE = """\
invocation: tea room
fallback_sensitivity: LOW
parts:
  please: (please|kindly)
slots:
  drink: DRINK
  exercise: STRETCH
intents:
  OrderIntent:
    - "[<please>] bring me {drink}"
    - bring (milk|sugar)
  ShowIntent:
    - show me {exercise}
types:
  DRINK:
    tea: [tea, "a cup [of tea]", the psoas tea]
misheard:
  psoas: [so as]
listening:
  {hesitations: [um], openings: [], endings: [], articles: [a], small_words: [me]}
"""

Build = Callable[..., dict[str, Any]]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build the one model of a source, with one thing of it replaced, and of a locale's file."""

    def built(old: str = "", new: str = "", *, locale: str = "language: en") -> dict[str, Any]:
        folder = tmp_path / "interaction_model"
        folder.mkdir(exist_ok=True)
        (folder / "en.yaml").write_text(SOURCE.replace(old, new, 1), encoding="utf-8")
        (folder / "en-GB.yaml").write_text(locale, encoding="utf-8")
        ((path, text),) = build_models(folder, lambda _locale: CONTENT).items()
        assert path == folder / "en-GB.json"
        model: dict[str, Any] = json.loads(text)["interactionModel"]["languageModel"]
        return model

    return built


def samples(model: dict[str, Any], intent: str) -> list[str]:
    return next(row["samples"] for row in model["intents"] if row["name"] == intent)


def names(model: dict[str, Any], kind: str) -> dict[str, list[str]]:
    values = next(row["values"] for row in model["types"] if row["name"] == kind)
    return {row["id"]: [row["name"]["value"], *row["name"]["synonyms"]] for row in values}


def test_the_written_models_are_what_their_sources_say() -> None:
    models = build_models(ROOT / "interaction_model", CONTENTS.__getitem__)
    assert [str(problem) for problem in stale(ROOT / "interaction_model", models)] == []


def test_a_phrase_stands_for_each_of_its_sentences(build: Build) -> None:
    assert samples(build(), "OrderIntent") == [
        *("bring me {drink}", "bring milk", "bring sugar", "kindly bring me {drink}"),
        "please bring me {drink}",
    ]


def test_an_intent_lists_the_slots_that_its_phrases_have(build: Build) -> None:
    slots = {row["name"]: row["slots"] for row in build()["intents"]}
    assert slots["OrderIntent"] == [{"name": "drink", "type": "DRINK"}]


def test_a_value_has_the_name_that_stands_first(build: Build) -> None:
    assert names(build(), "DRINK") == {"tea": ["tea", "a cup", "a cup of tea", "the psoas tea"]}


def test_what_the_content_names_is_understood_and_what_alexa_makes_of_it(build: Build) -> None:
    stretches = names(build(), "STRETCH")
    assert stretches.keys() == CONTENT.exercises.keys()
    kneeling = CONTENT.exercises["kneeling"]
    assert {*kneeling.also_called, "so as stretch"} <= {*stretches["kneeling"]}
    assert stretches["kneeling"][0] == kneeling.name


def test_a_new_exercise_brings_its_names_into_the_model_and_nothing_else_changes() -> None:
    couch = replace(CONTENT.exercises["kneeling"], id="couch", name="couch stretch", also_called=("sofa",))
    wider = replace(CONTENT, exercises={**CONTENT.exercises, "couch": couch})
    for path, text in build_models(ROOT / "interaction_model", lambda _locale: wider).items():
        model = json.loads(text)["interactionModel"]["languageModel"]
        assert names(model, "STRETCH")["couch"] == ["couch stretch", "sofa"]
        written = json.loads(path.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
        assert written["intents"] == model["intents"]


def test_a_locale_hears_its_own_words_and_phrases_as_well(build: Build) -> None:
    locale = (
        "{language: en, invocation: tea house, words: {sugar: syrup}, intents: {ShowIntent: [point it out]}}"
    )
    model = build(locale=locale)
    assert model["invocationName"] == "tea house"
    assert {"bring sugar", "bring syrup"} <= {*samples(model, "OrderIntent")}
    assert "point it out" in samples(model, "ShowIntent")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("sugar)", "sugar", r"en\.yaml:11: intents\.OrderIntent\.1: Unable to find end of group"),
        ("<please>", "<pleas>", r"en\.yaml:10: intents\.OrderIntent\.0: Missing expansion rule <pleas>"),
        ("me {drink}", "me {drinks}", r"en\.yaml:9: intents\.OrderIntent: has {drinks}, which is not among"),
        ("kindly)", "kindly", r"en\.yaml:4: parts\.please: Unable to find end of group"),
        ("- show", "- '[]'\n    - show", r"en\.yaml:13: intents\.ShowIntent\.0: Text is too short"),
        ("- show", "- bring milk\n    - show", r"en\.yaml:12: .*'bring milk' is a sentence of OrderIntent"),
        ("drink: DRINK", "drink: JUICE", r"en\.yaml:6: slots\.drink: is a JUICE, which neither"),
        ("[<please>]", "", r"en\.yaml:4: parts\.please: is in no phrase"),
        ("me {drink}", "me a drink", r"en\.yaml:6: slots\.drink: is in no phrase"),
        ("LOW", "SLOW", r"en\.yaml:2: fallback_sensitivity: .*'LOW', 'MEDIUM' or 'HIGH'"),
        ("parts:", "prats:", r"en\.yaml:3: prats: is not a key that is known here"),
    ],
)
def test_a_slip_in_a_source_is_named_by_file_line_and_key(
    build: Build, old: str, new: str, problem: str
) -> None:
    with pytest.raises(BrokenContentError, match=problem):
        build(old, new)


@pytest.mark.parametrize(
    ("locale", "problem"),
    [
        ("language: fr", r"en-GB\.yaml:1: language: has no fr\.yaml beside it"),
        ("language: en\nintents: {SingIntent: [la]}", r"en-GB\.yaml:2: intents\.SingIntent: is no intent of"),
        ("language: en\nintents: {ShowIntent: [a (b]}", r"en-GB\.yaml:2: intents\.ShowIntent\.0: "),
    ],
)
def test_a_slip_in_a_locale_is_named_by_file_line_and_key(build: Build, locale: str, problem: str) -> None:
    with pytest.raises(BrokenContentError, match=problem):
        build(locale=locale)


def test_a_model_that_differs_is_named_by_the_line_and_what_stands_there(tmp_path: Path) -> None:
    path, extra = tmp_path / "en-GB.json", tmp_path / "xx-XX.json"
    path.write_text('{\n"name": "DRINK",\n"id": "tea"\n}\n', encoding="utf-8")
    extra.write_text("{}\n", encoding="utf-8")
    problems = [str(problem) for problem in stale(tmp_path, {path: '{\n"name": "DRINK",\n"id": "milk"\n}\n'})]
    told = "differs from its sources; write it with: python -m skill model"
    assert problems == [
        f"{tmp_path.name}/en-GB.json:3: DRINK: {told}",
        f"{tmp_path.name}/xx-XX.json:1: file: has no source; add {tmp_path.name}/xx-XX.yaml, or delete it",
    ]


def test_the_command_writes_what_differs_and_its_check_only_tells(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, build: Build
) -> None:
    build()
    monkeypatch.setattr(commands, "MODELS", tmp_path / "interaction_model")
    run = CliRunner().invoke
    checked = run(commands.main, ["model", "--check"])
    assert isinstance(checked.exception, BrokenContentError)
    assert not (tmp_path / "interaction_model" / "en-GB.json").exists()
    assert run(commands.main, ["model"]).exit_code == 0
    assert run(commands.main, ["model", "--check"]).exit_code == 0


def test_sentences_have_single_spaces_whatever_is_left_out() -> None:
    assert set(Grammar({}).sentences("[a] b [c]")) == {"b", "b c", "a b", "a b c"}


def test_the_report_shows_the_likest_sentences_of_two_intents_first() -> None:
    rows = CliRunner().invoke(commands.main, ["model", "--report"]).output.splitlines()
    pairs, strays = rows[: commands.PAIRS], rows[commands.PAIRS :]
    likeness = [float(row.split()[0]) for row in pairs]
    assert likeness == sorted(likeness, reverse=True)
    for row in pairs:
        one, other = re.findall(r"\((\w[\w.]*Intent)\)", row)
        assert one != other
    assert all(" is more like " in row for row in strays)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "interaction_model").glob("*.json")), ids=lambda path: path.stem
)
def test_nearly_every_sentence_is_learnt_as_its_own_intent(path: Path) -> None:
    """A word or two may still mean either, as "go" does; `model --report` names them."""
    ear = Understanding.load(path)
    strays, learnt = ear.strays(), sum(len(way.asks) for way in ear.learnt.ways)
    assert learnt > 5000
    assert len(strays) < 0.01 * learnt, strays
