"""On which day of the person's own calendar a moment falls."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC = "UTC"


def day_in(zone: str, moment: datetime) -> date:
    """Return the day that the aware `moment` falls on in `zone`; in UTC where there is no such zone."""
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(ZoneInfo(UTC)).date()


def week_of(day: date) -> date:
    """Return the Monday that the week of `day` begins with."""
    return day - timedelta(days=day.weekday())
