"""How much the person has practised, in one or two true sentences."""

from skill.handlers.coach import Reply
from skill.handlers.farewell import WORTH_TELLING
from skill.handlers.turn import Turn
from skill.memory import Progress
from skill.phrases import Line

RECOMMENDED_DAYS = 3  # a week at least, as content/faq.yaml advises


def progress(turn: Turn) -> Reply:
    """Tell the days of this week, and the streak or what it comes to in all, and go on."""
    known = turn.progress
    if known is None:
        return turn.go_on(turn.say(Line.PROGRESS_UNKNOWN))
    if not known.last:
        return turn.go_on(turn.say(Line.PROGRESS_NOTHING_YET))
    return turn.go_on(turn.brief(_this_week(turn, known), _in_all(turn, known)))


def _this_week(turn: Turn, known: Progress) -> str:
    days = known.days_in_week(turn.today)
    if not days:
        return turn.say(Line.PROGRESS_NEW_WEEK)
    return turn.say(Line.PROGRESS_ENOUGH if days >= RECOMMENDED_DAYS else Line.PROGRESS_THIS_WEEK, days=days)


def _in_all(turn: Turn, known: Progress) -> str:
    streak = known.streak_on(turn.today)
    if streak >= WORTH_TELLING:
        line = Line.PROGRESS_BEST_STREAK if streak == known.best else Line.PROGRESS_STREAK
        return turn.say(line, days=streak, best=known.best)
    minutes = turn.phrases.minutes(known.seconds)
    return turn.say(Line.PROGRESS_IN_ALL, sessions=known.sessions, minutes=minutes)
