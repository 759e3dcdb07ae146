"""Times and dates in words, as Alexa's AMAZON.TIME and AMAZON.DATE write them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TypeVar

from babel.dates import get_day_names, get_month_names
from num2words import num2words

from skill.interaction_model import Moments
from skill.simulator.understanding.words import Words, words_of

TIME, DATE = "AMAZON.TIME", "AMAZON.DATE"

_Value = TypeVar("_Value")
_HALF_A_DAY = 12
_EARLY = range(1, 10)  # minutes


def times(moments: Moments, language: str) -> dict[Words, str]:
    """Return the ways to say a time of day, each with its value: `HH:MM`, or a part of the day."""
    return {words_of(said): value for said, value in [*_by_phrase(moments.named), *_clock(moments, language)]}


def _by_phrase(phrases: Mapping[_Value, tuple[str, ...]]) -> Iterator[tuple[str, _Value]]:
    for value, ways in phrases.items():
        yield from ((said, value) for said in ways)


def _clock(moments: Moments, language: str) -> Iterator[tuple[str, str]]:
    for hour in range(1, moments.last_hour + 1):
        for minute in range(60):
            for said in _readings(hour, minute, moments, language):
                yield said, f"{hour:02}:{minute:02}"
                if hour <= _HALF_A_DAY:
                    yield from _parted(said, hour % _HALF_A_DAY, minute, moments)


def _parted(said: str, hour: int, minute: int, moments: Moments) -> Iterator[tuple[str, str]]:
    yield from ((part.format(time=said), f"{hour:02}:{minute:02}") for part in moments.before_noon)
    yield from ((part.format(time=said), f"{hour + 12}:{minute:02}") for part in moments.after_noon)


def _readings(hour: int, minute: int, moments: Moments, language: str) -> Iterator[str]:
    own = str(minute) if not minute or hour <= _HALF_A_DAY else ""  # nobody says half past nineteen
    kinds = (own, "early" if minute in _EARLY else "", "any" if minute else "")
    numbered, following = num2words(minute, lang=language), hour % _HALF_A_DAY + 1
    for pattern in (pattern for kind in kinds for pattern in moments.clock.get(kind, ())):
        yield pattern.format(
            hour=_hour(hour, moments, language), next=_hour(following, moments, language), minute=numbered
        )


def _hour(hour: int, moments: Moments, language: str) -> str:
    return moments.hours.get(hour) or num2words(hour, lang=language)


def dates(today: date, moments: Moments, language: str) -> dict[Words, str]:
    """Return the ways to name a day, each with its value as of `today`: ISO days, weeks and weekends."""
    near = [(said, str(today + timedelta(days=ahead))) for said, ahead in _by_phrase(moments.near)]
    weeks = [(said, _week(today, ahead)) for said, ahead in _by_phrase(moments.weeks)]
    weekends = [(said, f"{_week(today, ahead)}-WE") for said, ahead in _by_phrase(moments.weekends)]
    named = [*near, *weeks, *weekends, *_days(today, moments, language)]
    return {words_of(said): value for said, value in named}


def _week(today: date, ahead: int) -> str:
    year, week, _ = (today + timedelta(weeks=ahead)).isocalendar()
    return f"{year}-W{week:02}"


def _days(today: date, moments: Moments, language: str) -> Iterator[tuple[str, str]]:
    names, months = get_day_names("wide", locale=language), get_month_names("wide", locale=language)
    for ahead in range(1, 367):
        day = today + timedelta(days=ahead)
        number, ordinal = (num2words(day.day, lang=language, to=form) for form in ("cardinal", "ordinal"))
        for pattern in moments.dates:
            yield pattern.format(month=months[day.month], number=number, ordinal=ordinal), str(day)
        if ahead <= 7:  # noqa: PLR2004 (days of the week)
            yield from ((said.format(day=names[day.weekday()]), str(day)) for said in moments.weekdays)
