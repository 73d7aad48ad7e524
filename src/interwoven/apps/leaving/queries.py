"""What somebody who is about to go should know first."""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.couples import queries as couples
from interwoven.apps.leaving.pages import ErasePage, LeavePage
from interwoven.core.people import Seat
from interwoven.infra import drafts

ERASE = "erase"


def leave_page(*, seat: Seat) -> LeavePage:
    return LeavePage(couples.us(seat=seat).partner.name)


def erase_page(*, seat: Seat, now: datetime) -> ErasePage:
    us = couples.us_if_paired(seat=seat)
    error = drafts.take(seat=seat, form=ERASE, now=now).errors.get("password", "")
    return ErasePage(us.partner.name if us else "", error)
