"""Our evening: the weekly hour at which what two people chose opens for both at once.

A week is named by the date of the evening that ends it, in the couple's own zone. An hour that the
clock skips in spring comes at the first minute after the gap; an hour that comes twice in autumn
counts the first time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SUNDAY = 6
MONTHLY_UNTIL = 7  # the first evening of a month falls on one of its first seven days


@dataclass(frozen=True, slots=True)
class Evening:
    """A weekday (0 is Monday), a time of day and a zone name such as "Europe/Dublin".

    Nothing is looked up before it is asked for: an hour or a zone that does not exist makes every
    method raise `ValueError` or `ZoneInfoNotFoundError`.
    """

    weekday: int = SUNDAY
    hour: int = 19
    minute: int = 0
    zone: str = "UTC"

    def on(self, day: date) -> datetime:
        """The instant of this evening on that date, in UTC. The weekday of the date is not checked.

        Where a clock is put forward in the last hour of a day, the first minute after the gap is
        already the next day's; the week keeps the date it was asked for.
        """
        zone = ZoneInfo(self.zone)
        local = datetime.combine(day, time(self.hour, self.minute), tzinfo=zone)
        there_and_back = local.astimezone(UTC).astimezone(zone)
        if there_and_back.replace(tzinfo=None) != local.replace(tzinfo=None):  # in a spring gap
            return _first_after_gap(local)
        return local.astimezone(UTC)

    def week_of(self, now: datetime) -> date:
        """The date of the next evening after `now`: the name of the week we are in.

        `now` is an aware instant in any zone. At the very instant of an evening the next week has
        begun.
        """
        today = now.astimezone(ZoneInfo(self.zone)).date()
        day = today + timedelta(days=(self.weekday - today.weekday()) % 7)
        return day if now < self.on(day) else day + timedelta(days=7)

    def next_after(self, now: datetime) -> datetime:
        """The instant of the next evening after `now`, in UTC."""
        return self.on(self.week_of(now))


def monthly(week: date) -> bool:
    """Whether a week asks the monthly questions: it ends on the first such evening of a month.

    A couple that keeps its weekday has exactly one such week in every month.
    """
    return week.day <= MONTHLY_UNTIL


def _first_after_gap(local: datetime) -> datetime:
    """The first minute the clock shows after a gap that swallowed `local`."""
    wall, zone = local.replace(tzinfo=None), local.tzinfo
    found = local.astimezone(UTC)  # past the gap by as much as `local` lies into it
    minute = timedelta(minutes=1)
    while (found - minute).astimezone(zone).replace(tzinfo=None) > wall:
        found -= minute
    return found
