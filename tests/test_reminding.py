"""Talking about reminders: nothing is set without a yes, and never for a time gone by."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_model import RequestEnvelope
from hypothesis import given, settings
from hypothesis import strategies as st

from skill.content import DEFAULT_LOCALE, load_content
from skill.dispatch import skill_builder
from skill.handlers.coach import Coach, Coaches
from skill.learning import finder_of
from skill.position import Clock
from skill.remembering import Memory
from skill.simulator.alexa_api import HOME, SimulatedAlexa, Trouble
from skill.simulator.envelope import Identity, envelope, intent_request, launch_request, stamped
from skill.simulator.envelope import Session as AlexasSession
from skill.simulator.understanding import Heard, SlotValue
from tests.fake_store import FakeStore
from tests.invariants import check_response

START = datetime(2026, 1, 1, 9, tzinfo=UTC)
FOLDER = Path(__file__).parent.parent / "content"
CONTENT = load_content(FOLDER)
COACH = Coach(CONTENT, CONTENT.narrator(), Clock(), finder_of(CONTENT.ways, FOLDER, "en"))
COACHES = Coaches({DEFAULT_LOCALE: COACH})
FORGETFUL = Memory(FakeStore(), str)
YES, NO = "AMAZON.YesIntent", "AMAZON.NoIntent"


class Room:
    """A person, the skill and Alexa's services; the skill is handed requests as the SDK would."""

    def __init__(self, trouble: Trouble | None = None) -> None:
        self.now = START
        self.alexa = SimulatedAlexa(lambda: self.now, trouble)
        self._skill = skill_builder(COACHES, FORGETFUL, self.alexa).create()
        self._session = AlexasSession("s")

    def say(self, intent: str, **slots: str) -> dict[str, Any]:
        """Return the response to an intent; `slots` as Alexa fills them."""
        values = {name: SlotValue(value, value.lower(), value) for name, value in slots.items()}
        return self._send(intent_request(Heard(intent, values)))

    def open(self) -> None:
        self._send(launch_request())

    def _send(self, request: dict[str, Any]) -> dict[str, Any]:
        whole = envelope(Identity(), self._session, stamped(request, "r", self.now, "en-US"))
        serializer = DefaultSerializer()
        parsed = serializer.deserialize(json.dumps(whole), RequestEnvelope)
        answer: dict[str, Any] = serializer.serialize(self._skill.invoke(parsed, None))  # type: ignore[assignment]
        check_response(answer["response"])
        self._session = AlexasSession("s", is_new=False, attributes=answer.get("sessionAttributes") or {})
        return dict(answer["response"])

    @property
    def set(self) -> list[dict[str, Any]]:
        """The reminders that Alexa keeps."""
        return [body for kept in self.alexa.kept.values() for body in kept.values()]


def speech(response: dict[str, Any]) -> str:
    return str(response["outputSpeech"]["ssml"])


def test_a_permission_that_is_missing_is_asked_for_on_a_card_and_the_session_goes_on() -> None:
    room = Room(Trouble.NO_PERMISSION)
    room.open()
    assert "card" not in room.say("SetReminderIntent", time="08:00", frequency="daily")
    response = room.say(YES)
    assert response["card"] == {
        "type": "AskForPermissionsConsent",
        "permissions": ["alexa::alerts:reminders:skill:readwrite"],
    }
    assert response["shouldEndSession"] is False


def test_a_time_that_went_by_while_the_question_waited_is_offered_anew() -> None:
    room = Room()
    room.open()
    room.now = datetime(2026, 1, 1, 12, 59, 50, tzinfo=UTC)  # ten seconds to eight in New York
    assert "Today at eight" in speech(room.say("SetReminderIntent", time="08:00"))
    room.now = datetime(2026, 1, 1, 13, 0, 5, tzinfo=UTC)
    assert "Tomorrow at eight" in speech(room.say(YES))
    assert room.set == []
    room.say(YES)
    assert len(room.set) == 1


