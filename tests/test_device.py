"""The simulated Echo: what it sends, how long it plays, when it closes."""

from pathlib import Path

import pytest

from skill.pace import Voice
from skill.simulator.clock import SimulatedClock, parse_start
from skill.simulator.ear import UNFILLED, ModelEar
from skill.simulator.reply import ReplyError
from skill.simulator.understanding import SlotValue
from skill.simulator.voice import EchoVoice
from tests.fake_skill import FakeSkill, fake_device, reply

MODEL = Path(__file__).parent.parent / "interaction_model" / "en-US.json"
SPOKEN = "Tuck the tailbone under."


def test_a_launch_is_sent_as_alexa_sends_it() -> None:
    skill = FakeSkill()
    fake_device(skill).open()
    (sent,) = skill.sent
    assert sent["request"]["type"] == "LaunchRequest"
    assert sent["request"]["timestamp"] == "2026-01-01T09:00:00Z"
    assert sent["request"]["locale"] == "en-US"
    assert sent["session"]["new"] is True
    assert sent["session"]["attributes"] == {}
    assert sent["session"]["application"] == sent["context"]["System"]["application"]
    assert sent["session"]["user"] == sent["context"]["System"]["user"]
    assert "Viewport" not in sent["context"]


def test_the_raw_body_is_signed() -> None:
    skill = FakeSkill()
    fake_device(skill).open()
    assert skill.headers[0]["Signature-256"].startswith("signed ")


def test_attributes_come_back_with_the_next_request_of_the_session() -> None:
    skill = FakeSkill([reply(attributes={"v": 1}), reply()])
    device = fake_device(skill)
    device.open()
    device.say("next")
    device.say("next")
    first, second, third = (envelope["session"] for envelope in skill.sent)
    assert (second["new"], second["attributes"]) == (False, {"v": 1})
    assert third["attributes"] == {}, "what a reply leaves out is forgotten"
    assert first["sessionId"] == third["sessionId"]


def test_a_matched_slot_carries_its_id() -> None:
    skill = FakeSkill()
    turn = fake_device(skill).ask("about the psoas")
    slot = skill.requests[0]["intent"]["slots"]["topic"]
    (found,) = slot["resolutions"]["resolutionsPerAuthority"]
    assert found["status"]["code"] == "ER_SUCCESS_MATCH"
    assert found["values"] == [{"value": {"name": "psoas", "id": "what"}}]
    assert turn.slots == {"topic": "what"}


def test_an_unmatched_slot_carries_its_words() -> None:
    skill = FakeSkill()
    turn = fake_device(skill).ask("about cheese")
    slot = skill.requests[0]["intent"]["slots"]["topic"]
    (found,) = slot["resolutions"]["resolutionsPerAuthority"]
    assert found["status"]["code"] == "ER_SUCCESS_NO_MATCH"
    assert slot["value"] == "cheese"
    assert turn.slots == {"topic": "cheese"}


def test_a_slot_that_nothing_filled_is_sent_by_its_name_alone() -> None:
    skill = FakeSkill()
    turn = fake_device(skill).ask("about")
    assert skill.requests[0]["intent"]["slots"]["topic"] == {"name": "topic", "confirmationStatus": "NONE"}
    assert turn.slots == {}


def test_the_ear_names_every_slot_of_the_intent() -> None:
    heard = ModelEar.load(MODEL).interpret("hold forty-five seconds")
    assert heard.slots == {"seconds": SlotValue("45"), "duration": UNFILLED, "change": UNFILLED}


def test_words_are_said_when_the_reply_has_ended() -> None:
    skill = FakeSkill()
    device = fake_device(skill)
    device.open()
    assert device.say("next").at == pytest.approx(10)
    assert skill.requests[1]["timestamp"] == "2026-01-01T09:00:10Z"


def test_a_break_in_is_counted_from_the_first_sound_of_the_last_reply() -> None:
    skill = FakeSkill()
    device = fake_device(skill, EchoVoice(delay=2, lag=1.5))
    device.open()
    assert device.say("next", at=4.0).at == pytest.approx(1.5 + 2 + 4)
    assert skill.requests[1]["timestamp"] == "2026-01-01T09:00:09Z", "stamped after the lag, in whole seconds"


def test_jitter_varies_the_stamp_and_repeats_with_the_same_start() -> None:
    first, second = FakeSkill(), FakeSkill()
    for skill in (first, second):
        device = fake_device(skill, EchoVoice(lag=5, jitter=5))
        device.open()
        device.say("next")
        device.say("next")
    stamps = [request["timestamp"] for request in first.requests]
    assert stamps == [request["timestamp"] for request in second.requests]
    assert stamps != [f"2026-01-01T09:00:{second:02}Z" for second in (5, 20, 35)]


@pytest.mark.parametrize("at", [10, 17.9, 18.1, 28, 35.9])
def test_the_microphone_and_the_reprompt_let_one_speak(at: float) -> None:
    device = fake_device(FakeSkill())
    device.open()
    assert device.say("next", at=at).intent == "AMAZON.NextIntent"


def test_words_that_come_too_late_find_the_session_closed() -> None:
    skill = FakeSkill()
    device = fake_device(skill)
    device.open()
    turn = device.say("next", at=36.5)
    assert (turn.request, turn.text, turn.open) == (None, "", False)
    assert skill.types == ["LaunchRequest", "SessionEndedRequest"]
    assert skill.requests[1]["reason"] == "EXCEEDED_MAX_REPROMPTS"
    assert skill.requests[1]["timestamp"] == "2026-01-01T09:00:36Z"


