"""What the coach says about time is true, by the clock of whoever listens."""

from pathlib import Path

import pytest

from skill.content import DEFAULT_LOCALE, load_contents
from skill.phrases import Line
from skill.simulator.device import MICROPHONE_SECONDS, Device
from skill.simulator.script import parse_line, perform
from skill.simulator.turn import Turn
from skill.simulator.voice import EchoVoice
from tests.conftest import DeviceFactory

CONTENTS = load_contents(Path(__file__).parent.parent / "content")
CONTENT = CONTENTS[DEFAULT_LOCALE]
SECONDS = {CONTENT.phrases.counted(number, "second"): number for number in range(1, 61)}
MINUTES = {CONTENT.phrases.counted(half / 2, "minute"): half / 2 for half in range(1, 80)}
RELEASES = tuple(text for exercise in CONTENT.exercises.values() for text in exercise.release)
MOST_REPLIES = 20
MID_HOLD = {  # seconds into the first reply of the daily routine: how many of the hold are gone or more
    "in the first hold": 24,
    "during its halfway": 34.4,
    "in its last ten seconds": 42,
}

YES = {"en": "yes", "es": "sí", "de": "ja"}
TIME_LEFT = {"en": "how long left", "es": "cuánto queda", "de": "wie lange noch"}
HOW_LONG_LEFT = {name: TIME_LEFT[content.locale.language] for name, content in CONTENTS.items()}

QUESTION_MOMENTS = {"soon after it began": 20, **MID_HOLD}
QUESTIONS = {
    "can't i just leave out the leg that feels fine": "a short answer, through which the person holds",
    "what is the evidence": "a long one, for which they ease out",
    "how many reps of lunges and how many of bridges": "one that is asked back first",
    "what is the zorp of the quibble": "no answer",
    "should i take ibuprofen": "a refusal",
}
STARTS = tuple(CONTENT.phrases.lines[Line.START_HOLD])
FIRST_HOLD = CONTENT.routines["daily"].doses[0].seconds


def said_to(device: Device, *lines: str) -> Turn:
    """Say the lines, and return what came of the last one."""
    return [perform(parse_line(line), device) for line in lines][-1]


def whole_routine(device: Device, start: str) -> list[Turn]:
    """Do a routine to its end, and return its replies."""
    turns = [said_to(device, start)]
    while "of real work" not in turns[-1].text and len(turns) < MOST_REPLIES:
        turns.append(said_to(device, "ready"))
    return turns


def promised(text: str, numbers: dict[str, float] | dict[str, int]) -> float:
    """Return the first length of time that a text names."""
    text = text.lower()
    found = {text.index(words): (len(words), number) for words, number in numbers.items() if words in text}
    at = min(found)  # "fourteen minutes" is found at its own start, and "four…" nowhere
    longest = max(words for words in numbers if text.startswith(words, at))
    return float(numbers[longest])


def first_to_say(device: Device, turn: Turn, openings: tuple[str, ...]) -> int:
    """Return which sound of a reply is the first to begin with one of the openings."""
    return next(
        n for n, sound in enumerate(device.voice.sounds(turn.ssml)) if sound.text.startswith(openings)
    )


def seconds_held(device: Device, turn: Turn) -> float:
    """Return the seconds of the hold after an answer, or after the start that follows it, to the release."""
    sounds = device.voice.sounds(turn.ssml)
    ends = first_to_say(device, turn, RELEASES)
    starts = [n for n, sound in enumerate(sounds[:ends]) if sound.text in STARTS]
    return sum(sound.seconds for sound in sounds[max(starts, default=0) + 1 : ends])


def seconds_to_release(device: Device, turn: Turn, releases: tuple[str, ...] = RELEASES) -> float:
    """Return how long the hold that goes on in a reply lasts, up to its release."""
    sounds = device.voice.sounds(turn.ssml)
    ends = next(n for n, sound in enumerate(sounds) if sound.text.startswith(releases))
    return sum(sound.seconds for sound in sounds[1:ends])


@pytest.mark.parametrize("moment", MID_HOLD.values(), ids=MID_HOLD)
@pytest.mark.parametrize("question", ["how long left", "which side"])
@pytest.mark.parametrize("rate", [0.9, 1.0, 1.1])
def test_the_seconds_left_are_those_that_follow(
    echo: DeviceFactory, moment: float, question: str, rate: float
) -> None:
    device = echo(voice=EchoVoice(rate))
    turn = said_to(device, "open", "yes", f"[{moment}] {question}")
    assert seconds_to_release(device, turn) == pytest.approx(promised(turn.text, SECONDS), abs=1)


