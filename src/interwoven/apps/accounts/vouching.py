"""Somebody says who they are by a password, without anybody being signed in or out by it."""

from __future__ import annotations

from uuid import UUID

from interwoven.apps.accounts import limits
from interwoven.apps.accounts.models import Person
from interwoven.core.people import Seat

TRIES, SECONDS = 10, 60
NOBODY = Person()  # no password is theirs, and saying so takes as long as for anybody


def is_them(*, asker: Seat, person: UUID, password: str) -> bool:
    """Whether this is that person's password; after ten tries in a minute, always no.

    Tries are counted for whoever holds the phone, apart from those at the door: nobody finds out
    at their own sign-in that somebody else was guessing here, or waits for it. It takes as long for
    somebody who was erased, so that their partner does not find that out here.
    """
    if limits.enough(f"vouching:{asker.person}:{person}", most=TRIES, seconds=SECONDS):
        return False
    found = Person.objects.filter(pk=person, is_active=True).first() or NOBODY
    return found.check_password(password)
