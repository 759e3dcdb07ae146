"""The runner of the conversations: it speaks when the file says, and notices what did not come."""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from skill.simulator.clock import SimulatedClock
from skill.simulator.device import Device
from skill.simulator.voice import EchoVoice
from tests.dialogues import Dialogue, Step, hold, load_dialogue
from tests.fake_skill import FakeSkill, fake_device, reply
from tests.fake_store import FakeStore

SSML = '<speak>Lie down.<break time="5s"/>Halfway.<break time="5s"/>Ready?</speak>'


def maker(skill: FakeSkill) -> Callable[..., Device]:
    def make(_user: str, voice: EchoVoice, start: datetime, _trouble: object, _locale: str) -> Device:
        return fake_device(skill, voice, SimulatedClock(start))

    return make


def held(*steps: Step) -> FakeSkill:
    skill = FakeSkill([reply(SSML, reprompt="<speak>Still there?</speak>")])
    hold(Dialogue("a test", list(steps)), maker(skill))
    return skill


def test_words_come_after_what_was_heard_and_a_little_more() -> None:
    lie_down, halfway = (
        EchoVoice().seconds("<speak>Lie down.</speak>"),
        EchoVoice().seconds("<speak>Halfway.</speak>"),
    )
    skill = held(Step("open"), Step("next", after="halfway", plus=3))
    expected = int(lie_down + 5 + halfway + 3)
    assert skill.requests[1]["timestamp"] == f"2026-01-01T09:00:{expected:02}Z"


def test_words_come_during_what_was_heard() -> None:
    skill = held(Step("open"), Step("next", during="halfway", plus=-1))
    assert skill.requests[1]["timestamp"] == "2026-01-01T09:00:05Z"


def test_two_persons_speak_through_echos_of_their_own() -> None:
    skill = held(Step("open"), Step("open", person="second"), Step("next"), Step("next", person="second"))
    first, second, *_ = skill.types
    assert first == second == "LaunchRequest"
    assert skill.requests[2]["timestamp"] == skill.requests[3]["timestamp"]


@pytest.mark.parametrize(
    "expectation",
    [
        {"hears": ["goodbye"]},
        {"not_hears": ["/half.ay/"]},
        {"reprompt": ["goodbye"]},
        {"open": False},
        {"intent": "AMAZON.StopIntent"},
        {"slots": {"topic": "what"}},
        {"request": "SessionEndedRequest"},
        {"seconds": {"max": 5}},
    ],
)
def test_what_did_not_come_is_noticed(expectation: dict[str, Any]) -> None:
    with pytest.raises(AssertionError, match="step 1"):
        held(Step("open", **expectation))


def test_what_came_is_not_complained_of() -> None:
    skill = held(
        Step("open", hears=["HALFWAY", "/^lie/"], not_hears=["goodbye"], reprompt=["still"], open=True),
        Step("next", intent="AMAZON.NextIntent", request="IntentRequest", slots={}),
        Step("[silence]", request="SessionEndedRequest", open=False),
    )
    assert skill.types == ["LaunchRequest", "IntentRequest", "SessionEndedRequest"]


@pytest.mark.parametrize(
    "step", ["say: open\n  hear: [x]", "at: 5", "say: open\n  at: 5\n  during: x", "say: open\n  plus: 5"]
)
def test_a_slip_in_a_file_is_noticed(step: str, tmp_path: Path) -> None:
    path = tmp_path / "slip.yaml"
    path.write_text(f"about: a slip\nsteps:\n- {step}\n", encoding="utf-8")
    with pytest.raises(ValidationError):
        load_dialogue(path)


def test_a_voice_is_recognised_for_as_long_as_the_steps_say() -> None:
    skill = held(Step("open", recognised="anna"), Step("next"))
    people = [sent["context"]["System"].get("person") for sent in skill.sent]
    assert people == [{"personId": "amzn1.ask.person.anna"}, None]


def test_the_memory_fails_from_one_step_to_another() -> None:
    store, was_down = FakeStore(), []

    class WatchingSkill(FakeSkill):
        def post(self, headers: Mapping[str, str], body: bytes) -> tuple[int, bytes]:
            was_down.append(store.is_down)
            return super().post(headers, body)

    steps = [Step("open"), Step("next", store="down"), Step("next"), Step("next", store="up")]
    hold(Dialogue("a test", steps), maker(WatchingSkill([reply(SSML)])), store)
    assert was_down == [False, True, True, False]
