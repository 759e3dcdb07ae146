"""Amazon's rules over the interaction model of every locale, and that it knows the content by its ids."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_smapi_model.v1.skill.interaction_model.interaction_model_data import InteractionModelData

from skill.content import load_content, mismatches
from skill.errors import ContentError
from skill.reminders import FREQUENCIES
from skill.simulator.understanding.model import LanguageModel, load_model

ROOT = Path(__file__).parents[1]
PATHS = sorted((ROOT / "interaction_model").glob("*.json"))
SLOT = re.compile(r"\{(\w+)\}")

# https://developer.amazon.com/docs/custom-skills/choose-the-invocation-name-for-a-custom-skill.html
LAUNCH_WORDS = {
    *("open", "launch", "ask", "tell", "load", "enable", "start", "begin", "resume", "run", "play", "use")
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
    "NeverIntent": {"stretch": "STRETCH"},
    "BringBackIntent": {"stretch": "STRETCH"},
    "RepeatCueIntent": {},
    "RepeatHoldIntent": {},
    "SwitchSideIntent": {},
    "TimeLeftIntent": {},
    "StatusIntent": {},
    "ChangeHoldIntent": {"seconds": "AMAZON.NUMBER", "duration": "AMAZON.DURATION", "change": "CHANGE"},
    "LessTalkIntent": {},
    "MoreDetailIntent": {},
    "StartingSideIntent": {"side": "SIDE"},
    "UsualRoutineIntent": {"routine": "ROUTINE"},
    "SettingsIntent": {},
    "ResetSettingsIntent": {},
    "EasierIntent": {},
    "HarderIntent": {},
    "DescribeStretchIntent": {"stretch": "STRETCH"},
    "MistakesIntent": {"stretch": "STRETCH"},
    "ListStretchesIntent": {},
    "ProgressIntent": {},
    "ForgetMeIntent": {},
    "PainIntent": {"symptom": "SYMPTOM", "body_part": "BODY_PART"},
    "ReadyIntent": {},
    "DoneIntent": {},
    "WhyIntent": {"stretch": "STRETCH"},
    "FeelIntent": {"stretch": "STRETCH"},
    "FaqIntent": {"topic": "TOPIC"},
    "AskQuestionIntent": {"question": "AMAZON.SearchQuery"},
    "TellMoreIntent": {},
    "SetReminderIntent": {"time": "AMAZON.TIME", "date": "AMAZON.DATE", "frequency": "FREQUENCY"},
    "MyRemindersIntent": {},
    "CancelReminderIntent": {},
    "ChooseIntent": {"which": "WHICH"},
    **{
        f"AMAZON.{name}Intent": {}
        for name in ("Next", "Previous", "Repeat", "Pause", "Resume", "StartOver", "Yes", "No")
    },
    **{name: {} for name in REQUIRED},
}
AMAZONS_TYPES = {f"AMAZON.{name}" for name in ("NUMBER", "DURATION", "SearchQuery", "TIME", "DATE")}
SYMPTOMS = {
    *("sharp", "numb", "tingling", "unstable", "pinch", "ache", "cramp"),
    *("odd", "dizzy", "chest", "breathless", "weakness"),
}
FEWEST_SAMPLES, MOST_SAMPLES = 15, 700  # the cases of German take many
MOST_BYTES = 1_500_000
LONGEST_PHRASE = 140  # characters of a slot value

WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
LETTERS = r"(?:[^\W\d_]\. )+[^\W\d_]\."  # said one by one: "p. s. o. a. s."


@pytest.fixture(scope="module", params=PATHS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    given: Path = request.param
    return given


@pytest.fixture(scope="module")
def model(path: Path) -> LanguageModel:
    return load_model(path)


def samples(model: LanguageModel) -> Iterator[str]:
    return (sample for intent in model.intents for sample in intent.samples)


def repeated(things: Iterable[str]) -> list[str]:
    return [thing for thing, count in Counter(things).items() if count > 1]


def test_the_model_has_the_promised_intents_and_slots_and_no_others(model: LanguageModel) -> None:
    assert {i.name: {s.name: s.type for s in i.slots} for i in model.intents} == PROMISED


def test_no_intent_and_no_slot_type_is_defined_twice(model: LanguageModel) -> None:
    assert repeated(intent.name for intent in model.intents) == []
    assert repeated(kind.name for kind in model.types) == []


def test_the_invocation_name_is_two_words_and_none_that_alexa_reserves(model: LanguageModel) -> None:
    words = model.invocationName.split()
    assert len(words) >= 2
    assert model.invocationName.islower()
    assert not set(words) & (LAUNCH_WORDS | CONNECTING_WORDS | WAKE_WORDS | {"skill", "app"})


def test_an_intent_has_many_samples_unless_amazon_alone_decides(model: LanguageModel) -> None:
    sizes = {intent.name: len(intent.samples) for intent in model.intents}
    assert {name for name, size in sizes.items() if not size} == NOT_EXTENDED
    assert {n: s for n, s in sizes.items() if s and not FEWEST_SAMPLES <= s <= MOST_SAMPLES} == {}


def test_an_intent_uses_each_of_its_slots_and_no_other(model: LanguageModel) -> None:
    known = AMAZONS_TYPES | {kind.name for kind in model.types}
    for intent in model.intents:
        used = {name for sample in intent.samples for name in SLOT.findall(sample)}
        assert used == {slot.name for slot in intent.slots}, intent.name
        assert {slot.type for slot in intent.slots} <= known, intent.name


def test_free_words_stand_alone_after_a_carrier(model: LanguageModel) -> None:
    """Alexa takes AMAZON.SearchQuery in no sample without other words, nor in one with another slot.

    https://developer.amazon.com/docs/custom-skills/slot-type-reference.html
    """
    free = {i.name: i for i in model.intents for slot in i.slots if slot.type == "AMAZON.SearchQuery"}
    (intent,) = free.values()
    (slot,) = intent.slots
    assert [s for s in intent.samples if not re.fullmatch(rf"[^{{}}]+ {{{slot.name}}}", s)] == []


def test_no_sample_stands_twice_in_the_model(model: LanguageModel) -> None:
    assert repeated(samples(model)) == []


def test_no_sample_has_a_slot_twice(model: LanguageModel) -> None:
    assert [sample for sample in samples(model) if repeated(SLOT.findall(sample))] == []


def test_samples_are_small_letters_spaces_apostrophes_hyphens_and_slots(model: LanguageModel) -> None:
    word = rf"(?:\{{[a-z_]+\}}|{WORD})"
    said = [sample for sample in samples(model) if not re.fullmatch(f"{word}(?: {word})*", sample)]
    assert (said, [sample for sample in samples(model) if sample != sample.lower()]) == ([], [])


def test_samples_name_neither_the_skill_nor_a_wake_word(model: LanguageModel) -> None:
    assert [sample for sample in samples(model) if model.invocationName in sample] == []
    assert [sample for sample in samples(model) if WAKE_WORDS & set(sample.split())] == []


def test_samples_do_not_begin_as_a_request_to_alexa_herself(model: LanguageModel) -> None:
    assert [sample for sample in samples(model) if sample.split()[0] in RESERVED_OPENINGS] == []


def test_slot_phrases_are_words_of_at_most_140_characters(model: LanguageModel) -> None:
    word = f"(?:{WORD}|{LETTERS})"
    phrases = [phrase for kind in model.types for value in kind.values for phrase in value.phrases]
    assert [phrase for phrase in phrases if not re.fullmatch(f"{word}(?: {word})*", phrase)] == []
    assert [phrase for phrase in phrases if len(phrase) > LONGEST_PHRASE] == []


def test_a_phrase_means_one_value_of_its_slot_type(model: LanguageModel) -> None:
    for kind in model.types:
        assert kind.values
        assert repeated(value.id for value in kind.values) == [], kind.name
        assert repeated(phrase.lower() for value in kind.values for phrase in value.phrases) == [], kind.name


def test_slot_values_are_the_contents_ids(path: Path) -> None:
    assert list(mismatches(path, load_content(ROOT / "content", path.stem))) == []


def test_the_symptoms_are_those_the_safety_table_knows(model: LanguageModel) -> None:
    types = {kind.name: {value.id for value in kind.values} for kind in model.types}
    assert types["SYMPTOM"] == SYMPTOMS


def test_how_often_a_reminder_comes_is_what_the_skill_knows(model: LanguageModel) -> None:
    types = {kind.name: {value.id for value in kind.values} for kind in model.types}
    assert types["FREQUENCY"] == set(FREQUENCIES)


def test_holds_change_in_both_directions(model: LanguageModel) -> None:
    types = {kind.name: {value.id for value in kind.values} for kind in model.types}
    assert types["CHANGE"] == {"longer", "shorter"}


def test_a_stretch_has_two_sides(model: LanguageModel) -> None:
    types = {kind.name: {value.id for value in kind.values} for kind in model.types}
    assert types["SIDE"] == {"right", "left"}


def test_the_file_keeps_amazons_limits_and_sets_the_fallback_sensitivity(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    language_model = json.loads(text)["interactionModel"]["languageModel"]
    level = language_model["modelConfiguration"]["fallbackIntentSensitivity"]["level"]
    assert level in {"LOW", "MEDIUM", "HIGH"}
    assert len(text.encode()) < MOST_BYTES
    assert len(language_model["intents"]) <= 250


def read_by_amazons_own_model(document: Any) -> Any:  # noqa: ANN401 (JSON)
    """Return what is left of a file that Amazon's own classes have read; they drop what they do not know."""
    serializer = DefaultSerializer()
    parsed = serializer.deserialize(json.dumps(document), InteractionModelData)
    return json.loads(json.dumps(serializer.serialize(parsed)))


def test_amazons_own_model_of_the_file_knows_every_key(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    assert read_by_amazons_own_model(document) == document


def test_a_key_that_amazons_own_model_does_not_know_is_noticed(path: Path) -> None:
    document = json.loads(path.read_text(encoding="utf-8"))
    document["interactionModel"]["languageModel"]["intents"][0]["sample"] = []
    assert read_by_amazons_own_model(document) != document


def test_a_malformed_model_is_reported_by_its_key(tmp_path: Path) -> None:
    path = tmp_path / "en-US.json"
    path.write_text(
        '{"interactionModel": {"languageModel": {"invocationName": "hip coach", "intents": [{}]}}}'
    )
    with pytest.raises(ContentError, match=r"en-US\.json:1: intents\.0\.name: Field required"):
        load_model(path)