@pytest.mark.parametrize("moment", MID_HOLD.values(), ids=MID_HOLD)
@pytest.mark.parametrize(("locale", "said"), HOW_LONG_LEFT.items(), ids=HOW_LONG_LEFT)
def test_the_seconds_left_are_those_that_follow_in_every_locale(
    echo: DeviceFactory, moment: float, locale: str, said: str
) -> None:
    content = CONTENTS[locale]
    device = echo(locale=locale)
    turn = said_to(device, "open", YES[content.locale.language], f"[{moment}] {said}")
    assert turn.intent == "TimeLeftIntent"
    seconds = {content.phrases.counted(number, "second").lower(): number for number in range(1, 61)}
    releases = tuple(text for exercise in content.exercises.values() for text in exercise.release)
    left = seconds_to_release(device, turn, releases)
    assert left == pytest.approx(promised(turn.text, seconds), abs=1)


@pytest.mark.parametrize("moment", QUESTION_MOMENTS.values(), ids=QUESTION_MOMENTS)
@pytest.mark.parametrize("question", QUESTIONS, ids=QUESTIONS.values())
@pytest.mark.parametrize("rate", [0.9, 1.0, 1.1])
def test_a_hold_with_a_question_in_it_lasts_what_was_promised(
    echo: DeviceFactory, moment: float, question: str, rate: float
) -> None:
    """Held before the question, and after the answer or after "hold" where the person eased out for it.

    Alexa stamps whole seconds, the start-up and the barge-in are guessed, and a voice has its own pace.
    """
    device = echo(voice=EchoVoice(rate))
    first = said_to(device, "open", "yes")
    turn = said_to(device, f"[{moment}] {question}")
    turn = said_to(device, "yes") if "Did you mean" in turn.text else turn
    starts = first_to_say(device, first, STARTS)
    before = moment - sum(sound.seconds for sound in device.voice.sounds(first.ssml)[: starts + 1])
    assert before + seconds_held(device, turn) == pytest.approx(FIRST_HOLD, abs=3)


@pytest.mark.parametrize("moment", MID_HOLD.values(), ids=MID_HOLD)
def test_the_seconds_left_are_those_that_the_person_has_not_held(echo: DeviceFactory, moment: float) -> None:
    """Alexa stamps whole seconds, and the start-up and the barge-in are guessed: 2 s in all."""
    device = echo()
    first = said_to(device, "open", "yes")
    sounds = device.voice.sounds(first.ssml)
    ends = next(n for n, sound in enumerate(sounds) if sound.text.startswith(RELEASES))
    left = sum(sound.seconds for sound in sounds[:ends]) - moment
    turn = said_to(device, f"[{moment}] how long left")
    assert promised(turn.text, SECONDS) == pytest.approx(left, abs=2.5)


def test_a_pause_lasts_as_long_as_it_says(echo: DeviceFactory) -> None:
    device = echo()
    turn = said_to(device, "open", "yes", "[30] pause")
    waits = turn.seconds + device.voice.seconds(turn.reprompt) + 2 * MICROPHONE_SECONDS
    assert waits / 60 == pytest.approx(promised(turn.text, MINUTES), abs=0.25)
    assert device.voice.seconds(turn.reprompt) < 90


def test_a_pause_can_be_ended_until_its_very_end(echo: DeviceFactory) -> None:
    device = echo()
    turn = said_to(device, "open", "yes", "[30] pause")
    waits = turn.seconds + device.voice.seconds(turn.reprompt) + 2 * MICROPHONE_SECONDS
    assert said_to(device, f"[{waits - 1}] resume").open


@pytest.mark.parametrize(
    ("start", "least"), [("daily routine", 13), ("short routine", 4), ("full routine", 25)]
)
def test_a_routine_takes_as_long_as_it_says(echo: DeviceFactory, start: str, least: float) -> None:
    device = echo()
    welcome = said_to(device, "open").text
    turns = whole_routine(device, start)
    said = promised(turns[0].text if "minutes" in turns[0].text else welcome, MINUTES)
    assert sum(turn.seconds for turn in turns) / 60 == pytest.approx(said, abs=0.5)
    assert said >= least


@pytest.mark.parametrize("start", ["daily routine", "short routine"])
def test_the_minutes_of_work_at_the_end_are_those_of_the_holds_and_repetitions(
    echo: DeviceFactory, start: str
) -> None:
    device = echo()
    said_to(device, "open")
    last = whole_routine(device, start)[-1]
    routine = CONTENT.routines[start.removesuffix(" routine")]
    worked = 0.0
    for dose in routine.doses:
        exercise = CONTENT.exercises[dose.exercise]
        sides = 2 if exercise.sides == "each" else 1
        worked += sides * dose.sets * (dose.seconds or (dose.repetitions or 0) * (exercise.tempo or 0))
    finished = last.text[last.text.index("That was") :]
    assert promised(finished, MINUTES) == pytest.approx(worked / 60, abs=0.25)