def test_silence_closes_after_the_reply_the_microphone_and_the_reprompt() -> None:
    skill = FakeSkill()
    device = fake_device(skill)
    device.open()
    turn = device.silence()
    assert (turn.request, turn.open) == ("SessionEndedRequest", False)
    assert device.clock.seconds() == pytest.approx(10 + 8 + 10 + 8)


def test_without_a_reprompt_silence_closes_sooner() -> None:
    device = fake_device(FakeSkill([reply(reprompt=None)]))
    device.open()
    device.silence()
    assert device.clock.seconds() == pytest.approx(10 + 8)


def test_silence_without_a_session_sends_nothing() -> None:
    skill = FakeSkill()
    assert fake_device(skill).silence().request is None
    assert skill.sent == []


def test_a_session_that_the_skill_closed_is_not_ended_again() -> None:
    skill = FakeSkill([reply(end=True, reprompt=None)])
    device = fake_device(skill)
    assert device.open().open is False
    assert device.say("next").request is None
    device.open()
    assert skill.types == ["LaunchRequest", "LaunchRequest"]


def test_opening_again_ends_the_open_session_first() -> None:
    skill = FakeSkill()
    device = fake_device(skill)
    device.open()
    device.open(at=3)
    assert skill.types == ["LaunchRequest", "SessionEndedRequest", "LaunchRequest"]
    assert skill.requests[1]["reason"] == "USER_INITIATED"
    first, ended, second = (envelope["session"]["sessionId"] for envelope in skill.sent)
    assert first == ended != second


def test_a_short_wait_leaves_the_session_open() -> None:
    device = fake_device(FakeSkill())
    device.open()
    assert device.wait(20).open is True
    assert device.say("next").at == pytest.approx(20)


def test_a_long_wait_closes_the_session_on_its_way() -> None:
    skill = FakeSkill()
    device = fake_device(skill)
    device.open()
    turn = device.wait(3600)
    assert (turn.request, turn.open) == ("SessionEndedRequest", False)
    assert skill.requests[1]["timestamp"] == "2026-01-01T09:00:36Z"
    assert device.open().at == pytest.approx(3600)


def test_a_turn_tells_the_whole_planned_reply() -> None:
    ssml = f'<speak>{SPOKEN}<break time="10s"/><break time="2500ms"/>Go on.</speak>'
    turn = fake_device(FakeSkill([reply(ssml)])).open()
    assert turn.text == f"{SPOKEN} Go on."
    assert turn.ssml == ssml
    assert turn.seconds == pytest.approx(12.5 + Voice().seconds(SPOKEN) + Voice().seconds("Go on."))


def test_a_faster_voice_shortens_the_speech_and_not_the_silence() -> None:
    ssml = f'<speak>{SPOKEN}<break time="3s"/></speak>'
    spoken = EchoVoice().seconds(ssml) - 3
    assert EchoVoice(rate=1.25).seconds(ssml) == pytest.approx(3 + spoken / 1.25)


def test_inline_markup_is_read_as_its_words() -> None:
    ssml = (
        "<speak><p>The <phoneme alphabet='ipa' ph='x'>psoas</phoneme>, <amazon:effect name='whispered'>you "
        "know</amazon:effect>.</p><p><sub alias='aluminum'>Al</sub></p></speak>"
    )
    assert [sound.text for sound in EchoVoice().sounds(ssml)] == ["The psoas, you know. aluminum"]


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply(end=None), id="shouldEndSession absent"),
        pytest.param(reply("<speak>a & b</speak>"), id="a raw ampersand"),
        pytest.param(reply("<speak><break time='5'/></speak>"), id="a break without a unit"),
        pytest.param(reply("<speak><audio src='x'/></speak>"), id="audio"),
        pytest.param(b"[]", id="no object"),
        pytest.param(b"<html>", id="no JSON"),
    ],
)
def test_an_answer_that_no_echo_would_play_is_an_error(answer: bytes) -> None:
    with pytest.raises(ReplyError):
        fake_device(FakeSkill([answer])).open()


def test_the_clock_starts_where_it_is_told_and_never_goes_back() -> None:
    clock = SimulatedClock(parse_start("2026-03-01T12:00:00+02:00"))
    clock.move_to(90)
    clock.move_to(30)
    assert clock.now() == parse_start("2026-03-01T10:01:30Z")


@pytest.mark.parametrize("text", ["", "fast", "0", "1,-1", "nan", "1,0,0,0,0"])
def test_a_voice_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        EchoVoice.parse(text)


def test_a_voice_is_read_in_its_order() -> None:
    assert EchoVoice.parse("0.9,1,2,0.5") == EchoVoice(rate=0.9, delay=1, lag=2, jitter=0.5)


def test_disabling_the_skill_ends_the_session_and_sends_an_event_that_has_none() -> None:
    skill = FakeSkill()
    device = fake_device(skill)
    device.open()
    turn = device.disable()
    assert (turn.request, turn.open, device.is_open) == ("AlexaSkillEvent.SkillDisabled", False, False)
    assert skill.types == ["LaunchRequest", "SessionEndedRequest", "AlexaSkillEvent.SkillDisabled"]
    assert "session" not in skill.sent[-1]
    assert skill.sent[-1]["context"]["System"]["user"] == skill.sent[0]["session"]["user"]


def test_a_voice_that_is_known_goes_with_each_request_until_another_speaks() -> None:
    skill = FakeSkill()
    device = fake_device(skill)
    device.open()
    device.recognise("amzn1.ask.person.anna")
    device.say("next")
    device.recognise(None)
    device.say("next")
    people = [sent["context"]["System"].get("person") for sent in skill.sent]
    assert people == [None, {"personId": "amzn1.ask.person.anna"}, None]
