"""Every sentence of the interaction model reaches its intent, and is answered well wherever a session is."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill import CustomSkill
from ask_sdk_model import RequestEnvelope

from skill.content import DEFAULT_LOCALE, load_content
from skill.dispatch import skill_builder
from skill.handlers.coach import Coach, Coaches
from skill.learning import finder_of
from skill.phrases import Line
from skill.position import Clock
from skill.remembering import Memory
from skill.session import Asked, Session
from skill.simulator.ear import ModelEar
from skill.simulator.envelope import Identity, envelope, intent_request, stamped
from skill.simulator.envelope import Session as EchoSession
from skill.simulator.understanding import Heard
from skill.simulator.understanding.model import Intent, load_model
from skill.timeline import Plan
from tests.fake_store import FakeStore
from tests.invariants import check_response

ROOT = Path(__file__).parent.parent
PATH = ROOT / "interaction_model" / "en-US.json"
MODEL = load_model(PATH)
SAID = {kind.name: [phrase for value in kind.values for phrase in value.phrases] for kind in MODEL.types}
SAID["AMAZON.NUMBER"] = ["forty-five", "20"]
SAID["AMAZON.DURATION"] = ["a minute", "half a minute", "2 minutes"]
SAID["AMAZON.TIME"] = ["eight", "half past seven in the evening"]
SAID["AMAZON.DATE"] = ["tomorrow", "next monday"]
SAID["AMAZON.SearchQuery"] = ["my left big toe matter on mondays"]
BEGAN = datetime(2026, 1, 1, 9, tzinfo=UTC)
MID_HOLD = datetime(2026, 1, 1, 9, 0, 30, tzinfo=UTC)
STATES = {
    "idle": Session(),
    "holding": Session(plan=Plan("daily"), began=BEGAN, asked=Asked.READY),
    "paused": Session(plan=Plan("daily", first=3, held=9.5), asked=Asked.PAUSED),
    "asked a yes or no question": Session(plan=Plan("daily", first=3), asked=Asked.START_OVER),
    "asked whether to go on from there": Session(plan=Plan("daily", first=3), asked=Asked.RESUME),
    "asked whether to forget": Session(plan=Plan("daily", first=3), asked=Asked.FORGET),
    "finished": Session(plan=Plan("daily", first=20), asked=Asked.ANYTHING_ELSE),
}
CLOSES = {"AMAZON.StopIntent", "AMAZON.CancelIntent", "AMAZON.NavigateHomeIntent"}
MAY_CLOSE = {"AMAZON.NoIntent", "PainIntent"}  # nothing else is wanted; and an emergency
NOTHING_LEFT = {"AMAZON.NextIntent", "NextStretchIntent", "DoneIntent"}  # where the routine is finished


def sentences(intent: Intent) -> Iterator[str]:
    """Yield each sample with a value in each slot, and every value where a slot stands alone."""
    for number, sample in enumerate(intent.samples):
        used = {slot.name: SAID[slot.type] for slot in intent.slots if f"{{{slot.name}}}" in sample}
        is_alone = sample in {f"{{{name}}}" for name in used}
        for turn in range(len(next(iter(used.values())))) if is_alone else [number]:
            yield sample.format(**{name: words[turn % len(words)] for name, words in used.items()})


@pytest.fixture(scope="module")
def heard() -> dict[str, list[tuple[str, Heard]]]:
    """Return what becomes of each sentence, by the intent that it is a sentence of."""
    ear = ModelEar.load(PATH)
    return {
        intent.name: [(sentence, ear.interpret(sentence)) for sentence in sentences(intent)]
        for intent in MODEL.intents
    }


@pytest.fixture(scope="module")
def skill() -> CustomSkill:
    content = load_content(ROOT / "content")
    coach = Coach(content, content.narrator(), Clock(), finder_of(content.ways, ROOT / "content", "en"))
    skill: CustomSkill = skill_builder(Coaches({DEFAULT_LOCALE: coach}), Memory(FakeStore(), str)).create()
    return skill


def test_every_sentence_reaches_its_intent(heard: dict[str, list[tuple[str, Heard]]]) -> None:
    """A name of a topic may be a question that another intent answers as well."""
    elsewhere = {
        (intent, sentence): row.intent
        for intent, rows in heard.items()
        for sentence, row in rows
        if row.intent != intent
    }
    assert elsewhere == NAMED_ALIKE


NAMED_ALIKE = {
    **{("FaqIntent", f"why {name}"): "WhyIntent" for name in ("lunge", "the lunge", "twist", "the twist")},
    **{("FaqIntent", f"what is the {name} for"): "WhyIntent" for name in ("lunge", "twist")},
}


@pytest.mark.parametrize("state", STATES)
def test_every_sentence_is_answered_well_wherever_the_session_is(
    heard: dict[str, list[tuple[str, Heard]]], skill: CustomSkill, state: str
) -> None:
    """Sentences that reach the skill as the same intent with the same values are one question to it."""
    distinct = {_question(row): row for rows in heard.values() for _, row in rows}
    failed = load_content(ROOT / "content").phrases.line(Line.SOMETHING_WENT_WRONG, 0)
    may_close = CLOSES | MAY_CLOSE | (NOTHING_LEFT if state == "finished" else set())
    for row in distinct.values():
        reply = answer(skill, row, STATES[state])
        check_response(reply)
        assert failed not in reply["outputSpeech"]["ssml"], row
        assert reply["shouldEndSession"] or row.intent not in CLOSES, row
        assert not reply["shouldEndSession"] or row.intent in may_close, row


def _question(row: Heard) -> tuple[str, tuple[tuple[str, str], ...]]:
    return row.intent, tuple((name, value.id or value.spoken) for name, value in row.slots.items())


def answer(skill: CustomSkill, row: Heard, session: Session) -> dict[str, Any]:
    """Return what the skill replies to `row` in the middle of `session`."""
    echo = EchoSession("s", is_new=False, attributes=session.to_attributes())
    request = stamped(intent_request(row), "r", MID_HOLD, "en-US")
    serializer = DefaultSerializer()
    parsed = serializer.deserialize(json.dumps(envelope(Identity(), echo, request)), RequestEnvelope)
    reply: dict[str, Any] = json.loads(json.dumps(serializer.serialize(skill.invoke(parsed, None))))
    response: dict[str, Any] = reply["response"]
    return response
