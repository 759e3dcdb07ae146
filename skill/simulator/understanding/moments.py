"""Times and dates in words, as Alexa's AMAZON.TIME and AMAZON.DATE write them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from babel.dates import get_day_names, get_month_names
from num2words import num2words

from skill.simulator.understanding.words import Words, words_of

TIME, DATE = "AMAZON.TIME", "AMAZON.DATE"

_HALF_A_DAY = 12


@dataclass(frozen=True)
class _Sayings:
    """How a language tells the time and the day.

    `{hour}` and `{next}` are an hour and the one after it, `{counted}` the hour before its noun, `{minute}` a
    number, `{time}` a time that is said; `{weekday}`, `{month}`, `{day}` and `{ordinal}` belong to a date.
    `one` is how the hour one is said alone and before its noun.
    """

    o_clock: tuple[str, ...]
    minutes: tuple[str, ...]
    few_minutes: tuple[str, ...]
    quarters: Mapping[int, tuple[str, ...]]
    morning: tuple[str, ...]
    later: tuple[str, ...]
    parts: Mapping[str, tuple[str, ...]]
    noon: str
    midnight: str
    near: Mapping[str, int]
    this: tuple[str, ...]
    coming: tuple[str, ...]
    weekdays: tuple[str, ...]
    days: tuple[str, ...]
    one: tuple[str, str]
    last_hour: int = _HALF_A_DAY


_SAYINGS = {
    "en": _Sayings(
        o_clock=("{hour}", "{hour} o'clock", "{hour} zero"),
        minutes=("{hour} {minute}",),
        few_minutes=("{hour} oh {minute}", "{hour} zero {minute}"),
        quarters={15: ("quarter past {hour}",), 30: ("half past {hour}",), 45: ("quarter to {next}",)},
        morning=("{time} am", "{time} a m", "{time} in the morning"),
        later=(
            "{time} pm",
            "{time} p m",
            "{time} in the afternoon",
            "{time} in the evening",
            "{time} at night",
        ),
        parts={
            "MO": ("morning", "the morning", "in the morning"),
            "AF": ("afternoon", "the afternoon", "in the afternoon"),
            "EV": ("evening", "the evening", "in the evening", "tonight"),
            "NI": ("night", "at night"),
        },
        noon="noon",
        midnight="midnight",
        near={"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2},
        this=("this week", "this weekend"),
        coming=("next week", "next weekend"),
        weekdays=("{weekday}", "this {weekday}", "next {weekday}"),
        days=("{month} {ordinal}", "{month} the {ordinal}"),
        one=("one", "one"),
    ),
    "de": _Sayings(
        o_clock=("{hour}", "{counted} uhr", "punkt {hour}"),
        minutes=("{counted} uhr {minute}",),
        few_minutes=(),
        quarters={
            15: ("viertel nach {hour}", "viertel {next}"),
            30: ("halb {next}",),
            45: ("viertel vor {next}", "dreiviertel {next}"),
        },
        morning=("{time} morgens", "{time} früh", "{time} vormittags", "{time} am morgen", "früh um {time}"),
        later=("{time} nachmittags", "{time} mittags", "{time} abends", "{time} am abend", "abend um {time}"),
        parts={
            "MO": ("früh", "vormittag", "am morgen", "in der früh"),
            "AF": ("nachmittag", "am nachmittag"),
            "EV": ("abend", "am abend"),
            "NI": ("nacht", "in der nacht"),
        },
        noon="mittag",
        midnight="mitternacht",
        near={"heute": 0, "morgen": 1, "übermorgen": 2},
        this=("diese woche", "dieses wochenende"),
        coming=("nächste woche", "nächstes wochenende"),
        weekdays=("{weekday}", "diesen {weekday}", "nächsten {weekday}", "kommenden {weekday}"),
        days=("{ordinal} {month}", "{ordinal}n {month}"),
        one=("eins", "ein"),
        last_hour=23,
    ),
    "es": _Sayings(
        o_clock=("{hour}", "{hour} en punto"),
        minutes=("{hour} {minute}", "{hour} y {minute}"),
        few_minutes=(),
        quarters={15: ("{hour} y cuarto",), 30: ("{hour} y media",), 45: ("{next} menos cuarto",)},
        morning=("{time} de la mañana",),
        later=("{time} de la tarde", "{time} de la noche", "{time} del mediodía"),
        parts={
            "MO": ("por la mañana",),
            "AF": ("por la tarde",),
            "NI": ("por la noche", "esta noche"),
        },
        noon="mediodía",
        midnight="medianoche",
        near={"hoy": 0, "esta noche": 0, "mañana": 1, "pasado mañana": 2},
        this=("esta semana", "este fin de semana"),
        coming=("la próxima semana", "el próximo fin de semana"),
        weekdays=("{weekday}", "este {weekday}", "próximo {weekday}", "{weekday} que viene"),
        days=("{day} de {month}",),
        one=("una", "una"),
    ),
}


@lru_cache(maxsize=8)
def times(language: str) -> Mapping[Words, str]:
    """Return the ways to say a time of day, each with its value: `HH:MM`, or a part of the day."""
    sayings = _SAYINGS[language]
    parts = {said: part for part, phrases in sayings.parts.items() for said in phrases}
    named = {sayings.noon: "12:00", sayings.midnight: "00:00", **parts}
    return {words_of(said): value for said, value in [*_clock(sayings, language), *named.items()]}


def _clock(sayings: _Sayings, language: str) -> Iterator[tuple[str, str]]:
    for hour in range(1, sayings.last_hour + 1):
        for minute in range(60):
            for said in _readings(sayings, hour, minute, language):
                yield said, f"{hour:02}:{minute:02}"
                if hour <= _HALF_A_DAY:
                    yield from _parted(sayings, said, hour % _HALF_A_DAY, minute)


def _parted(sayings: _Sayings, said: str, hour: int, minute: int) -> Iterator[tuple[str, str]]:
    yield from ((part.format(time=said), f"{hour:02}:{minute:02}") for part in sayings.morning)
    yield from ((part.format(time=said), f"{hour + _HALF_A_DAY}:{minute:02}") for part in sayings.later)


def _readings(sayings: _Sayings, hour: int, minute: int, language: str) -> Iterator[str]:
    forms = [*(sayings.minutes if minute else sayings.o_clock)]
    if minute in range(1, 10):
        forms += sayings.few_minutes
    if hour <= _HALF_A_DAY:
        forms += sayings.quarters.get(minute, ())
    spoken, counted = _hour(sayings, hour, language)
    following, _ = _hour(sayings, hour % _HALF_A_DAY + 1, language)
    for form in forms:
        yield form.format(
            hour=spoken, counted=counted, next=following, minute=num2words(minute, lang=language)
        )


def _hour(sayings: _Sayings, hour: int, language: str) -> tuple[str, str]:
    number = num2words(hour, lang=language)
    return sayings.one if hour == 1 else (number, number)


def dates(today: date, language: str) -> dict[Words, str]:
    """Return the ways to name a day, each with its value as of `today`: ISO days, weeks and weekends."""
    sayings = _SAYINGS[language]
    near = {said: str(today + timedelta(days=ahead)) for said, ahead in sayings.near.items()}
    named = [*near.items(), *_weeks(sayings, today), *_days(sayings, today, language)]
    return {words_of(said): value for said, value in named}


def _weeks(sayings: _Sayings, today: date) -> Iterator[tuple[str, str]]:
    for (week_said, weekend_said), ahead in ((sayings.this, 0), (sayings.coming, 7)):
        year, week, _ = (today + timedelta(days=ahead)).isocalendar()
        yield week_said, f"{year}-W{week:02}"
        yield weekend_said, f"{year}-W{week:02}-WE"


def _days(sayings: _Sayings, today: date, language: str) -> Iterator[tuple[str, str]]:
    names, months = get_day_names("wide", locale=language), get_month_names("wide", locale=language)
    for ahead in range(1, 367):
        day = today + timedelta(days=ahead)
        number, ordinal = (num2words(day.day, lang=language, to=form) for form in ("cardinal", "ordinal"))
        for form in sayings.days:
            yield form.format(month=months[day.month], day=number, ordinal=ordinal), str(day)
        if ahead <= 7:  # noqa: PLR2004 (days of the week)
            for form in sayings.weekdays:
                yield form.format(weekday=names[day.weekday()]), str(day)
