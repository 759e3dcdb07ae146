"""Properties of 1,000 random conversations, held with the real webhook through signed requests."""

import pytest
from hypothesis import given, settings

from skill.config import DEVELOPMENT_SKILL_ID, Config
from skill.simulator.understanding.model import load_model
from skill.simulator.voice import EchoVoice
from tests.conftest import MODEL
from tests.kept_promises import Findings, Room, hold
from tests.random_conversations import UTTERANCES, Conversation, Step, conversations

CONVERSATIONS = 1000
NEVER_SAID = {"AMAZON.NavigateHomeIntent"}  # Alexa's own, without samples
BREAKS_IN_LATE = Conversation(
    EchoVoice(1, 0.5, 0.5), (Step("open"), Step("ready"), Step("help", 0.2), Step("ready"))
)


@pytest.fixture(scope="module")
def room() -> Room:
    return Room()


def test_every_hold_lasts_what_was_promised_however_it_is_broken_into(room: Room) -> None:
    found: list[Findings] = []

    @settings(max_examples=CONVERSATIONS)
    @given(conversations())
    def promises_are_kept(conversation: Conversation) -> None:
        found.append(hold(conversation, room))

    promises_are_kept()
    findings = sum(found, Findings())
    assert findings.conversations >= CONVERSATIONS
    assert findings.broken_holds > CONVERSATIONS / 10
    assert findings.equal_pairs > CONVERSATIONS / 10


def test_random_conversations_reach_every_intent_and_every_slot(room: Room) -> None:
    heard = [room.ear.interpret(said) for said in UTTERANCES]
    reached = {(one.intent, name) for one in heard for name, value in one.slots.items() if value.spoken}
    intents = load_model(MODEL).intents
    assert {one.intent for one in heard} == {intent.name for intent in intents} - NEVER_SAID
    assert reached == {(intent.name, slot.name) for intent in intents for slot in intent.slots}


def test_a_coach_with_a_wrong_clock_is_noticed() -> None:
    wrong = Room(Config(DEVELOPMENT_SKILL_ID, start_delay=9))
    with pytest.raises(AssertionError, match="s of 30 held"):
        hold(BREAKS_IN_LATE, wrong)


def test_the_same_conversation_with_the_right_clock_keeps_its_promises(room: Room) -> None:
    assert hold(BREAKS_IN_LATE, room).broken_holds == 1


def test_a_failure_tells_how_to_repeat_it() -> None:
    wrong = Room(Config(DEVELOPMENT_SKILL_ID, start_delay=9))
    with pytest.raises(AssertionError) as failure:
        hold(BREAKS_IN_LATE, wrong)
    voice, first, *_ = failure.value.__notes__[0].splitlines()
    assert (voice, first) == ("chat --json --voice 1,0.5,0.5,0", "[0.000] open")
