"""Times and dates in words, as Alexa's AMAZON.TIME and AMAZON.DATE write them."""

from collections.abc import Iterator
from datetime import date, timedelta

from babel.dates import get_day_names, get_month_names
from num2words import num2words

from skill.simulator.understanding.words import Words, words_of

TIME, DATE = "AMAZON.TIME", "AMAZON.DATE"

_MORNING = ("am", "a m", "in the morning")
_LATER = ("pm", "p m", "in the afternoon", "in the evening", "at night")
_PARTS = {
    **dict.fromkeys(("morning", "the morning", "in the morning"), "MO"),
    **dict.fromkeys(("afternoon", "the afternoon", "in the afternoon"), "AF"),
    **dict.fromkeys(("evening", "the evening", "in the evening", "tonight"), "EV"),
    **dict.fromkeys(("night", "at night"), "NI"),
}
_NEAR = {"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2}
_HALF_A_DAY = 12


def times(language: str) -> dict[Words, str]:
    """Return the ways to say a time of day, each with its value: `HH:MM`, or a part of the day."""
    named = {"noon": "12:00", "midnight": "00:00", **_PARTS}
    return {words_of(said): value for said, value in [*named.items(), *_clock(language)]}


def _clock(language: str) -> Iterator[tuple[str, str]]:
    for hour in range(1, _HALF_A_DAY + 1):
        for minute in range(60):
            for said in _readings(hour, minute, language):
                yield said, f"{hour:02}:{minute:02}"
                yield from ((f"{said} {part}", f"{hour % 12:02}:{minute:02}") for part in _MORNING)
                yield from ((f"{said} {part}", f"{hour % 12 + 12}:{minute:02}") for part in _LATER)


def _readings(hour: int, minute: int, language: str) -> Iterator[str]:
    spoken = num2words(hour, lang=language)
    if not minute:
        yield from (spoken, f"{spoken} o'clock", f"{spoken} zero")
    else:
        yield f"{spoken} {num2words(minute, lang=language)}"
    if minute in range(1, 10):
        yield from (f"{spoken} {zero} {num2words(minute, lang=language)}" for zero in ("oh", "zero"))
    if minute in (15, 30):
        yield f"{'quarter' if minute == 15 else 'half'} past {spoken}"  # noqa: PLR2004 (minutes)
    if minute == 45:  # noqa: PLR2004 (minutes)
        yield f"quarter to {num2words(hour % 12 + 1, lang=language)}"


def dates(today: date, language: str) -> dict[Words, str]:
    """Return the ways to name a day, each with its value as of `today`: ISO days, weeks and weekends."""
    near = {said: str(today + timedelta(days=ahead)) for said, ahead in _NEAR.items()}
    return {words_of(said): value for said, value in [*near.items(), *_weeks(today), *_days(today, language)]}


def _weeks(today: date) -> Iterator[tuple[str, str]]:
    for said, ahead in (("this", 0), ("next", 7)):
        year, week, _ = (today + timedelta(days=ahead)).isocalendar()
        yield f"{said} week", f"{year}-W{week:02}"
        yield f"{said} weekend", f"{year}-W{week:02}-WE"


def _days(today: date, language: str) -> Iterator[tuple[str, str]]:
    names, months = get_day_names("wide", locale=language), get_month_names("wide", locale=language)
    for ahead in range(1, 367):
        day = today + timedelta(days=ahead)
        ordinal = num2words(day.day, lang=language, to="ordinal")
        yield from ((f"{months[day.month]} {said}", str(day)) for said in (ordinal, f"the {ordinal}"))
        if ahead <= 7:  # noqa: PLR2004 (days of the week)
            name = names[day.weekday()]
            yield from ((said, str(day)) for said in (name, f"this {name}", f"next {name}"))
