"""Which day it is where a couple lives."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from interwoven.apps.couples import queries as couples
from interwoven.core.evenings import Evening
from interwoven.core.people import Seat


def day_in(evening: Evening, now: datetime) -> date:
    return now.astimezone(ZoneInfo(evening.zone)).date()


def today_of(seat: Seat, now: datetime) -> date:
    return day_in(couples.us(seat=seat).settled.evening, now)
