"""When our evening comes, in ordinary weeks and when the clock is put forward or back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from interwoven.core.evenings import Evening, monthly

many = settings(deadline=None, max_examples=80)

SECOND, DAY, WEEK = timedelta(seconds=1), timedelta(days=1), timedelta(days=7)
MON, SAT, SUN = 0, 5, 6

FIRST, LAST = date(2026, 1, 1), date(2029, 12, 31)
ZONES = sorted(available_timezones() - {"Factory", "localtime"})


@some.composite
def evenings_and_days(draw) -> tuple[Evening, date]:
    """An evening anywhere, and one of its days; as often as not a day when the clock changes."""
    zone = draw(some.sampled_from(ZONES))
    day = draw(some.dates(FIRST, LAST))
    hour = draw(some.integers(0, 23))
    if draw(some.booleans()):
        day, hour = next_change(day, zone) or day, draw(some.sampled_from([0, 1, 2, 3, 23]))
    return Evening(day.weekday(), hour, draw(some.integers(0, 59)), zone), day


def next_change(day: date, zone: str) -> date | None:
    """The next day, in 400, on which clocks in this zone are put forward or back."""
    midnight = datetime.combine(day, time(), tzinfo=ZoneInfo(zone))
    lengths = (length(midnight + DAY * n) for n in range(400))
    return next((day + DAY * n for n, found in enumerate(lengths) if found != DAY), None)


def length(midnight: datetime) -> timedelta:
    return (midnight + DAY).astimezone(UTC) - midnight.astimezone(UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


# the evening, the day: the instant in UTC
#  zone                 day and hour   that day        in UTC
ON = [
    ("UTC", SUN, 19, 0, "2026-01-04", "2026-01-04 19:00"),
    ("Europe/Dublin", SUN, 19, 0, "2026-01-04", "2026-01-04 19:00"),
    ("Europe/Dublin", SUN, 19, 0, "2026-07-05", "2026-07-05 18:00"),
    ("America/New_York", SUN, 19, 0, "2026-01-04", "2026-01-05 00:00"),
    ("Asia/Kathmandu", SUN, 19, 0, "2026-01-04", "2026-01-04 13:15"),
    ("Pacific/Kiritimati", SUN, 0, 30, "2026-01-04", "2026-01-03 10:30"),
    # The clock goes forward: the skipped hour comes at the first minute after the gap.
    ("Europe/Dublin", SUN, 1, 0, "2026-03-29", "2026-03-29 01:00"),
    ("Europe/Dublin", SUN, 1, 30, "2026-03-29", "2026-03-29 01:00"),
    ("Europe/Dublin", SUN, 1, 59, "2026-03-29", "2026-03-29 01:00"),
    ("Europe/Dublin", SUN, 2, 0, "2026-03-29", "2026-03-29 01:00"),
    ("Europe/Berlin", SUN, 2, 30, "2026-03-29", "2026-03-29 01:00"),
    ("America/New_York", SUN, 2, 30, "2026-03-08", "2026-03-08 07:00"),
    ("Australia/Lord_Howe", SUN, 2, 15, "2026-10-04", "2026-10-03 15:30"),  # half an hour
    ("America/Havana", SUN, 0, 30, "2026-03-08", "2026-03-08 05:00"),  # at midnight
    ("America/Nuuk", SAT, 23, 30, "2026-03-28", "2026-03-29 01:00"),  # into the next day
    # The clock goes back: the hour that comes twice counts the first time.
    ("Europe/Dublin", SUN, 1, 30, "2026-10-25", "2026-10-25 00:30"),
    ("Europe/Berlin", SUN, 2, 30, "2026-10-25", "2026-10-25 00:30"),
    ("America/New_York", SUN, 1, 30, "2026-11-01", "2026-11-01 05:30"),
    ("Australia/Lord_Howe", SUN, 1, 45, "2026-04-05", "2026-04-04 14:45"),
    ("America/Havana", SUN, 0, 30, "2026-11-01", "2026-11-01 04:30"),
]


@pytest.mark.parametrize(("zone", "weekday", "hour", "minute", "day", "instant"), ON)
def test_the_instant_of_an_evening(zone, weekday, hour, minute, day, instant):
    evening = Evening(weekday, hour, minute, zone)

    assert date.fromisoformat(day).weekday() == weekday
    assert evening.on(date.fromisoformat(day)) == utc(instant)


@pytest.mark.parametrize(("zone", "weekday", "hour", "minute", "day", "instant"), ON)
def test_a_week_ends_with_its_evening_to_the_second(zone, weekday, hour, minute, day, instant):
    evening, this_week = Evening(weekday, hour, minute, zone), date.fromisoformat(day)

    assert evening.week_of(utc(instant) - SECOND) == this_week
    assert evening.week_of(utc(instant)) == this_week + WEEK
    assert evening.week_of(utc(instant) + SECOND) == this_week + WEEK


def test_in_the_hour_that_comes_twice_our_evening_does_not_come_twice():
    evening = Evening(SUN, 1, 30, "Europe/Dublin")

    assert evening.week_of(utc("2026-10-25 01:29")) == date(2026, 11, 1)
    assert evening.next_after(utc("2026-10-25 01:29")) == utc("2026-11-01 01:30")


# Dublin, Sunday 19:00. It is …: which week is it?
WEEKS = [
    ("2026-07-05 17:59", "2026-07-05"),
    ("2026-07-05 18:00", "2026-07-12"),
    ("2026-07-05 23:00", "2026-07-12"),  # Monday in Dublin
    ("2026-07-08 12:00", "2026-07-12"),
    ("2026-07-11 23:30", "2026-07-12"),  # Sunday in Dublin
    ("2026-12-27 19:00", "2027-01-03"),
]


@pytest.mark.parametrize(("now", "week"), WEEKS)
def test_a_week_is_named_by_the_evening_that_ends_it(now, week):
    assert Evening(SUN, 19, 0, "Europe/Dublin").week_of(utc(now)) == date.fromisoformat(week)


def test_a_moment_is_the_same_whatever_zone_it_is_told_in():
    evening, now = Evening(zone="Europe/Dublin"), utc("2026-07-05 18:00")

    assert evening.week_of(now) == evening.week_of(now.astimezone(ZoneInfo("Asia/Tokyo")))


def test_an_evening_in_no_known_zone_is_refused():
    with pytest.raises(ZoneInfoNotFoundError):
        Evening(zone="Europe/Atlantis").on(date(2026, 1, 4))


@many
@given(evenings_and_days())
def test_one_evening_comes_in_every_seven_days_everywhere(drawn):
    evening, day = drawn
    instant, next_instant = evening.on(day), evening.on(day + WEEK)

    assert evening.week_of(instant - SECOND) == day
    for moment in (instant, instant + (next_instant - instant) / 2, next_instant - SECOND):
        assert evening.week_of(moment) == day + WEEK
        assert evening.next_after(moment) == next_instant


@many
@given(evenings_and_days())
def test_the_clock_on_the_wall_shows_the_hour_asked_for_unless_it_skips_it(drawn):
    evening, day = drawn
    asked = datetime.combine(day, time(evening.hour, evening.minute))
    shown = wall(evening.on(day), evening.zone)

    if shown != asked:
        just_before = wall(evening.on(day) - SECOND, evening.zone)
        assert just_before < asked < shown


@many
@given(evenings_and_days())
def test_an_hour_that_comes_twice_counts_the_first_time(drawn):
    evening, day = drawn
    instant = evening.on(day)

    earlier = [wall(instant - timedelta(minutes=30 * n), evening.zone) for n in range(1, 7)]

    assert wall(instant, evening.zone) not in earlier


STEPS = [SECOND, timedelta(minutes=20), timedelta(hours=1), timedelta(hours=23), DAY, 3 * DAY]


@many
@given(
    evenings_and_days(),
    some.lists(some.sampled_from(STEPS + [-step for step in STEPS]), min_size=20, max_size=60),
)
def test_however_the_clock_steps_each_week_ends_once_and_not_before_its_evening(drawn, steps):
    """As a couple's row has it: the next evening follows the one that came, and not the clock."""
    evening, day = drawn
    now, opens_at, ended = evening.on(day) - DAY, evening.on(day), []
    for step in steps:
        now += step
        if opens_at <= now:
            ended.append(evening.week_of(opens_at - SECOND))
            assert evening.on(ended[-1]) == opens_at <= now
            opens_at = evening.next_after(opens_at)

    assert ended == [day + WEEK * n for n in range(len(ended))]


def wall(instant: datetime, zone: str) -> datetime:
    """What a clock on the wall shows there."""
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


@pytest.mark.parametrize(
    ("week", "asks"),
    [("2026-03-01", True), ("2026-03-07", True), ("2026-03-08", False), ("2026-03-31", False)],
)
def test_the_monthly_questions_come_with_the_first_evening_of_a_month(week, asks):
    assert monthly(date.fromisoformat(week)) is asks


@pytest.mark.parametrize("weekday", range(7))
def test_every_month_has_one_monthly_evening_whatever_the_weekday(weekday):
    first = date(2026, 1, 1) + DAY * ((weekday - date(2026, 1, 1).weekday()) % 7)
    weeks = [first + WEEK * n for n in range(4 * 52)]

    asked = [(week.year, week.month) for week in weeks if monthly(week)]

    assert asked == sorted({(week.year, week.month) for week in weeks})
