"""When a reminder comes: what the slots say, the next time it is due, and its rule."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skill.reminders import FREQUENCIES, LONGEST_AHEAD, USUAL_TIMES, Every, Reminder

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 1, 1, 9, tzinfo=UTC)  # a Thursday, ten o'clock in Berlin
TODAY = date(2026, 1, 1)
BLANK = Reminder(BERLIN, TODAY)

zones = st.sampled_from(["America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "UTC"]).map(ZoneInfo)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
reminders = st.builds(
    Reminder,
    zone=zones,
    day=st.dates(date(1970, 1, 1), date(2061, 1, 1)),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0)),
    every=st.sampled_from(Every),
)


@pytest.mark.parametrize(
    ("said", "day", "at", "every"),
    [
        ({"time": "12:00"}, TODAY, time(12), Every.ONCE),
        ({"time": "08:00"}, date(2026, 1, 2), time(8), Every.ONCE),
        ({"time": "08:00", "frequency": "daily"}, date(2026, 1, 2), time(8), Every.DAY),
        ({"time": "08:00", "frequency": "evenings"}, TODAY, time(20), Every.DAY),
        ({"frequency": "mornings"}, date(2026, 1, 2), time(8), Every.DAY),
        ({"time": "08:00", "frequency": "weekends"}, date(2026, 1, 3), time(8), Every.WEEKEND),
        ({"time": "08:00", "frequency": "workdays"}, date(2026, 1, 2), time(8), Every.WORKDAY),
        ({"time": "08:00", "frequency": "weekly"}, date(2026, 1, 8), time(8), Every.WEEK),
        ({"time": "08:00", "frequency": "monday"}, date(2026, 1, 5), time(8), Every.WEEK),
        (
            {"time": "08:00", "frequency": "weekly", "date": "2026-01-06"},
            date(2026, 1, 6),
            time(8),
            Every.WEEK,
        ),
        ({"time": "19:00", "date": "2026-01-02"}, date(2026, 1, 2), time(19), Every.ONCE),
        ({"time": "EV", "date": "PRESENT_REF"}, TODAY, time(19), Every.ONCE),
        ({"time": "19:00", "date": "2026-W03"}, date(2026, 1, 12), time(19), Every.ONCE),
        ({"time": "19:00", "date": "2026-W02-WE"}, date(2026, 1, 10), time(19), Every.ONCE),
        ({"time": "19:00", "date": "2026-02"}, date(2026, 2, 1), time(19), Every.ONCE),
        ({"time": "19:00", "date": "XXXX-03-04"}, date(2026, 3, 4), time(19), Every.ONCE),
        ({"time": "19:00", "date": "2025-12-24"}, TODAY, time(19), Every.ONCE),
    ],
)
def test_what_was_said_names_the_next_time(said: dict[str, str], day: date, at: time, every: Every) -> None:
    told = BLANK.told(NOW, said)
    assert told
    assert told.upcoming(NOW) == Reminder(BERLIN, day, at, every)


@pytest.mark.parametrize("said", ["2027-03-01", "9999-12-31", "2026-02-30", "2026-WI", "202X", "soon", ""])
def test_a_day_that_cannot_be_made_out_or_is_far_away_is_none(said: str) -> None:
    assert BLANK.told(NOW, {"date": said, "time": "08:00"}) is None


@pytest.mark.parametrize("said", ["", "25:00", "eight", "?"])
def test_a_time_that_cannot_be_made_out_is_still_to_be_told(said: str) -> None:
    told = BLANK.told(NOW, {"time": said})
    assert told
    assert told.at is None


def test_what_was_said_before_counts() -> None:
    weekly = BLANK.told(NOW, {"frequency": "monday"})
    assert weekly
    at_nine = weekly.told(NOW, {"time": "09:00"})
    assert at_nine == Reminder(BERLIN, date(2026, 1, 5), time(9), Every.WEEK)
    assert at_nine.told(NOW, {"time": "EV"}) == Reminder(BERLIN, date(2026, 1, 5), time(21), Every.WEEK)


def test_a_day_that_was_said_is_kept_and_one_that_followed_from_the_time_is_not() -> None:
    tomorrow = BLANK.told(NOW, {"date": "2026-01-02", "time": "12:00"})
    at_eight = BLANK.told(NOW, {"time": "08:00"})
    assert tomorrow
    assert at_eight
    at_noon = [one.upcoming(NOW).told(NOW, {"time": "12:00"}) for one in (tomorrow, at_eight)]
    assert [one and one.day for one in at_noon] == [date(2026, 1, 2), TODAY]


@given(reminders, moments)
def test_the_next_time_is_never_past_nor_far_beyond_its_first_day(reminder: Reminder, now: datetime) -> None:
    following = reminder.upcoming(now)
    today = now.astimezone(reminder.zone).date()
    assert following.due > now
    assert timedelta(0) <= following.day - max(reminder.day, today) <= timedelta(days=8)
    assert following.upcoming(now) == following


@given(reminders)
def test_a_rule_is_read_as_it_was_written(reminder: Reminder) -> None:
    if reminder.rule is None:
        assert reminder.every is Every.ONCE
    else:
        first = reminder.upcoming(reminder.due - timedelta(minutes=1))
        assert Reminder.from_rule(reminder.rule, reminder.zone, reminder.day) == first


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "FREQ=MONTHLY;BYHOUR=8;BYMINUTE=0",
        "FREQ=MONTHLY;BYDAY=MO;BYHOUR=8;BYMINUTE=0",
        "FREQ=DAILY;BYMINUTE=0",
        "FREQ=DAILY;BYHOUR=99;BYMINUTE=0",
        "FREQ=DAILY;BYHOUR=8;BYMINUTE=0;INTERVAL=2",
        "FREQ=WEEKLY;BYDAY=MO,FR;BYHOUR=8;BYMINUTE=0",
    ],
)
def test_a_rule_that_the_coach_would_not_write_is_none(rule: str) -> None:
    assert Reminder.from_rule(rule, BERLIN, TODAY) is None


slots = st.fixed_dictionaries(
    {},
    optional={
        "time": st.sampled_from(["08:00", "23:59", "?", *USUAL_TIMES]) | st.text(max_size=12),
        "date": st.dates().map(str)
        | st.sampled_from(["PRESENT_REF", "2026-W53-WE", "XXXX-02-29", "9999-12"])
        | st.builds("{:04}-W{:02}".format, st.integers(0, 9999), st.integers(0, 99)),
        "frequency": st.sampled_from([*FREQUENCIES, "never"]),
    },
)


@given(st.lists(slots, max_size=3), moments, zones)
def test_whatever_is_said_the_reminder_lies_ahead_and_within_a_year_or_so(
    said: list[dict[str, str]], now: datetime, zone: ZoneInfo
) -> None:
    reminder = Reminder(zone, now.astimezone(zone).date())
    for slots in said:
        reminder = reminder.told(now, slots) or reminder
    following = reminder.upcoming(now)
    assert now < following.due < now + LONGEST_AHEAD + timedelta(days=10)
