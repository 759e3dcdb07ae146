"""On which day of the person's own calendar a moment falls."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

UTC = "UTC"
# Where most who speak a locale live, for when their own zone is not known.
ZONES = {
    "en-US": "America/New_York",
    "en-GB": "Europe/London",
    "en-AU": "Australia/Sydney",
    "en-CA": "America/Toronto",
    "en-IN": "Asia/Kolkata",
    "es-ES": "Europe/Madrid",
    "de-DE": "Europe/Berlin",
}


def zone_of(locale: str | None) -> str:
    """Return the time zone that a locale suggests; UTC for one that is not known."""
    return ZONES.get(locale or "", UTC)


def day_in(zone: str, moment: datetime) -> date:
    """Return the day that the aware `moment` falls on in `zone`; in UTC where there is no such zone."""
    try:
        return moment.astimezone(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return moment.astimezone(ZoneInfo(UTC)).date()


def week_of(day: date) -> date:
    """Return the Monday that the week of `day` begins with."""
    return day - timedelta(days=day.weekday())
