"""The simulated ear: small differences reach the intent, what is meant does too, foreign words do not."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from skill.embedding import embed
from skill.faq import learn
from skill.interaction_model import Listening, Moments, read_listening
from skill.simulator.ear import ModelEar
from skill.simulator.understanding import Heard, SlotValue, Understanding
from skill.simulator.understanding.model import Intent, LanguageModel, Name, Slot, SlotType, Value, load_model
from skill.simulator.understanding.moments import dates, times
from skill.simulator.understanding.words import without_fillers, words_of

PATH = Path(__file__).parents[1] / "interaction_model" / "en-US.json"
MODEL = load_model(PATH)
LISTENING = read_listening(PATH.parent, "en-US")
SAID = {kind.name: [value.name.value for value in kind.values] for kind in MODEL.types}
SAID["AMAZON.NUMBER"] = ["forty-five", "20"]
SAID["AMAZON.DURATION"] = ["a minute", "half a minute", "2 minutes"]
SAID["AMAZON.TIME"] = ["eight", "half past seven in the evening"]
SAID["AMAZON.DATE"] = ["tomorrow", "next monday"]
SAID["AMAZON.SearchQuery"] = ["my left big toe matter on mondays"]
ALONE = {
    "ROUTINE": "StartRoutineIntent",
    "STRETCH": "StartStretchIntent",
    "TOPIC": "FaqIntent",
    "SYMPTOM": "PainIntent",
    "CHANGE": "ChangeHoldIntent",
    "WHICH": "ChooseIntent",
}
CLOSER = {  # names of a topic that another intent answers as well, with what it makes of them
    **dict.fromkeys(["why twist", "why the twist", "what is the twist for"], ("WhyIntent", "twist")),
    **dict.fromkeys(["why lunge", "why the lunge", "what is the lunge for"], ("WhyIntent", "lunge")),
}
MOMENTS = [  # of a Thursday
    ("en-US", "remind me at half past seven in the evening", "19:30", None),
    ("en-US", "remind me tomorrow at quarter to nine", "08:45", "2026-01-02"),
    ("de-DE", "erinnere mich morgen um halb acht", "07:30", "2026-01-02"),
    ("de-DE", "erinnere mich um viertel vor eins", "12:45", None),
    ("de-DE", "erinnere mich um acht uhr abends", "20:00", None),
    ("es-ES", "recuérdame a la una", "01:00", None),
    ("es-ES", "recuérdame mañana a las siete y media de la tarde", "19:30", "2026-01-02"),
    ("es-ES", "recuérdame el lunes por la tarde", "AF", "2026-01-05"),
    ("es-ES", "recuérdame los lunes a las nueve menos cuarto", "08:45", None),
    ("es-ES", "recuérdame el cinco de enero a mediodía", "12:00", "2026-01-05"),
]
REACHES: dict[str, list[str]] = {
    "PainIntent": [
        "It hurts!",
        "my hip pinches",
        "numb",
        "chest pain",
        "Ouch",
        "my toe hurts",
        "my back feels funny when i do this",
        "this feels weird in my knee",
        "something is off in my hip",
        "i can't breathe",
    ],
    "StartRoutineIntent": [
        "start",
        "begin",
        "let's go",
        "short routine",
        "can we please do the daily routine",
        "the usual please",
    ],
    "StartStretchIntent": ["do the kneeling stretch", "do the kneling strech", "clamshells", "do the splits"],
    "NextStretchIntent": ["next stretch", "skip this one", "um, can you skip this one please"],
    "LeaveOutIntent": ["leave out the bed", "without the bench", "I have no bed", "skip the lunge today"],
    "NeverIntent": ["never the lunge again", "leave out the twist for good", "no more clamshells"],
    "BringBackIntent": ["bring the lunge back", "add the twist again", "Put the bridges back in, please"],
    "LessTalkIntent": ["less talking", "be quiet", "fewer cues", "just the timer", "you talk too much"],
    "MoreDetailIntent": ["explain more", "guide me in more detail", "more cues please", "more detail"],
    "StartingSideIntent": ["start with my left", "left side first", "can we start with the right leg"],
    "UsualRoutineIntent": ["always the short routine", "make the full routine my usual one"],
    "SettingsIntent": ["what are my settings?", "my settings"],
    "ResetSettingsIntent": ["usual settings again", "reset my settings"],
    "RepeatCueIntent": ["what did you say?", "pardon", "sorry, what was that"],
    "RepeatHoldIntent": ["this side again", "repeat the hold", "do it again"],
    "SwitchSideIntent": ["other side", "switch sides", "Alexa, other leg please"],
    "TimeLeftIntent": ["how long left?", "how much longer", "how many seconds"],
    "StatusIntent": ["which side?", "what is this", "whats this", "how many more", "left?"],
    "ChangeHoldIntent": ["longer", "a bit shorter please", "hold forty-five seconds", "hold for a minute"],
    "EasierIntent": ["easier", "this is too hard", "could you make it easier"],
    "HarderIntent": ["harder", "this is too easy"],
    "DescribeStretchIntent": ["how do I do this?", "how do I do the twist"],
    "MistakesIntent": ["what am I doing wrong", "what are the mistakes", "what are the mistaks"],
    "ListStretchesIntent": ["what stretches are there?", "list the stretches"],
    "ProgressIntent": ["how am I doing?", "my streak", "how many days in a row is it", "my progress please"],
    "ForgetMeIntent": ["forget me", "please delete all my data", "forget everything you know about me"],
    "ReadyIntent": ["ready", "okay", "OK!", "I'm there", "Im there", "go", "no pain", "that feels good"],
    "DoneIntent": ["done", "finished with this one", "skip this side"],
    "WhyIntent": ["why are we doing the twist", "what are bridges good for", "why the lunge"],
    "FeelIntent": ["where should i feel the lunge", "how should the twist feel"],
    "FaqIntent": ["tell me about breathing", "how often", "why are we doing this", "what should I feel?"],
    "AskQuestionIntent": [
        *(
            "can't I just leave out the leg that feels fine",
            "should I do this after a run",
            "How tall are you?",
        ),
        *("what about the stock market", "what's the weather in Berlin", "what is the capital of france"),
        *("tell me a joke", "is it normal that one side is tighter", "i have a question about my desk chair"),
    ],
    "TellMoreIntent": ["tell me more", "anything else?", "more about that"],
    "ChooseIntent": ["the second one", "first", "I meant the first"],
    "SetReminderIntent": [
        *("remind me every day at eight", "Remind me tomorrow at 7 in the evening", "remind me"),
        *("set a reminder for monday at six", "can you remind me at 8:30 pm please", "at eight", "noon"),
    ],
    "MyRemindersIntent": ["what are my reminders?", "do I have any reminders"],
    "CancelReminderIntent": ["cancel my reminder", "delete all my reminders", "don't remind me anymore"],
    "AMAZON.NextIntent": ["next", "skip", "okay next please", "Alexa, next"],
    "AMAZON.PreviousIntent": ["go back", "previous"],
    "AMAZON.RepeatIntent": ["repeat that", "say that again", "again"],
    "AMAZON.PauseIntent": ["wait", "hang on", "pause", "not yet", "I'm not in position"],
    "AMAZON.ResumeIntent": ["go on", "carry on", "continue", "resume", "don't stop"],
    "AMAZON.StartOverIntent": ["start over", "from the beginning"],
    "AMAZON.YesIntent": ["yes", "yeah", "sure", "yes please"],
    "AMAZON.NoIntent": ["no", "nope", "no thanks"],
    "AMAZON.HelpIntent": ["help", "what can I say"],
    "AMAZON.StopIntent": [
        "stop",
        "that's enough",
        "thats enough",
        "I'm finished for today",
        "thanks that's all",
    ],
    "AMAZON.CancelIntent": ["cancel", "never mind"],
    "AMAZON.FallbackIntent": [
        *("", "?!", "play some jazz", "order me a pizza", "wie spät ist es", "set an alarm for seven"),
        *("steady", "9" * 40),
    ],
}
FILLS: list[tuple[str, Mapping[str, SlotValue]]] = [
    (
        "my left knee aches",
        {"body_part": SlotValue("left knee", "knee", "knee"), "symptom": SlotValue("aches", "ache", "ache")},
    ),
    ("my earlobe hurts", {"body_part": SlotValue("earlobe")}),
    ("pins and needles", {"symptom": SlotValue("pins and needles", "tingling", "tingling")}),
    ("my chest hurts", {"symptom": SlotValue("chest hurts", "chest", "chest pain")}),
    ("hold for 45 seconds", {"seconds": SlotValue("45")}),
    ("hold for a minute", {"duration": SlotValue("PT60S")}),
    ("hold each side for half a minute", {"duration": SlotValue("PT30S")}),
    ("hold for 2 minutes", {"duration": SlotValue("PT120S")}),
    ("my left leg first", {"side": SlotValue("left leg", "left", "left")}),
    ("longer", {"change": SlotValue("longer", "longer", "longer")}),
    ("the short one", {"routine": SlotValue("short one", "short", "short routine")}),
    ("do the kneling stretch", {"stretch": SlotValue("kneling stretch", "kneeling", "kneeling stretch")}),
    ("do the splits", {"stretch": SlotValue("splits")}),
    ("what about the stock market", {"question": SlotValue("about the stock market")}),
    ("should i do this after a run", {"question": SlotValue("i do this after a run")}),
    ("why are we doing the twist", {"stretch": SlotValue("twist", "twist", "kneeling twist")}),
    (
        "remind me every weekday at half past six in the evening",
        {
            "frequency": SlotValue("every weekday", "workdays", "every weekday"),
            "time": SlotValue("18:30"),
        },
    ),
    ("set a reminder for monday at six", {"date": SlotValue("monday"), "time": SlotValue("06:00")}),
    ("in the morning", {"time": SlotValue("MO")}),
    ("the latter please", {"which": SlotValue("latter", "second", "second")}),
]
URGENT = {
    "my chest hurts": "chest",
    "pain in my chest": "chest",
    "i think i'm having a heart attack": "chest",
    "i feel short of breath": "breathless",
    "i can't breathe": "breathless",
    "i'm going to faint": "dizzy",
    "i'm feeling a little dizzy": "dizzy",
    "my leg is weak": "weakness",
    "i can't move my leg": "weakness",
    "i'm numb between my legs": "weakness",
    "i lost control of my bladder": "weakness",
}


@pytest.fixture(scope="module")
def ear() -> Understanding:
    return Understanding.load(PATH)


@pytest.mark.parametrize(
    "kind", [kind for kind in MODEL.types if kind.name in ALONE], ids=lambda kind: kind.name
)
def test_every_synonym_said_alone_reaches_its_value(ear: Understanding, kind: SlotType) -> None:
    expected = {phrase: (ALONE[kind.name], value.id) for value in kind.values for phrase in value.phrases}
    heard = {phrase: understood(ear.interpret(phrase)) for phrase in expected}
    assert {p: h for p, h in heard.items() if h not in (expected[p], CLOSER.get(p))} == {}


def test_every_body_part_can_hurt(ear: Understanding) -> None:
    parts = next(kind for kind in MODEL.types if kind.name == "BODY_PART")
    expected = {f"my {part} hurts": value.id for value in parts.values for part in value.phrases}
    assert {sentence: understood(ear.interpret(sentence))[1] for sentence in expected} == expected


def understood(heard: Heard) -> tuple[str, str | None]:
    return heard.intent, next((value.id for value in heard.slots.values()), None)


@pytest.mark.parametrize(("intent", "text"), [(i, text) for i, texts in REACHES.items() for text in texts])
def test_what_people_say_reaches_the_intent(ear: Understanding, intent: str, text: str) -> None:
    assert ear.interpret(text).intent == intent


@pytest.mark.parametrize(("text", "slots"), FILLS)
def test_what_people_say_fills_the_slots(
    ear: Understanding, text: str, slots: Mapping[str, SlotValue]
) -> None:
    assert ear.interpret(text).slots == slots


@pytest.mark.parametrize(("text", "symptom"), URGENT.items())
def test_an_urgent_symptom_is_recognised_by_its_id(ear: Understanding, text: str, symptom: str) -> None:
    heard = ear.interpret(text)
    assert (heard.intent, heard.slots["symptom"].id) == ("PainIntent", symptom)


@pytest.mark.parametrize(("locale", "said", "time", "day"), MOMENTS)
def test_times_and_days_are_understood_as_each_language_says_them(
    locale: str, said: str, time: str | None, day: str | None
) -> None:
    heard = ModelEar.load(PATH.with_name(f"{locale}.json"), lambda: date(2026, 1, 1)).interpret(said)
    assert heard.intent == "SetReminderIntent"
    assert (heard.slots["time"].spoken or None, heard.slots["date"].spoken or None) == (time, day)


def test_a_negation_is_no_small_difference(ear: Understanding) -> None:
    assert ear.interpret("i am in position").intent == "ReadyIntent"
    assert ear.interpret("i am never in position").intent == "AMAZON.PauseIntent"


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("can you stop", "AMAZON.StopIntent"),
        ("could you cancel that", "AMAZON.CancelIntent"),
        ("can you help me", "AMAZON.HelpIntent"),
        ("can you skip this one", "NextStretchIntent"),
        ("could you repeat that", "AMAZON.RepeatIntent"),
        ("can you pause", "AMAZON.PauseIntent"),
        ("how much longer", "TimeLeftIntent"),
        ("which side is this", "StatusIntent"),
    ],
)
def test_a_free_question_never_swallows_a_command(ear: Understanding, said: str, intent: str) -> None:
    assert ear.interpret(said).intent == intent


def test_a_model_of_another_skill_is_understood_from_its_file_alone() -> None:
    drink = SlotType("DRINK", (Value("tea", Name("tea", ("a cuppa",))), Value("milk", Name("milk"))))
    order = Intent(
        "OrderIntent",
        ("bring me {count} cups of {drink}",),
        (Slot("count", "AMAZON.NUMBER"), Slot("drink", "DRINK")),
    )
    listening = Listening(frozenset(), (), (), frozenset("a"), frozenset(), (), ("paint the fence green",))
    model = LanguageModel("tea room", (order,), (drink,))
    ear = Understanding.of(model, "en", listening, partial(learn, embed=embed))
    heard = ear.interpret("Bring me 2 cups of a cuppa")
    assert heard == Heard(
        "OrderIntent", {"count": SlotValue("2"), "drink": SlotValue("a cuppa", "tea", "tea")}
    )
    assert ear.interpret("bring me a newspaper") == Heard("AMAZON.FallbackIntent")


def test_numbers_punctuation_and_case_become_plain_words() -> None:
    assert words_of("Hold it 45 seconds\N{RIGHT SINGLE QUOTATION MARK}, PLEASE!") == (
        *("hold", "it", "forty", "five", "seconds"),
        "please",
    )


def test_fillers_fall_away_but_never_the_whole_utterance() -> None:
    assert without_fillers(words_of("um, could you just skip this one please"), LISTENING) == (
        "skip",
        "this",
        "one",
    )
    assert without_fillers(("please",), LISTENING) == ("please",)
    assert without_fillers(("okay", "now"), LISTENING) == ("okay", "now")
    assert without_fillers((), LISTENING) == ()


def moments_of(language: str) -> Moments:
    locale = {"en": "en-US", "de": "de-DE", "es": "es-ES"}[language]
    return read_listening(PATH.parent, locale).moments


@pytest.mark.parametrize(
    ("language", "said", "value"),
    [
        ("en", "quarter to one", "12:45"),
        ("en", "half past seven in the evening", "19:30"),
        ("de", "ein uhr", "01:00"),
        ("de", "eins", "01:00"),
        ("de", "halb eins", "12:30"),
        ("de", "viertel vor acht", "07:45"),
        ("de", "neun uhr dreißig abends", "21:30"),
        ("de", "abend um acht", "20:00"),
        ("de", "zwanzig uhr fünfzehn", "20:15"),
        ("de", "abend", "EV"),
        ("es", "una y cuarto", "01:15"),
        ("es", "ocho y media de la tarde", "20:30"),
        ("es", "una menos cuarto", "12:45"),
    ],
)
def test_a_time_is_told_as_its_language_tells_it(language: str, said: str, value: str) -> None:
    assert times(moments_of(language), language)[words_of(said)] == value


@pytest.mark.parametrize(
    ("language", "said", "day"),
    [
        ("en", "the day after tomorrow", "2026-01-03"),
        ("en", "next monday", "2026-01-05"),
        ("de", "übermorgen", "2026-01-03"),
        ("de", "nächsten montag", "2026-01-05"),
        ("de", "fünften februar", "2026-02-05"),
        ("es", "pasado mañana", "2026-01-03"),
        ("es", "lunes que viene", "2026-01-05"),
        ("es", "cinco de febrero", "2026-02-05"),
    ],
)
def test_a_day_is_named_as_its_language_names_it(language: str, said: str, day: str) -> None:
    assert dates(date(2026, 1, 1), moments_of(language), language)[words_of(said)] == day
