"""Spoken lines: which there are, what may stand in them, and how numbers and sides are said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import lru_cache
from string import Formatter
from typing import Any, Self

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from num2words import num2words

from skill.routine import Side


class Line(StrEnum):
    """Every line of `content/speech.yaml`, with the values that may stand in it."""

    fields: frozenset[str]

    def __new__(cls, key: str, *fields: str) -> Self:
        """Make the member `key`, in which values named `fields` may stand."""
        line = str.__new__(cls, key)
        line._value_ = key
        line.fields = frozenset(fields)
        return line

    # inside a block
    READY = "ready", "seconds"
    CHANGE = "change", "seconds"
    REST = "rest", "seconds"
    BACK = "back", "seconds"
    START_HOLD = "start_hold"
    START_REPETITIONS = "start_repetitions"
    KEEP_HOLDING = "keep_holding"
    KEEP_GOING = "keep_going"
    HALFWAY = "halfway"
    HALFWAY_TEN_LEFT = "halfway_ten_left"
    TEN_LEFT = "ten_left"
    COUNT = "count"
    LAST_REPETITION = "last_repetition"
    ASK_NEXT = "ask_next", "exercise", "place"
    ASK_MOVE = "ask_move", "exercise", "place"
    ASK_SIDE = "ask_side", "side"
    ASK_SET = "ask_set", "side"
    FINISHED = "finished", "exercises", "minutes"

    # opening and closing
    WELCOME = "welcome"
    WELCOME_BACK = "welcome_back"
    YOU_WERE_ON = "you_were_on", "exercise", "side"
    YOU_WERE_ON_BOTH = "you_were_on_both", "exercise"
    SAFETY_NOTICE = "safety_notice"
    SHORT_SAFETY_NOTICE = "short_safety_notice"
    LENGTH = "length", "routine", "minutes"
    EQUIPMENT = "equipment", "things"
    OPTIONAL_EQUIPMENT = "optional_equipment", "things"
    HOW_TO_BREAK_IN = "how_to_break_in"
    STARTING = "starting", "routine", "minutes"
    STARTING_STRETCH = "starting_stretch", "exercise"
    GOODBYE = "goodbye"
    GOODBYE_STARTED = "goodbye_started"
    GOODBYE_DONE = "goodbye_done", "minutes"
    DAY_THIS_WEEK = "day_this_week", "day"
    DAYS_IN_A_ROW = "days_in_a_row", "days"

    # finding the way
    SECONDS_LEFT = "seconds_left", "seconds", "side"
    SECONDS_LEFT_BOTH = "seconds_left_both", "seconds"
    REPETITIONS_LEFT = "repetitions_left", "repetitions", "side"
    REPETITIONS_LEFT_BOTH = "repetitions_left_both", "repetitions"
    NOT_HOLDING_YET = "not_holding_yet", "exercise"
    MINUTES_TO_GO = "minutes_to_go", "minutes"
    STATUS = "status", "exercise", "side"
    STATUS_BOTH = "status_both", "exercise"
    SET = "set", "set", "sets"
    EXERCISES_TO_GO = "exercises_to_go", "exercises"
    LAST_EXERCISE = "last_exercise"
    NEXT_UP = "next_up", "exercise"
    FINISHED_EARLY = "finished_early", "exercises", "minutes"
    FINISHED_ALREADY = "finished_already"
    STRETCHES = "stretches", "names"
    BOTH_SIDES_AT_ONCE = "both_sides_at_once"
    NOTHING_YET = "nothing_yet"
    LOST = "lost"
    MOVE_OVER = "move_over", "place", "exercise"

    # settings
    HOLDS_FROM_NEXT_SET = "holds_from_next_set", "seconds", "exercise"
    HOLDS_FROM_EXERCISE = "holds_from_exercise", "seconds", "exercise"
    HOLD_AT_LIMIT = "hold_at_limit", "seconds", "exercise"
    NO_MORE_HOLDS = "no_more_holds"
    WHICH_HOLD = "which_hold"
    HOLDS_NEXT_TIME = "holds_next_time", "seconds"
    LESS_TALK = "less_talk"
    LEAST_TALK = "least_talk"
    MORE_DETAIL = "more_detail"
    MOST_DETAIL = "most_detail"
    LESS_TALK_BY_NOW = "less_talk_by_now"
    SIDE_FIRST = "side_first", "side", "exercise"
    SIDE_NEXT_TIME = "side_next_time", "side"
    WHICH_SIDE = "which_side"
    USUAL_ROUTINE = "usual_routine", "routine", "minutes"
    WHICH_ROUTINE = "which_routine", "names"
    LEFT_OUT = "left_out", "exercise"
    LEFT_OUT_FOR_GOOD = "left_out_for_good", "exercise"
    LEFT_OUT_NEXT_TIME = "left_out_next_time", "exercise"
    BROUGHT_BACK = "brought_back", "exercise"
    BACK_NEXT_TIME = "back_next_time", "exercise"
    NOT_LEFT_OUT = "not_left_out", "exercise"
    MAKES_TO_GO = "makes_to_go", "minutes"
    NOTHING_ELSE_LEFT = "nothing_else_left"
    NOTHING_IN_ROUTINE = "nothing_in_routine", "routine"
    SETTINGS_USUAL = "settings_usual"
    SETTINGS_RESET = "settings_reset"
    SETTING_ROUTINE = "setting_routine", "routine"
    SETTING_HOLD = "setting_hold", "seconds"
    SETTING_BRIEF = "setting_brief"
    SETTING_USUAL = "setting_usual"
    SETTING_FULL = "setting_full"
    SETTING_SIDE = "setting_side", "side"
    SETTING_WITHOUT = "setting_without", "exercises"

    # reminders
    REMINDER_TODAY = "reminder_today", "time"
    REMINDER_TOMORROW = "reminder_tomorrow", "time"
    REMINDER_ONCE = "reminder_once", "day", "time"
    REMINDER_DAY = "reminder_day", "time"
    REMINDER_WORKDAY = "reminder_workday", "time"
    REMINDER_WEEKEND = "reminder_weekend", "time"
    REMINDER_WEEK = "reminder_week", "day", "time"
    REMINDER_SET = "reminder_set"
    REMINDER_NOT_SET = "reminder_not_set"
    REMINDER_TEXT = "reminder_text"
    REMINDERS = "reminders", "reminders"
    NO_REMINDERS = "no_reminders"
    REMINDER_CANCELLED = "reminder_cancelled"
    REMINDERS_CANCELLED = "reminders_cancelled"
    REMINDERS_KEPT = "reminders_kept"
    WHICH_DAY = "which_day"
    REMINDER_NO_PERMISSION = "reminder_no_permission"
    REMINDER_TOO_MANY = "reminder_too_many"
    REMINDER_UNSUPPORTED = "reminder_unsupported"
    REMINDER_BUSY = "reminder_busy"
    REMINDER_UNREACHABLE = "reminder_unreachable"

    # waiting
    PAUSED = "paused", "minutes"
    PAUSED_LEFT = "paused_left", "seconds", "minutes"
    EASE_OUT = "ease_out"
    SURE_START_OVER = "sure_start_over"

    # memory
    CANNOT_REMEMBER = "cannot_remember"
    PROGRESS_UNKNOWN = "progress_unknown"
    PROGRESS_NOTHING_YET = "progress_nothing_yet"
    PROGRESS_THIS_WEEK = "progress_this_week", "days"
    PROGRESS_ENOUGH = "progress_enough", "days"
    PROGRESS_NEW_WEEK = "progress_new_week"
    PROGRESS_STREAK = "progress_streak", "days", "best"
    PROGRESS_BEST_STREAK = "progress_best_streak", "days"
    PROGRESS_IN_ALL = "progress_in_all", "sessions", "minutes"
    SURE_FORGET = "sure_forget"
    FORGOTTEN = "forgotten"
    NOT_FORGOTTEN = "not_forgotten"
    KEPT = "kept"

    # questions
    NO_MISTAKES = "no_mistakes", "exercise"
    NO_HARDER = "no_harder", "exercise"
    NO_ANSWER = "no_answer", "first", "second"
    NO_MORE = "no_more"
    DID_YOU_MEAN = "did_you_mean", "first", "second"
    NEITHER = "neither"
    WHICH_STRETCH = "which_stretch", "names"

    # pain
    PAIN_URGENT = "pain_urgent"
    PAIN_SERIOUS = "pain_serious"
    PAIN_SERIOUS_AGAIN = "pain_serious_again"
    PAIN_PINCH = "pain_pinch"
    PAIN_ACHE = "pain_ache", "exercise"
    PAIN_EASE = "pain_ease"
    PAIN_GOING_ON = "pain_going_on"
    PAIN_CHOICES = "pain_choices"

    # small talk
    HELP_IDLE = "help_idle"
    HELP_PLAYING = "help_playing"
    HELP_RESUME = "help_resume"
    NOT_UNDERSTOOD = "not_understood"
    NOT_UNDERSTOOD_PLAYING = "not_understood_playing"
    NO_HURRY = "no_hurry"
    YES_PLAYING = "yes_playing"
    SOMETHING_WENT_WRONG = "something_went_wrong"

    # the question that a waiting reply ends with, and its reprompt
    PROMPT_BEGIN = "prompt_begin"
    PROMPT_CHOICE = "prompt_choice"
    PROMPT_READY = "prompt_ready"
    PROMPT_ANYTHING_ELSE = "prompt_anything_else"
    PROMPT_PAUSED = "prompt_paused"
    PROMPT_START_OVER = "prompt_start_over"
    PROMPT_HURT = "prompt_hurt"
    PROMPT_PINCHED = "prompt_pinched"
    PROMPT_ACHED = "prompt_ached"
    PROMPT_MEANT = "prompt_meant"
    PROMPT_REMINDER = "prompt_reminder"
    PROMPT_REMINDER_TIME = "prompt_reminder_time"
    PROMPT_CANCEL_REMINDERS = "prompt_cancel_reminders"
    PROMPT_RESUME = "prompt_resume"
    PROMPT_FORGET = "prompt_forget"
    REPROMPT_WAIT = "reprompt_wait"


HOUR = "hour"  # the noun that times of day are said with

Forms = Mapping[str, str]
"""The same words in the forms that grammar asks for, by name; the first is the usual one."""


@dataclass(frozen=True)
class Noun:
    """A counted thing: a whole phrase for each plural category of CLDR, in which `{count}` is the number.

    `and_a_half` likewise, for the number before a half; `half` is a half alone. `numbers` are words of a
    number that are others before this noun.
    """

    forms: Forms
    and_a_half: Forms = field(default_factory=dict)
    half: str | None = None
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Phrases:
    """All generic spoken words of one language."""

    language: str
    lines: Mapping[Line, Sequence[str]] = field(repr=False)
    nouns: Mapping[str, Noun] = field(repr=False)
    sides: Mapping[Side, Forms] = field(repr=False)
    things: Mapping[str, str] = field(repr=False)

    def line(self, line: Line, turn: int = 0, **values: object) -> str:
        """Return a line with its values said; `turn` chooses among its variants in rotation."""
        variants = self.lines[line]
        said = _Speaker(self).format(variants[turn % len(variants)], **values)
        return _capitalised(said)

    def sided(self, text: str, side: Side) -> str:
        """Return `text` with `{side}` and `{other}`, in the form after a colon if any, said for this side."""
        sides = {"side": side, "other": side.other}
        return _capitalised(_SIDE.sub(lambda field: self.side(sides[field[1]], field[2]), text))

    def side(self, side: Side, form: str | None = None) -> str:
        """Return the spoken name of a side, in its usual form unless another is named."""
        forms = self.sides[side]
        return forms[form] if form else next(iter(forms.values()))

    def thing(self, thing: str) -> str:
        """Return the spoken name of a place or a piece of equipment."""
        return self.things[thing]

    def number(self, number: int) -> str:
        """Return a counted repetition as a sentence of its own."""
        return f"{self.cardinal(number).capitalize()}."

    def cardinal(self, number: int) -> str:
        """Return a number in words."""
        return _in_words(number, self.language, "cardinal")

    def ordinal(self, number: int) -> str:
        """Return the place of something in a row, in words."""
        return _in_words(number, self.language, "ordinal")

    def listed(self, items: Sequence[str], *, style: str = "standard") -> str:
        """Return items as a spoken list; `style` is Babel's: `standard` joins with and, `or` with or."""
        return format_list(list(items), style=style, locale=self.language)  # type: ignore[arg-type]

    def counted(self, number: float, noun: str) -> str:
        """Return a number with its noun, to the half where the noun has one."""
        words, whole = self.nouns[noun], int(number)
        forms = words.forms
        if number != whole and words.half and words.and_a_half:
            if not whole:
                return words.half
            forms = words.and_a_half
        return self._form(forms, whole).format(count=reworded(self.cardinal(whole), words.numbers))

    def _form(self, forms: Forms, number: int) -> str:
        return forms.get(Locale.parse(self.language).plural_form(number), forms["other"])

    def time_of_day(self, at: time) -> str:
        """Return a time of day with its part of the day, such as "eight in the morning"."""
        skeleton = Locale.parse(self.language).datetime_skeletons["Bhm" if at.minute else "Bh"]
        said = format_time(at, skeleton.pattern.replace("B", "BBBB"), locale=self.language)
        return _CLOCK.sub(lambda clock: self._hour(int(clock[1]), clock[2]), said)

    def _hour(self, hour: int, minutes: str | None) -> str:
        """Return an hour as its noun asks for; with minutes in figures, which Alexa reads as a time."""
        if minutes is None:
            return self.counted(hour, HOUR)
        return self._form(self.nouns[HOUR].forms, hour).format(count=f"{hour}{minutes}")

    def calendar_date(self, day: date) -> str:
        """Return a date with its day of the week."""
        return f"{self.weekday(day)}, {format_skeleton('MMMMd', day, locale=self.language)}"

    def weekday(self, day: date) -> str:
        """Return the name of a day of the week."""
        return str(format_date(day, "EEEE", locale=self.language))

    @staticmethod
    def minutes(seconds: float) -> float:
        """Return seconds as minutes to the half minute, at least half a one."""
        return max(0.5, round(seconds / 30) / 2)


