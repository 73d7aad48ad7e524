"""Reading one's own lock, and what to say where it is asked for."""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.accounts import queries as accounts
from interwoven.apps.couples import queries as couples
from interwoven.apps.locking.pages import AskingPage, LockPage
from interwoven.core.people import Seat
from interwoven.infra import drafts

GIVE, SET = "unlock", "lock"  # forms that may come back to be mended


def asking_page(*, seat: Seat, onward: str, now: datetime) -> AskingPage:
    lock = accounts.private_lock(seat=seat)
    return AskingPage(
        asks=lock.stands(now),
        opens_at=lock.opens_by_itself(now),
        onward=onward,
        error=drafts.take(seat=seat, form=GIVE, now=now).errors.get("lock", ""),
    )


def lock_page(*, seat: Seat, now: datetime) -> LockPage:
    us = couples.us_if_paired(seat=seat)
    return LockPage(
        stands=accounts.private_lock(seat=seat).stands(now),
        partner=us.partner.name if us else "",
        errors=drafts.take(seat=seat, form=SET, now=now).errors,
    )