@pytest.mark.parametrize(
    "intent",
    [
        NO,
        "ReadyIntent",
        "AMAZON.RepeatIntent",
        "AMAZON.FallbackIntent",
        "AMAZON.ResumeIntent",
        "AMAZON.HelpIntent",
        "TimeLeftIntent",
        "PainIntent",
    ],
)
def test_nothing_but_a_yes_sets_what_was_offered(intent: str) -> None:
    room = Room()
    room.open()
    room.say("SetReminderIntent", time="08:00")
    room.say(intent)
    assert room.set == []


def test_a_yes_to_another_question_sets_nothing() -> None:
    room = Room()
    room.open()
    room.say("SetReminderIntent", time="08:00")
    room.say(NO)
    room.say(YES)
    assert room.set == []


def test_a_yes_after_a_pain_sets_the_reminder_and_the_advice_is_still_due() -> None:
    room = Room()
    room.open()
    room.say("PainIntent")
    room.say("SetReminderIntent", time="08:00")
    assert "stop when you want to finish" in speech(room.say(YES))
    assert len(room.set) == 1
    assert "Please hear this first" in speech(room.say("AMAZON.ResumeIntent"))


def test_starting_over_from_a_question_in_between_comes_back_to_what_was_before() -> None:
    room = Room()
    room.open()
    room.say("StartRoutineIntent")
    room.say("AMAZON.PauseIntent")
    room.say("SetReminderIntent", time="08:00")
    room.say("AMAZON.StartOverIntent")
    assert "resume" in speech(room.say(NO))


def test_a_question_in_between_drops_the_one_whether_to_start_over() -> None:
    room = Room()
    room.open()
    room.say("StartRoutineIntent")
    room.say("AMAZON.PauseIntent")
    room.say("AMAZON.StartOverIntent")
    room.say("SetReminderIntent", time="08:00")
    assert "resume" in speech(room.say(NO))
    assert "No hurry" in speech(room.say(NO))


def test_five_reminders_are_counted_and_three_of_them_named() -> None:
    room = Room()
    room.open()
    for hour in range(10, 15):
        room.say("SetReminderIntent", time=f"{hour}:00")
        room.say(YES)
    said = speech(room.say("MyRemindersIntent"))
    assert "five reminders" in said
    assert said.count("Today at") == 3


WORDS = st.sampled_from(
    [
        YES,
        NO,
        *("SetReminderIntent", "MyRemindersIntent", "CancelReminderIntent", "StartRoutineIntent"),
        *("AMAZON.PauseIntent", "AMAZON.RepeatIntent", "AMAZON.StartOverIntent", "AMAZON.FallbackIntent"),
        *("PainIntent", "AMAZON.ResumeIntent", "ReadyIntent", "AMAZON.NextIntent"),
    ]
)
SLOTS = st.fixed_dictionaries(
    {},
    optional={
        "time": st.sampled_from(["08:00", "20:30", "00:00", "MO", "NI", "?", "99:99"]),
        "date": st.sampled_from(["2026-01-01", "2025-01-01", "2026-W02", "XXXX-01-01", "9999-12-31", "soon"]),
        "frequency": st.sampled_from(["daily", "evenings", "weekly", "monday", "never"]),
    },
)
STEPS = st.lists(st.tuples(WORDS | st.just("SetReminderIntent"), SLOTS), min_size=1, max_size=8)


@settings(max_examples=40)
@given(STEPS, st.none() | st.sampled_from(Trouble))
def test_whatever_is_said_nothing_is_set_without_a_yes_and_never_for_the_past(
    steps: list[tuple[str, dict[str, str]]], trouble: Trouble | None
) -> None:
    room = Room(trouble)
    room.open()
    for intent, slots in steps:
        before = len(room.set)
        response = room.say(intent, **(slots if intent == "SetReminderIntent" else {}))
        assert "something slipped" not in speech(response)
        assert len(room.set) <= before or intent == YES
        for body in room.set:
            moment = datetime.fromisoformat(body["trigger"]["scheduledTime"])
            assert moment.replace(tzinfo=ZoneInfo(HOME)) > room.now
