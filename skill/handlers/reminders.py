"""Reminders: offered in full, set after a yes and never otherwise, kept by Alexa alone."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import wraps
from zoneinfo import ZoneInfo

from skill.alexa import REMINDERS_PERMISSION, Alert
from skill.errors import AlexaError, Refusal
from skill.handlers.coach import Reply
from skill.handlers.turn import Answer, Turn
from skill.phrases import Line
from skill.reminders import Every, Reminder
from skill.session import Asked

MOST_NAMED = 3  # reminders in a row that somebody can listen to
REFUSED = {
    Refusal.NO_PERMISSION: Line.REMINDER_NO_PERMISSION,
    Refusal.TOO_MANY: Line.REMINDER_TOO_MANY,
    Refusal.UNSUPPORTED: Line.REMINDER_UNSUPPORTED,
    Refusal.BUSY: Line.REMINDER_BUSY,
    Refusal.UNREACHABLE: Line.REMINDER_UNREACHABLE,
}
RECURRING = {
    Every.DAY: Line.REMINDER_DAY,
    Every.WORKDAY: Line.REMINDER_WORKDAY,
    Every.WEEKEND: Line.REMINDER_WEEKEND,
}


def _owning_up(answer: Answer) -> Answer:
    """Say so where Alexa refuses, and go on; where a permission is missing, ask for it on a card."""

    @wraps(answer)
    def answer_or_own_up(turn: Turn) -> Reply:
        try:
            return answer(turn)
        except AlexaError as error:
            reply = turn.go_on(turn.say(REFUSED[error.refusal]))
            is_card_due = error.refusal is Refusal.NO_PERMISSION
            return replace(reply, permissions=(REMINDERS_PERMISSION,)) if is_card_due else reply

    return answer_or_own_up


@_owning_up
def set_reminder(turn: Turn) -> Reply:
    """Offer the reminder that was asked for, or ask when it should come; what was said before counts."""
    begun = turn.session.reminder if turn.asked in QUESTIONS else None
    begun = begun or Reminder(_zone(turn), turn.now.date())
    reminder = begun.told(turn.now, {name: slot.id or slot.spoken for name, slot in turn.slots.items()})
    if reminder is None:
        return turn.ask_between(turn.say(Line.WHICH_DAY), Asked.REMINDER_TIME, reminder=begun)
    if reminder.at is None:
        return turn.ask_between("", Asked.REMINDER_TIME, reminder=reminder)
    return _offer(turn, reminder.upcoming(turn.now))


@_owning_up
def confirm(turn: Turn) -> Reply:
    """Set the reminder that was offered, after the yes; one whose time has gone by is offered anew."""
    reminder = turn.session.reminder
    if reminder is None or reminder.at is None:
        return turn.ask("", Asked.REMINDER_TIME)
    if reminder.due <= turn.now:
        return _offer(turn, reminder.upcoming(turn.now))
    turn.alexa.remind(reminder, turn.say(Line.REMINDER_TEXT), turn.now)
    return turn.go_on(turn.say(Line.REMINDER_SET))


@_owning_up
def list_reminders(turn: Turn) -> Reply:
    """Say which reminders are set."""
    alerts = turn.alexa.alerts()
    return turn.go_on(_listed(turn, alerts) if alerts else turn.say(Line.NO_REMINDERS))


@_owning_up
def cancel(turn: Turn) -> Reply:
    """Cancel the one reminder; of several, only after a yes."""
    alerts = turn.alexa.alerts()
    if len(alerts) > 1:
        return turn.ask_between(_listed(turn, alerts), Asked.CANCEL_REMINDERS)
    for alert in alerts:
        turn.alexa.cancel(alert)
    return turn.go_on(turn.say(Line.REMINDER_CANCELLED if alerts else Line.NO_REMINDERS))


@_owning_up
def cancel_all(turn: Turn) -> Reply:
    """Cancel all reminders, after the yes."""
    for alert in turn.alexa.alerts():
        turn.alexa.cancel(alert)
    return turn.go_on(turn.say(Line.REMINDERS_CANCELLED))


def repeat(turn: Turn) -> Reply:
    """Put the question once more, with the reminder that it is about."""
    reminder = turn.session.reminder
    return turn.ask(_when(turn, reminder) if reminder and turn.asked is Asked.REMINDER else "")


# What a yes does; nothing else that is said sets a reminder, or cancels several.
QUESTIONS: Mapping[Asked | None, Answer] = {
    Asked.REMINDER: confirm,
    Asked.REMINDER_TIME: repeat,
    Asked.CANCEL_REMINDERS: cancel_all,
}


def agree(turn: Turn) -> Reply:
    """Do what was asked about."""
    return QUESTIONS[turn.asked](turn)


def decline(turn: Turn) -> Reply:
    """Leave everything as it is, and go on."""
    keeps = turn.asked is Asked.CANCEL_REMINDERS
    return turn.go_on(turn.say(Line.REMINDERS_KEPT if keeps else Line.REMINDER_NOT_SET))


def _zone(turn: Turn) -> ZoneInfo:
    """Return the person's time zone; a reminder in another would come at the wrong time."""
    name = turn.alexa.time_zone()
    if name is None:
        raise AlexaError(Refusal.UNREACHABLE)
    return ZoneInfo(name)


def _offer(turn: Turn, reminder: Reminder) -> Reply:
    return turn.ask_between(_when(turn, reminder), Asked.REMINDER, reminder=reminder)


def _listed(turn: Turn, alerts: tuple[Alert, ...]) -> str:
    reminders = sorted((alert.reminder for alert in alerts if alert.reminder), key=lambda one: one.due)
    named = [_when(turn, reminder) for reminder in reminders[:MOST_NAMED]]
    return " ".join([turn.say(Line.REMINDERS, reminders=len(alerts)), *named])


def _when(turn: Turn, reminder: Reminder) -> str:
    """Return the sentence that says when a reminder comes."""
    at = turn.phrases.time_of_day(reminder.due.time())
    if reminder.every is Every.WEEK:
        return turn.say(Line.REMINDER_WEEK, day=turn.phrases.weekday(reminder.day), time=at)
    if line := RECURRING.get(reminder.every):
        return turn.say(line, time=at)
    today = turn.now.astimezone(reminder.zone).date()
    near = {today: Line.REMINDER_TODAY, today + timedelta(days=1): Line.REMINDER_TOMORROW}
    if line := near.get(reminder.day):
        return turn.say(line, time=at)
    return turn.say(Line.REMINDER_ONCE, day=turn.phrases.calendar_date(reminder.day), time=at)
