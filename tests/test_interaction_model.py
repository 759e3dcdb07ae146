"""Amazon's rules over the interaction model, and that it knows the content by its ids."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from skill.content import load_content, with_names
from skill.errors import ContentError
from skill.simulator.understanding.model import Intent, SlotType, load_model

ROOT = Path(__file__).parents[1]
PATH = ROOT / "interaction_model" / "en-US.json"
MODEL = load_model(PATH)
TYPES = {kind.name: kind for kind in MODEL.types}
SAMPLES = [sample for intent in MODEL.intents for sample in intent.samples]
SLOT = re.compile(r"\{(\w+)\}")

# https://developer.amazon.com/docs/custom-skills/choose-the-invocation-name-for-a-custom-skill.html
LAUNCH_WORDS = {
    "open",
    "launch",
    "ask",
    "tell",
    "load",
    "enable",
    "start",
    "begin",
    "resume",
    "run",
    "play",
    "use",
}
CONNECTING_WORDS = {"to", "from", "in", "using", "with", "about", "for", "that", "by", "if", "and", "whether"}
WAKE_WORDS = {"alexa", "amazon", "echo", "computer", "ziggy"}
# What Alexa takes for herself at the start of a sentence, skill or no skill.
RESERVED_OPENINGS = {"open", "launch", "ask", "enable", "load"}

REQUIRED = {f"AMAZON.{name}Intent" for name in ("Stop", "Cancel", "Help", "NavigateHome", "Fallback")}
NOT_EXTENDED = {"AMAZON.NavigateHomeIntent", "AMAZON.FallbackIntent"}
PROMISED: dict[str, dict[str, str]] = {
    "StartRoutineIntent": {"routine": "ROUTINE"},
    "StartStretchIntent": {"stretch": "STRETCH"},
    "NextStretchIntent": {},
    "LeaveOutIntent": {"stretch": "STRETCH"},
    "RepeatCueIntent": {},
    "RepeatHoldIntent": {},
    "SwitchSideIntent": {},
    "TimeLeftIntent": {},
    "StatusIntent": {},
    "ChangeHoldIntent": {"seconds": "AMAZON.NUMBER", "change": "CHANGE"},
    "EasierIntent": {},
    "HarderIntent": {},
    "DescribeStretchIntent": {"stretch": "STRETCH"},
    "MistakesIntent": {"stretch": "STRETCH"},
    "ListStretchesIntent": {},
    "PainIntent": {"symptom": "SYMPTOM", "body_part": "BODY_PART"},
    "ReadyIntent": {},
    "DoneIntent": {},
    "WhyIntent": {"stretch": "STRETCH"},
    "FeelIntent": {"stretch": "STRETCH"},
    "FaqIntent": {"topic": "TOPIC"},
    "AskQuestionIntent": {"question": "AMAZON.SearchQuery"},
    "TellMoreIntent": {},
    "ChooseIntent": {"which": "WHICH"},
    **{
        f"AMAZON.{name}Intent": {}
        for name in ("Next", "Previous", "Repeat", "Pause", "Resume", "StartOver", "Yes", "No")
    },
    **{name: {} for name in REQUIRED},
}
SYMPTOMS = {
    "sharp",
    "numb",
    "tingling",
    "unstable",
    "pinch",
    "ache",
    "cramp",
    "odd",
    "dizzy",
    "chest",
    "breathless",
    "weakness",
}

Content = dict[str, Any]

BY_INTENT = pytest.mark.parametrize("intent", MODEL.intents, ids=lambda intent: intent.name)
BY_TYPE = pytest.mark.parametrize("kind", MODEL.types, ids=lambda kind: kind.name)


def described(folder: str) -> Content:
    files = (ROOT / "content" / "en" / folder).glob("*.yaml")
    return {file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in files}


def topics() -> Content:
    entries = yaml.safe_load((ROOT / "content" / "en" / "faq.yaml").read_text(encoding="utf-8"))
    return {id_: {**entry, "name": entry["topic"]} for id_, entry in entries.items()}


def repeated(things: Iterable[str]) -> list[str]:
    return [thing for thing, count in Counter(things).items() if count > 1]


def test_the_model_has_the_promised_intents_and_slots_and_no_others() -> None:
    assert {i.name: {s.name: s.type for s in i.slots} for i in MODEL.intents} == PROMISED


def test_no_intent_and_no_slot_type_is_defined_twice() -> None:
    assert repeated(intent.name for intent in MODEL.intents) == []
    assert repeated(kind.name for kind in MODEL.types) == []


def test_the_invocation_name_is_two_words_and_none_that_alexa_reserves() -> None:
    words = MODEL.invocationName.split()
    assert words == ["hip", "coach"]
    assert not set(words) & (LAUNCH_WORDS | CONNECTING_WORDS | WAKE_WORDS | {"skill", "app"})


@BY_INTENT
def test_an_intent_has_many_samples_unless_amazon_alone_decides(intent: Intent) -> None:
    if intent.name in NOT_EXTENDED:
        assert not intent.samples
    else:
        assert len(intent.samples) >= 15


@BY_INTENT
def test_an_intent_uses_each_of_its_slots_and_no_other(intent: Intent) -> None:
    used = {name for sample in intent.samples for name in SLOT.findall(sample)}
    assert used == {slot.name for slot in intent.slots}
    assert {slot.type for slot in intent.slots} <= {*TYPES, "AMAZON.NUMBER", "AMAZON.SearchQuery"}


def test_free_words_stand_alone_after_a_carrier() -> None:
    """Alexa takes AMAZON.SearchQuery in no sample without other words, nor in one with another slot.

    https://developer.amazon.com/docs/custom-skills/slot-type-reference.html
    """
    free = {
        (intent.name, slot.name)
        for intent in MODEL.intents
        for slot in intent.slots
        if slot.type == "AMAZON.SearchQuery"
    }
    samples = [(i.name, sample) for i in MODEL.intents if i.name in dict(free) for sample in i.samples]
    assert free == {("AskQuestionIntent", "question")}
    assert [sample for _, sample in samples if not re.fullmatch(r"[^{}]+ \{question\}", sample)] == []


def test_no_sample_stands_twice_in_the_model() -> None:
    assert repeated(SAMPLES) == []


def test_no_sample_has_a_slot_twice() -> None:
    assert [sample for sample in SAMPLES if repeated(SLOT.findall(sample))] == []


def test_samples_are_small_letters_spaces_apostrophes_hyphens_and_slots() -> None:
    word = r"(\{[a-z_]+\}|[a-z][a-z'-]*)"
    assert [sample for sample in SAMPLES if not re.fullmatch(f"{word}( {word})*", sample)] == []


def test_samples_name_neither_the_skill_nor_a_wake_word() -> None:
    assert [sample for sample in SAMPLES if MODEL.invocationName in sample] == []
    assert [sample for sample in SAMPLES if WAKE_WORDS & set(sample.split())] == []


def test_samples_do_not_begin_as_a_request_to_alexa_herself() -> None:
    assert [sample for sample in SAMPLES if sample.split()[0] in RESERVED_OPENINGS] == []


@BY_TYPE
def test_slot_phrases_are_words_of_at_most_140_characters(kind: SlotType) -> None:
    phrases = [phrase for value in kind.values for phrase in value.phrases]
    assert [p for p in phrases if not re.fullmatch(r"[A-Za-z]+([ '-][A-Za-z]+)*", p) or len(p) > 140] == []


@BY_TYPE
def test_a_phrase_means_one_value_of_its_slot_type(kind: SlotType) -> None:
    assert kind.values
    assert repeated(value.id for value in kind.values) == []
    assert repeated(phrase.lower() for value in kind.values for phrase in value.phrases) == []


@pytest.mark.parametrize(
    ("kind", "content"),
    [("STRETCH", described("exercises")), ("ROUTINE", described("routines")), ("TOPIC", topics())],
    ids=["STRETCH", "ROUTINE", "TOPIC"],
)
def test_slot_values_are_the_contents_ids_names_and_synonyms(kind: str, content: Content) -> None:
    modelled = {value.id: (value.name.value, set(value.name.synonyms)) for value in TYPES[kind].values}
    written = {i: (e["name"], set(e.get("also_called", ())) - {e["name"]}) for i, e in content.items()}
    assert modelled == written


def test_the_symptoms_are_those_the_safety_table_knows() -> None:
    assert {value.id for value in TYPES["SYMPTOM"].values} == SYMPTOMS


def test_holds_change_in_both_directions() -> None:
    assert [value.id for value in TYPES["CHANGE"].values] == ["longer", "shorter"]


def test_the_file_keeps_amazons_limits_and_sets_the_fallback_sensitivity() -> None:
    text = PATH.read_text(encoding="utf-8")
    configuration = json.loads(text)["interactionModel"]["languageModel"]["modelConfiguration"]
    assert configuration == {"fallbackIntentSensitivity": {"level": "MEDIUM"}}
    assert len(text.encode()) < 1_500_000
    assert len(MODEL.intents) <= 250


def test_a_malformed_model_is_reported_by_its_key(tmp_path: Path) -> None:
    path = tmp_path / "en-US.json"
    path.write_text(
        '{"interactionModel": {"languageModel": {"invocationName": "hip coach", "intents": [{}]}}}'
    )
    with pytest.raises(ContentError, match=r"en-US\.json:1: intents\.0\.name: Field required"):
        load_model(path)


def test_a_new_exercise_brings_its_names_into_the_model_and_nothing_else_changes() -> None:
    content = load_content(ROOT / "content")
    text = PATH.read_text(encoding="utf-8")
    assert with_names(text, content) == text
    couch = replace(
        content.exercises["kneeling"], id="couch", name="couch stretch", also_called=("sofa stretch",)
    )
    wider = replace(content, exercises={**content.exercises, "couch": couch})
    written = json.loads(with_names(text, wider))["interactionModel"]["languageModel"]
    stretches = next(kind for kind in written["types"] if kind["name"] == "STRETCH")
    assert stretches["values"][-1] == {
        "id": "couch",
        "name": {"value": "couch stretch", "synonyms": ["sofa stretch"]},
    }
    assert written["intents"] == json.loads(text)["interactionModel"]["languageModel"]["intents"]
