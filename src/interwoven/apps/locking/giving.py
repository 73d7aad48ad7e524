"""Giving the lock: five tries, then a quarter of an hour without any."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.hashers import check_password

from interwoven.apps.accounts import actions, limits, queries
from interwoven.core.people import Seat

TRIES, WAIT = 5, 900  # seconds, from the last wrong try


def gives(*, seat: Seat, typed: str, now: datetime) -> bool:
    """Whether this opens the lock; for a quarter of an hour after five wrong tries, always no.

    Tries are counted for the person, in whichever browser. What is typed while none is taken
    makes the wait no longer. Given, the lock is not forgotten any more.
    """
    lock, counter = queries.private_lock(seat=seat), f"lock:{seat.person}"
    if not lock.stands(now) or limits.enough(counter, most=TRIES, seconds=WAIT):
        return False
    if not check_password(typed, lock.secret):
        limits.begin_again(counter, seconds=WAIT)
        return False
    limits.forget(counter)
    if lock.opens_at is not None:
        actions.remember_lock(by=seat, now=now)
    return True
