"""Pure: a reminder, from the slots that ask for it to the moments at which it is due."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Self
from zoneinfo import ZoneInfo

LONGEST_AHEAD = timedelta(days=366)

NOON = 12
# What Alexa's AMAZON.TIME says for a part of the day, and the time that is offered for it.
# https://developer.amazon.com/docs/custom-skills/slot-type-reference.html#time
USUAL_TIMES = {"MO": time(8), "AF": time(14), "EV": time(19), "NI": time(21)}

WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Every(StrEnum):
    """How often it comes."""

    ONCE = "once"
    DAY = "day"
    WORKDAY = "workday"
    WEEKEND = "weekend"
    WEEK = "week"


# What the FREQUENCY slot means; the names of days mean every such day.
FREQUENCIES = {
    "daily": Every.DAY,
    "mornings": Every.DAY,
    "evenings": Every.DAY,
    "workdays": Every.WORKDAY,
    "weekends": Every.WEEKEND,
    "weekly": Every.WEEK,
    **dict.fromkeys(DAY_NAMES, Every.WEEK),
}
PARTS = {"mornings": "MO", "evenings": "EV"}
WEEKDAYS = {Every.WORKDAY: frozenset(range(5)), Every.WEEKEND: frozenset({5, 6})}


@dataclass(frozen=True)
class Reminder:
    """When to remind somebody: by the clock of `zone`, first on `day`; `at` is None until it was told.

    A day that was not told gives way when another time is.
    """

    zone: ZoneInfo
    day: date
    at: time | None = None
    every: Every = Every.ONCE
    is_day_told: bool = field(default=False, compare=False)

    @property
    def due(self) -> datetime:
        """The moment on its day, with its time zone; midnight where no time was told."""
        return datetime.combine(self.day, self.at or time(), self.zone)

    def upcoming(self, now: datetime) -> Self:
        """Return the same with the first day from its own on that lies ahead of `now`."""
        first = max(self.day, now.astimezone(self.zone).date())
        days = (replace(self, day=first + timedelta(days=ahead)) for ahead in range(9))
        return next(one for one in days if one.day.weekday() in self._weekdays and one.due > now)

    def told(self, now: datetime, said: Mapping[str, str]) -> Self | None:
        """Return this reminder with what `time`, `date` and `frequency` say as Alexa writes them.

        None where a day is named that cannot be made out, or that is more than a year away.
        """
        today = now.astimezone(self.zone).date()
        frequency = said.get("frequency", "")
        every = FREQUENCIES.get(frequency)
        at = _moved(said.get("time", ""), PARTS.get(frequency), self.at)
        if frequency in DAY_NAMES:
            ahead = (DAY_NAMES.index(frequency) - today.weekday()) % 7
            return type(self)(self.zone, today + timedelta(days=ahead), at, Every.WEEK, is_day_told=True)
        is_told = "date" in said
        keeps_day = self.is_day_told and every in (None, Every.WEEK)
        day = _day(said["date"], today) if is_told else self.day if keeps_day else today
        if day is None or day - today > LONGEST_AHEAD:
            return None
        repeats = every or (Every.ONCE if is_told else self.every)
        return type(self)(self.zone, day, at, repeats, is_day_told=is_told or keeps_day)

    @property
    def rule(self) -> str | None:
        """How it recurs, as the Reminders API takes it; None where it comes once.

        https://developer.amazon.com/docs/alexa/smapi/alexa-reminders-api-reference.html
        """
        if self.every is Every.ONCE:
            return None
        days = ",".join(WEEK[number] for number in sorted(self._weekdays))
        often = "FREQ=DAILY" if self.every is Every.DAY else f"FREQ=WEEKLY;BYDAY={days}"
        return f"{often};BYHOUR={self.due.hour};BYMINUTE={self.due.minute};BYSECOND=0;INTERVAL=1;"

    @classmethod
    def from_rule(cls, rule: str, zone: ZoneInfo, day: date) -> Self | None:
        """Read what `rule` wrote, on its first day from `day` on; None where it says something else."""
        parts = dict(part.partition("=")[::2] for part in rule.split(";") if part)
        try:
            at = time(int(parts["BYHOUR"]), int(parts["BYMINUTE"]))
        except (KeyError, ValueError):
            return None
        named = frozenset(WEEK.index(name) for name in parts.get("BYDAY", "").split(",") if name in WEEK)
        often = "WEEKLY" if named else "DAILY"
        if (parts.get("FREQ"), parts.get("INTERVAL", "1")) != (often, "1"):
            return None
        every = {days: kind for kind, days in WEEKDAYS.items()}.get(named)
        if every is None and len(named) > 1:
            return None
        ahead = min(((number - day.weekday()) % 7 for number in named), default=0)
        return cls(zone, day + timedelta(days=ahead), at, every or (Every.WEEK if named else Every.DAY))

    @property
    def _weekdays(self) -> frozenset[int]:
        if self.every is Every.WEEK:
            return frozenset({self.day.weekday()})
        return WEEKDAYS.get(self.every, frozenset(range(7)))


def _moved(said: str, part: str | None, before: time | None) -> time | None:
    """Return the time that was said, or the one before, within the part of the day that was said."""
    part = said if said in USUAL_TIMES else part
    at = _time(said) or before
    if part is None:
        return at
    if at is None:
        return USUAL_TIMES[part]
    return at.replace(hour=at.hour % NOON + (0 if part == "MO" else NOON))


def _time(said: str) -> time | None:
    try:
        return time.fromisoformat(said).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        return None


_DATE = re.compile(r"(?P<year>\d{4}|XXXX)-(?P<month>\d\d)(?:-(?P<day>\d\d))?")
_WEEK = re.compile(r"(?P<year>\d{4})-W(?P<week>\d\d)(?P<is_weekend>-WE)?")
SATURDAY = 6


def _day(said: str, today: date) -> date | None:
    """Return the first day of what Alexa's AMAZON.DATE says; None where that is longer than a month."""
    if said == "PRESENT_REF":
        return today
    try:
        if found := _WEEK.fullmatch(said):
            return date.fromisocalendar(
                int(found["year"]), int(found["week"]), SATURDAY if found["is_weekend"] else 1
            )
        if found := _DATE.fullmatch(said):
            year = today.year if found["year"] == "XXXX" else int(found["year"])
            day = date(year, int(found["month"]), int(found["day"] or 1))
            return day.replace(year=year + 1) if found["year"] == "XXXX" and day < today else day
    except ValueError:  # no such day
        return None
    return None
