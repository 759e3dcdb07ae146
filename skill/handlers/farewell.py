"""The end of a session, from every state."""

from skill.handlers.coach import Reply
from skill.handlers.turn import Turn
from skill.phrases import Line
from skill.session import Asked

WORTH_TELLING = 2  # days in a row


def stop(turn: Turn) -> Reply:
    """End at once, with a sentence or two that are true of what was done."""
    if not turn.plan.worked:
        return turn.close(turn.say(Line.GOODBYE))
    if not turn.plan.done:
        return turn.close(" ".join([turn.say(Line.GOODBYE_STARTED), *turn.lapse()]))
    if turn.asked in (Asked.ANYTHING_ELSE, Asked.CHOICE):  # the work was praised already
        return turn.close(" ".join([*_counted(turn), *turn.lapse(), turn.say(Line.GOODBYE)]))
    done = turn.say(Line.GOODBYE_DONE, minutes=turn.phrases.minutes(turn.plan.worked))
    return turn.close(" ".join([done, *_counted(turn), *turn.lapse()]))


def _counted(turn: Turn) -> list[str]:
    """Return which day of the week this makes, and how many in a row; nothing where it is not known."""
    if turn.progress is None:
        return []
    streak = turn.progress.streak_on(turn.today)
    in_a_row = [turn.say(Line.DAYS_IN_A_ROW, days=streak)] if streak >= WORTH_TELLING else []
    return [turn.say(Line.DAY_THIS_WEEK, day=turn.progress.days_in_week(turn.today)), *in_a_row]
