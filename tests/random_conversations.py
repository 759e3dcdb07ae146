"""Random conversations: what is said in them, when, and to which voice."""

from dataclasses import dataclass

from hypothesis import strategies as st

from skill.simulator.voice import EchoVoice

# Every intent and every slot, in words that the interaction model understands.
GOING_ON = ("ready", "yes", "resume", "okay")
IN_PLACE = (
    *("how long left", "which side is this", "repeat that", "repeat the cue", "help", "no", "pause"),
    *("hold forty-five seconds", "hold for a minute", "longer", "shorter", "easier", "harder"),
    *("less talk", "more detail", "start with my left", "right side first", "my settings"),
    "always the short routine",
    *("how do i do this", "how do i do the twist", "what are the mistakes", "what stretches are there"),
    *("what are the mistakes in the twist", "what is the psoas", "how often should i stretch"),
    *(
        "what about pregnancy",
        "purple bananas sing",
        "why are we doing the lunge",
        "where do i feel the twist",
    ),
    *("can't i just leave out the leg that feels fine", "should i take ibuprofen", "will it rain tomorrow"),
    *(
        "how many reps of lunges and how many of bridges",
        "the second one",
        "tell me more",
        "what should i feel",
    ),
    "what is the zorp of the quibble",
    *("remind me every day at eight", "remind me", "in the evening", "remind me tomorrow at noon"),
    *("what are my reminders", "cancel my reminders", "how am i doing", "forget me"),
    *("it hurts", "my knee hurts", "it pinches", "i feel tingling", "i have a cramp in my calf"),
)
MOVING = (
    *("next", "skip", "next stretch", "done", "previous", "other side", "repeat the hold", "start over"),
    *("do the kneeling stretch", "do the bridges", "short routine", "full routine", "daily routine", "start"),
    *("leave out the supine stretch", "leave out the twist", "never the lunge again"),
    *("bring the twist back", "bring the lunge back", "usual settings again", "the usual"),
)
CLOSING = ("stop", "cancel", "my chest hurts")
OPENINGS = (
    "open",
    "ask: start the short routine",
    "ask: what is the psoas",
    "ask: should i do this every day",
    "ask: do the twist",
    "ask: banana",
)
SILENCES = ("[silence]", "[wait 30]", "[wait 600]")
UTTERANCES = (*GOING_ON, *IN_PLACE, *MOVING, *CLOSING)

FEWEST_STEPS, MOST_STEPS = 6, 12
LONGEST_MICROPHONE = 30.0  # seconds after the reply, its reprompt included
OFTEN, AT_TIMES = 3, 1


@dataclass(frozen=True)
class Step:
    """Something said when `share` of the reply has sounded, or `later` seconds after its end."""

    said: str
    share: float = 1.0
    later: float = 0.0

    def line(self, reply_seconds: float) -> str:
        """Return the line for `python -m skill chat --json` when the last reply plays `reply_seconds`."""
        if self.said.startswith("["):
            return self.said
        return f"[{self.share * reply_seconds + self.later:.3f}] {self.said}"


@dataclass(frozen=True)
class Conversation:
    """What one person says, and the voice of the Echo that they have."""

    voice: EchoVoice
    steps: tuple[Step, ...]


def conversations() -> st.SearchStrategy[Conversation]:
    """Return conversations of up to `MOST_STEPS` steps, each with an Echo of its own."""
    opening = st.builds(Step, st.sampled_from(OPENINGS)).map(lambda step: [step])
    others = st.lists(_steps(), min_size=FEWEST_STEPS - 1, max_size=MOST_STEPS - 1)
    steps = st.builds(lambda first, rest: (*first, *rest), opening, others)
    return st.builds(Conversation, _voices(), steps)


def _voices() -> st.SearchStrategy[EchoVoice]:
    """Return voices whose start-up delay and barge-in lag make 0 to 2 s; the coach assumes 1 s."""
    return st.builds(
        lambda rate, unheard, share: EchoVoice(rate, unheard * share, unheard * (1 - share)),
        rate=st.floats(0.9, 1.1),
        unheard=st.floats(0, 2),
        share=st.floats(0, 1),
    )


def _steps() -> st.SearchStrategy[Step]:
    words = _words()
    at_the_end = st.builds(Step, words)
    breaking_in = st.builds(Step, words, share=st.floats(0, 1))
    at_the_microphone = st.builds(Step, words, later=st.floats(0, LONGEST_MICROPHONE))
    return st.one_of(at_the_end, breaking_in, breaking_in, at_the_microphone)


def _words() -> st.SearchStrategy[str]:
    rare = (*CLOSING, *OPENINGS, *SILENCES)
    kinds = [*[GOING_ON] * OFTEN, *[IN_PLACE] * OFTEN, *[MOVING, rare] * AT_TIMES]
    return st.sampled_from(kinds).flatmap(st.sampled_from)
