"""What Today and the front page know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from interwoven.apps.agreements.pages import Standing
from interwoven.apps.checkins.pages import Recent
from interwoven.apps.safety.pages import KeeperPage
from interwoven.core.today import Due


@dataclass(frozen=True, slots=True)
class TodayPage:
    day: date
    part_of_day: str  # morning, afternoon or evening, on the couple's own clock
    name: str
    partner: str  # "" for one person
    place: str  # of the partner: a or b
    weave: SafeString
    due: Due
    recent: Recent
    standing: Standing | None
    two_now: bool  # they became two lately: no evening of theirs has come yet
    proposed: bool  # the other proposed another evening


@dataclass(frozen=True, slots=True)
class FrontPage:
    weave: SafeString
    keeper: KeeperPage
