"""Finding the way through a routine: ready, done, next, back, pause and resume."""

from dataclasses import replace

from skill.handlers.coach import Reply
from skill.handlers.farewell import stop
from skill.handlers.launch import restart, start_routine
from skill.handlers.safety import IN_PAIN, choices
from skill.handlers.status import time_left
from skill.handlers.turn import PATIENCE, Turn
from skill.phrases import Line
from skill.routine import Bout, Kind, Phase
from skill.session import Asked
from skill.timeline import LONGEST_BLOCK, Entry

PAUSE_SECONDS = LONGEST_BLOCK - 5.0  # the voice may be slower than planned
TEACHES = frozenset({Entry.USUAL, Entry.OTHER_SIDE, Entry.ANEW})
MICROPHONE = 8.0  # seconds Alexa listens, after the reply and after the reprompt


def go_on(turn: Turn) -> Reply:
    """Go on from where it was: after a pause, after a finished block, at the very beginning."""
    if turn.position:
        return time_left(turn)
    if turn.place:
        return turn.play(turn.place)
    if not turn.has_started:
        return turn.ask(turn.say(Line.NOTHING_YET)) if turn.is_new else start_routine(turn)
    if turn.is_finished:
        return turn.ask(turn.say(Line.FINISHED_ALREADY))
    return turn.play(turn.from_rest())


def ready(turn: Turn) -> Reply:
    """Say yes to what was asked; who was getting into position starts the hold now."""
    if turn.asked in IN_PAIN:
        return choices(turn)
    if turn.asked is Asked.START_OVER:
        return restart(turn)
    if turn.position is None or turn.is_holding_on:
        return go_on(turn)
    is_untaught = turn.position.phase is Phase.ANSWER and turn.plan.entry in TEACHES
    if is_untaught or turn.position.phase is Phase.RELEASE:
        return turn.play(turn.plan)
    return turn.play(replace(turn.plan, entry=Entry.NOW))


def done(turn: Turn) -> Reply:
    """End this bout and go on to the next one; who was getting into position says that it is done."""
    if turn.is_finished or turn.asked in IN_PAIN:
        return stop(turn)
    if turn.asked in (Asked.START_OVER, Asked.FORGET):
        return turn.ask("")
    if not turn.has_begun_the_bout:
        return ready(turn)
    finished = turn.bouts[turn.plan.first]
    plan = turn.plan.beginning_at(finished.index + 1)
    return turn.go_to(replace(plan, done=_with_credit(turn, finished)))


def _with_credit(turn: Turn, bout: Bout) -> tuple[str, ...]:
    """Return the exercises done; a bout that was ended early counts from its half on."""
    has_earned_it = turn.plan.held * 2 >= bout.amount
    return tuple(dict.fromkeys([*turn.plan.done, *([bout.exercise.id] if has_earned_it else [])]))


def next_exercise(turn: Turn) -> Reply:
    """Go on to the next exercise; after a finished block, to the next block."""
    if turn.is_finished or turn.bout is None:
        return stop(turn)
    is_announced = turn.position is not None or turn.asked is Asked.RESUME
    is_unannounced = not is_announced and turn.plan.where != turn.bout.exercise.id
    if is_unannounced or turn.asked is Asked.READY or not turn.has_started:
        return go_on(turn)
    later = (bout.index for bout in turn.bouts[turn.bout.index :] if bout.exercise != turn.bout.exercise)
    return turn.go_to(turn.plan.beginning_at(next(later, len(turn.bouts))))


def previous_exercise(turn: Turn) -> Reply:
    """Go back to the exercise before; from the first one, to its beginning."""
    bouts = turn.bouts
    current = turn.bout.exercise if turn.bout else None
    earlier = [bout for bout in bouts[: turn.bout.index if turn.bout else None] if bout.exercise != current]
    exercise = earlier[-1].exercise if earlier else bouts[0].exercise
    first = next(bout.index for bout in bouts if bout.exercise == exercise)
    return turn.go_to(turn.plan.beginning_at(first))


def pause(turn: Turn) -> Reply:
    """Keep the place and wait in silence, as long as Alexa lets a reply last."""
    if turn.is_new or turn.is_finished or turn.asked in IN_PAIN:
        return turn.ask(turn.say(Line.NO_HURRY))
    minutes = turn.phrases.minutes(PAUSE_SECONDS + PATIENCE[Asked.PAUSED] + 2 * MICROPHONE)
    if turn.is_holding_on and turn.bout and turn.bout.exercise.kind is Kind.HOLD:
        seconds = round(turn.bout.amount - turn.plan.held)
        return turn.wait(turn.say(Line.PAUSED_LEFT, seconds=seconds, minutes=minutes), PAUSE_SECONDS)
    return turn.wait(turn.say(Line.PAUSED, minutes=minutes), PAUSE_SECONDS)
