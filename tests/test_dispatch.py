"""Which handler answers which request, and what is said when one fails."""

import json
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ask_sdk_core.serialize import DefaultSerializer
from ask_sdk_core.skill import CustomSkill
from ask_sdk_model import RequestEnvelope

from skill import dispatch
from skill.content import DEFAULT_LOCALE, load_content
from skill.dispatch import MOVES, ROUTES, skill_builder
from skill.handlers import farewell, safety, standard
from skill.handlers.coach import Coach, Coaches, Reply
from skill.handlers.turn import Turn
from skill.learning import finder_of
from skill.memory import ANYBODY, Lapse, Person, Record, Remembered
from skill.position import Clock
from skill.preferences import Preferences
from skill.remembering import Memory
from skill.routine import Detail, Side
from skill.session import Asked, Caution, Session
from skill.store import StoreError
from skill.timeline import Plan
from tests.fake_store import FakeStore
from tests.invariants import check_response

ROOT = Path(__file__).parent.parent
BEGAN = datetime(2026, 1, 1, 9, tzinfo=UTC)
MID_HOLD = "2026-01-01T09:00:30Z"  # half a minute into the daily routine: its first hold
FORGETFUL = Memory(FakeStore(), str)
PLAYING = Session(plan=Plan("daily"), began=BEGAN, asked=Asked.READY).to_attributes()

Ask = Callable[..., dict[str, Any]]


class StoppedClock(Clock):
    """A clock that cannot be read."""

    def elapsed(self, began: datetime, now: datetime) -> float:
        raise RuntimeError(f"{began} {now}")


def build_skill(coaches: Coaches, memory: Memory) -> CustomSkill:
    skill: CustomSkill = skill_builder(coaches, memory).create()
    return skill


def fails(_turn: Turn) -> Reply:
    raise RuntimeError("my secret pain")


@pytest.fixture(scope="module")
def coach() -> Coach:
    content = load_content(ROOT / "content")
    return Coach(content, content.narrator(), Clock(), finder_of(content.ways, ROOT / "content", "en"))


@pytest.fixture(scope="module")
def coaches(coach: Coach) -> Coaches:
    return Coaches({DEFAULT_LOCALE: coach})


@pytest.fixture
def failing(coaches: Coaches, monkeypatch: pytest.MonkeyPatch) -> CustomSkill:
    """The skill, with a handler for help that fails."""
    routes = [(names, fails if answer is standard.help_ else answer) for names, answer in ROUTES]
    monkeypatch.setattr(dispatch, "ROUTES", tuple(routes))
    return build_skill(coaches, FORGETFUL)


def answer(
    skill: CustomSkill,
    request: dict[str, Any],
    attributes: dict[str, Any] | None = None,
    *,
    is_new: bool = False,
    person: str | None = None,
) -> dict[str, Any]:
    session = {"new": is_new, "sessionId": "s", "attributes": attributes or {}}
    speaker = {"person": {"personId": person}} if person else {}
    envelope = {
        "version": "1.0",
        "session": session,
        "context": {"System": {"user": {"userId": "somebody"}, **speaker}},
        "request": {"requestId": "r", "timestamp": MID_HOLD, "locale": "en-US", **request},
    }
    if request["type"].startswith("AlexaSkillEvent"):
        del envelope["session"]
    serializer = DefaultSerializer()
    parsed = serializer.deserialize(json.dumps(envelope), RequestEnvelope)
    reply: dict[str, Any] = json.loads(json.dumps(serializer.serialize(skill.invoke(parsed, None))))
    return reply


def intent(name: str, **slots: str) -> dict[str, Any]:
    filled = {slot: {"name": slot, "value": value} for slot, value in slots.items()}
    return {"type": "IntentRequest", "intent": {"name": name, "slots": filled}}


def speech(reply: dict[str, Any]) -> str:
    return str(reply["response"]["outputSpeech"]["ssml"])


@pytest.mark.parametrize(
    "path", sorted((ROOT / "interaction_model").glob("*.json")), ids=lambda path: path.stem
)
def test_every_intent_of_a_model_has_a_route_and_every_route_an_intent(path: Path) -> None:
    language_model = json.loads(path.read_text(encoding="utf-8"))["interactionModel"]["languageModel"]
    modelled = {row["name"] for row in language_model["intents"]}
    assert {name for names, _ in ROUTES for name in names} == modelled | {"LaunchRequest"}


def test_no_request_has_two_routes() -> None:
    counted = Counter(name for names, _ in ROUTES for name in names)
    assert set(counted.values()) == {1}


def test_stopping_and_pain_come_before_everything_else() -> None:
    assert [answer for _, answer in ROUTES[:2]] == [farewell.stop, safety.pain]


def test_what_waits_for_the_advice_is_routed_and_never_stops_or_asks() -> None:
    routed = {answer for _, answer in ROUTES}
    assert MOVES.issubset(routed)
    assert not MOVES & {farewell.stop, standard.help_, safety.pain}