_CLOCK = re.compile(r"(\d+)(:\d+)?")
_SIDE = re.compile(r"{(side|other)(?::(\w+))?}")
_SENTENCE_START = re.compile(r"(?:^|(?<=[.?!] ))[\u00bf\u00a1]?\w")  # Spanish opens some with a sign


def reworded(text: str, words: Mapping[str, str]) -> str:
    """Return `text` with each of some whole words (or several in a row) replaced; a capital stays one."""
    if not words:
        return text
    small = {old.lower(): new for old, new in words.items()}

    def replaced(match: re.Match[str]) -> str:
        new = small[match[0].lower()]
        return new[:1].upper() + new[1:] if match[0][:1].isupper() else new

    return _any_of(tuple(words)).sub(replaced, text)


@lru_cache(maxsize=64)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b", re.IGNORECASE)


def _capitalised(text: str) -> str:
    return _SENTENCE_START.sub(lambda match: match[0].upper(), text)


@lru_cache(maxsize=1024)
def _in_words(number: int, language: str, form: str) -> str:
    return str(num2words(number, lang=language, to=form))


class _Speaker(Formatter):
    """Fills in a line: `{seconds:second}` is a number with its noun, `{set:ordinal}` a place in a row.

    `{side:feminine}` is a side in a form of that name.
    """

    def __init__(self, phrases: Phrases) -> None:
        self._phrases = phrases

    def format_field(self, value: Any, format_spec: str) -> str:  # noqa: ANN401 (the base class's signature)
        if isinstance(value, Side):
            return self._phrases.side(value, format_spec)
        if format_spec == "ordinal":
            return self._phrases.ordinal(value)
        if format_spec:
            return self._phrases.counted(value, format_spec)
        return str(value) if isinstance(value, str) else self._phrases.cardinal(value)
