"""Finding the way through a routine: next, back, again, ready, pause and resume, sides."""

from dataclasses import replace

from skill.handlers.launch import jump, start_routine, welcome
from skill.handlers.status import status, time_left
from skill.handlers.turn import PATIENCE, Reply, Turn
from skill.phrases import Line
from skill.routine import Phase, Side
from skill.session import Asked
from skill.timeline import LONGEST_BLOCK, Entry, last_cue

GETTING_READY = frozenset({Phase.ANSWER, Phase.SETUP, Phase.SWITCH, Phase.REST, Phase.READY})
NO_PAUSE_NEEDED = frozenset({Asked.ANYTHING_ELSE, Asked.HURT, Asked.PINCHED, Asked.ACHED})
PAUSE_SECONDS = LONGEST_BLOCK - 5.0  # the voice may be slower than planned
MICROPHONE = 8.0  # seconds Alexa listens, after the reply and after the reprompt


def go_on(turn: Turn) -> Reply:
    """Go on from where it was: after a pause, after a finished block, at the very beginning."""
    if turn.position:
        return time_left(turn)
    if not turn.has_started:
        return start_routine(turn)
    if turn.asked is Asked.ANYTHING_ELSE:
        return turn.ask(turn.say(Line.FINISHED_ALREADY))
    if turn.asked is Asked.HURT:
        return turn.play(turn.from_rest(), turn.say(Line.PAIN_GOING_ON))
    return turn.play(turn.from_rest())


def ready(turn: Turn) -> Reply:
    """Start the hold now, where the person was getting into position."""
    if turn.position is None or turn.position.is_working:
        return go_on(turn)
    if turn.position.phase in GETTING_READY:
        return turn.play(replace(turn.plan, entry=Entry.NOW))
    return turn.play(turn.plan)


def done(turn: Turn) -> Reply:
    """End this bout and go on to the next one."""
    if turn.asked is Asked.ANYTHING_ELSE:
        return turn.close(turn.say(Line.GOODBYE))
    if turn.position is None or turn.position.phase is Phase.RELEASE:
        return turn.play(turn.plan) if turn.position else go_on(turn)
    finished = turn.position.bout
    exercises = tuple(dict.fromkeys([*turn.plan.done, finished.exercise.id]))
    return turn.play(replace(jump(turn.plan, finished.index + 1), done=exercises))


def next_exercise(turn: Turn) -> Reply:
    """Go on to the next exercise; after a finished block, to the next block."""
    if turn.asked is Asked.ANYTHING_ELSE:
        return turn.close(turn.say(Line.GOODBYE))
    if turn.asked is Asked.READY or not turn.has_started or turn.bout is None:
        return go_on(turn)
    later = (bout.index for bout in turn.bouts[turn.bout.index :] if bout.exercise != turn.bout.exercise)
    return turn.play(jump(turn.plan, next(later, len(turn.bouts))))


def previous_exercise(turn: Turn) -> Reply:
    """Go back to the exercise before; from the first one, to its beginning."""
    if not turn.has_started:
        return turn.ask(turn.say(Line.NOTHING_YET))
    bouts = turn.bouts
    current = turn.bout.exercise if turn.bout else None
    earlier = [bout for bout in bouts[: turn.bout.index if turn.bout else None] if bout.exercise != current]
    exercise = earlier[-1].exercise if earlier else bouts[0].exercise
    return turn.play(jump(turn.plan, next(bout.index for bout in bouts if bout.exercise == exercise)))


def repeat_cue(turn: Turn) -> Reply:
    """Say the cue they last heard again, then go on; while waiting, put the question again."""
    if not turn.has_started:
        return welcome(turn)
    if turn.asked in (Asked.READY, Asked.PAUSED):
        return status(turn)
    if turn.position is None:
        return turn.ask("")
    if not turn.position.is_working:
        return turn.play(turn.plan)
    return turn.go_on(last_cue(turn.position.bout, turn.position.held, turn.coach.narrator))


def repeat_hold(turn: Turn) -> Reply:
    """Do this bout again from its beginning, without the setup."""
    if not turn.has_started:
        return turn.ask(turn.say(Line.NOTHING_YET))
    index = _last_bout(turn)
    return turn.play(replace(jump(turn.plan, index), entry=Entry.AGAIN))


def switch_side(turn: Turn) -> Reply:
    """Go on to the other side of this exercise: the one still to come, else back to the same set."""
    if not turn.has_started:
        return turn.ask(turn.say(Line.NOTHING_YET))
    bout = turn.bouts[_last_bout(turn)]
    if bout.side is Side.BOTH:
        return turn.go_on(turn.say(Line.BOTH_SIDES_AT_ONCE))
    others = [row for row in turn.bouts if row.exercise == bout.exercise and row.side is bout.side.other]
    later = [row for row in others if row.index > bout.index]
    other = later[0] if later else next(row for row in others if row.set == bout.set)
    return turn.play(replace(jump(turn.plan, other.index), entry=Entry.OTHER_SIDE))


def pause(turn: Turn) -> Reply:
    """Keep the place and wait in silence, as long as Alexa lets a reply last."""
    if turn.asked in NO_PAUSE_NEEDED:
        return turn.ask(turn.say(Line.NO_HURRY))
    minutes = turn.phrases.minutes(PAUSE_SECONDS + PATIENCE[Asked.PAUSED] + 2 * MICROPHONE)
    if turn.position and turn.position.phase is Phase.HOLD and turn.plan.held:
        seconds = round(turn.position.left)
        return turn.wait(turn.say(Line.PAUSED_LEFT, seconds=seconds, minutes=minutes), PAUSE_SECONDS)
    return turn.wait(turn.say(Line.PAUSED, minutes=minutes), PAUSE_SECONDS)


def _last_bout(turn: Turn) -> int:
    """Return the bout in progress; after a finished block the one just done."""
    if turn.position:
        return turn.position.bout.index
    after_a_block = turn.asked in (Asked.READY, Asked.ANYTHING_ELSE)
    return max(0, turn.plan.first - 1 if after_a_block else turn.plan.first)