@pytest.mark.parametrize(
    "name", sorted(name for names, _ in ROUTES for name in names if name != "LaunchRequest")
)
@pytest.mark.parametrize(
    "attributes",
    [
        pytest.param({}, id="anew"),
        pytest.param(PLAYING, id="mid-hold"),
        *[
            pytest.param(
                Session(plan=Plan("daily", first=3, held=9.5), asked=asked).to_attributes(), id=asked
            )
            for asked in Asked
        ],
        pytest.param(
            Session(plan=Plan("daily", first=20), asked=Asked.ANYTHING_ELSE).to_attributes(), id="finished"
        ),
        pytest.param(
            Session(plan=Plan("daily"), asked=Asked.HURT, caution=Caution.DUE).to_attributes(), id="hurt"
        ),
    ],
)
def test_every_intent_is_answered_well_from_every_state(
    coaches: Coaches, name: str, attributes: dict[str, Any]
) -> None:
    """Also without its slots, which Alexa may leave empty."""
    check_response(answer(build_skill(coaches, FORGETFUL), intent(name), attributes)["response"])


@pytest.mark.parametrize(
    "plan",
    [
        pytest.param(Plan("yoga"), id="a routine that is not there any more"),
        pytest.param(Plan("daily", first=99), id="a bout that is not there any more"),
        pytest.param(Plan("daily", held=55.0), id="more held than the hold lasts now"),
        pytest.param(Plan("daily", without=("yoga",)), id="an exercise that is not there any more"),
    ],
)
@pytest.mark.parametrize("began", [None, BEGAN], ids=["waiting", "playing"])
@pytest.mark.parametrize("name", ["AMAZON.ResumeIntent", "TimeLeftIntent", "AMAZON.PauseIntent"])
def test_a_place_that_the_content_does_not_have_any_more_is_survived(
    coaches: Coaches, plan: Plan, began: datetime | None, name: str
) -> None:
    session = Session(plan=plan, began=began, asked=Asked.PAUSED)
    check_response(answer(build_skill(coaches, FORGETFUL), intent(name), session.to_attributes())["response"])


def test_the_launch_announces_the_usual_routine_as_long_as_it_takes_this_person(
    coach: Coach, coaches: Coaches
) -> None:
    preferences = Preferences("full", 15, Detail.BRIEF, Side.LEFT, ("supine", "clamshells"))
    session = Session(preferences=preferences)
    welcome = answer(build_skill(coaches, FORGETFUL), {"type": "LaunchRequest"}, session.to_attributes())
    seconds = coach.seconds_to_go(preferences.plan("full"))
    minutes = coach.content.phrases.counted(coach.content.phrases.minutes(seconds), "minute")
    assert seconds < coach.seconds_to_go(Plan("full")) / 2
    assert f"The full routine takes about {minutes}." in speech(welcome)
    assert "bed" not in speech(welcome)
    begun = answer(build_skill(coaches, FORGETFUL), intent("AMAZON.YesIntent"), welcome["sessionAttributes"])
    assert speech(begun).startswith("<speak>Kneeling stretch, left knee down")


@pytest.mark.parametrize("name", ["LaunchRequest", "StartRoutineIntent", "SettingsIntent", "BringBackIntent"])
def test_preferences_for_what_is_not_there_any_more_are_survived(coaches: Coaches, name: str) -> None:
    gone = Session(preferences=Preferences(routine="evening", without=("headstand", "lunge")))
    request = {"type": name} if name == "LaunchRequest" else intent(name)
    reply = answer(build_skill(coaches, FORGETFUL), request, gone.to_attributes())
    check_response(reply["response"])
    assert "evening" not in speech(reply)
    assert "headstand" not in speech(reply)


def test_a_routine_that_nobody_knows_does_not_become_the_usual_one(coaches: Coaches) -> None:
    reply = answer(build_skill(coaches, FORGETFUL), intent("UsualRoutineIntent", routine="yoga"))
    assert "I know the daily routine, full routine, and short routine." in speech(reply)
    assert "preferences" not in reply["sessionAttributes"]


def test_another_detail_in_mid_hold_keeps_the_seconds_that_were_left(coaches: Coaches) -> None:
    reply = answer(build_skill(coaches, FORGETFUL), intent("LessTalkIntent"), PLAYING)
    session = Session.from_attributes(reply["sessionAttributes"])
    assert session
    assert session.plan
    assert (session.plan.first, session.plan.detail) == (0, Detail.BRIEF)
    assert 10 < session.plan.held < 15
    assert session.preferences == Preferences(detail=Detail.BRIEF)


@pytest.mark.parametrize(
    "kind", ["SessionEndedRequest", "System.ExceptionEncountered", "AlexaSkillEvent.SkillDisabled"]
)
def test_what_is_no_question_gets_an_empty_answer(coaches: Coaches, kind: str) -> None:
    assert answer(build_skill(coaches, FORGETFUL), {"type": kind})["response"] == {}


def test_a_word_that_no_value_matches_is_passed_on_as_it_was_said(coaches: Coaches) -> None:
    reply = answer(build_skill(coaches, FORGETFUL), intent("ChangeHoldIntent", seconds="45"), PLAYING)
    assert "forty-five seconds" in speech(reply)


def test_a_handler_that_fails_says_so_kindly_and_keeps_the_place(failing: CustomSkill) -> None:
    reply = answer(failing, intent("AMAZON.HelpIntent"), PLAYING)
    check_response(reply["response"])
    assert "Your place is kept." in speech(reply)
    resumed = answer(failing, intent("AMAZON.ResumeIntent"), reply["sessionAttributes"])
    session = Session.from_attributes(resumed["sessionAttributes"])
    assert session
    assert session.plan
    assert (session.plan.first, session.plan.routine) == (0, "daily")
    assert 10 < session.plan.held < 15


def test_a_failure_after_a_serious_pain_does_not_lose_the_advice(failing: CustomSkill) -> None:
    hurt = Session(plan=Plan("daily"), asked=Asked.HURT, caution=Caution.DUE).to_attributes()
    reply = answer(failing, intent("AMAZON.HelpIntent"), hurt)
    again = answer(failing, intent("AMAZON.ResumeIntent"), reply["sessionAttributes"])
    assert "Talk to a medical or physical therapy professional" in speech(again)


def test_a_place_that_cannot_be_found_out_gets_kind_words_as_well(coach: Coach) -> None:
    skill = build_skill(Coaches({DEFAULT_LOCALE: replace(coach, clock=StoppedClock())}), FORGETFUL)
    check_response(answer(skill, intent("AMAZON.HelpIntent"), PLAYING)["response"])


def test_a_failure_is_logged_without_what_was_said(
    failing: CustomSkill, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer(failing, intent("AMAZON.HelpIntent", topic="my secret question"), PLAYING)
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert "secret question" not in caplog.text


def prefers_long_holds(turn: Turn) -> Reply:
    return turn.ask("", preferences=replace(turn.session.preferences, hold=60))


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def preferring(coaches: Coaches, store: FakeStore, monkeypatch: pytest.MonkeyPatch) -> CustomSkill:
    """The skill, in which help changes a preference."""
    routes = [(names, prefers_long_holds if answer is standard.help_ else answer) for names, answer in ROUTES]
    monkeypatch.setattr(dispatch, "ROUTES", tuple(routes))
    return build_skill(coaches, Memory(store, str))


def kept(store: FakeStore) -> Person:
    return Record.from_attributes(store.records["somebody"]).people[ANYBODY]


def test_a_preference_is_saved_at_once_and_only_when_it_changes(
    preferring: CustomSkill, store: FakeStore
) -> None:
    begun = Session(remembered=Remembered(keeps=True)).to_attributes()
    changed = answer(preferring, intent("AMAZON.HelpIntent"), begun)
    assert kept(store).preferences == Preferences(hold=60)
    calls = store.calls
    answer(preferring, intent("AMAZON.HelpIntent"), changed["sessionAttributes"])
    assert store.calls == calls


def test_a_preference_that_could_not_be_saved_goes_with_the_next_change(
    preferring: CustomSkill, store: FakeStore
) -> None:
    stored = Record(people={ANYBODY: Person(preferences=Preferences("short", without=("lunge",)))})
    store.records["somebody"] = {**stored.to_attributes(), "revision": 1}
    begun = Session(remembered=Remembered(keeps=True, progress=None, lapse=Lapse.TOLD)).to_attributes()
    with store.down():
        changed = answer(preferring, intent("AMAZON.HelpIntent"), begun)
    answer(preferring, intent("AMAZON.YesIntent"), changed["sessionAttributes"])
    assert kept(store).preferences == Preferences("short", 60, without=("lunge",))


def test_a_session_that_was_begun_without_its_memory_saves_nothing(
    preferring: CustomSkill, store: FakeStore
) -> None:
    changed = answer(preferring, intent("AMAZON.HelpIntent"), Session().to_attributes())
    answer(preferring, intent("AMAZON.YesIntent"), changed["sessionAttributes"])
    assert store.calls == 0


def test_where_no_key_can_be_made_for_a_person_nothing_is_saved(coaches: Coaches, store: FakeStore) -> None:
    def fails_to_hash(_text: str) -> str:
        raise StoreError("no secret")

    skill = build_skill(coaches, Memory(store, fails_to_hash))
    welcome = answer(skill, {"type": "LaunchRequest"}, is_new=True, person="anna")
    assert "cannot remember" in speech(welcome)
    answer(skill, intent("AMAZON.YesIntent"), welcome["sessionAttributes"], person="anna")
    assert store.calls == 0
