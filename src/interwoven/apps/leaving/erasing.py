"""Erasing somebody, whatever happens in the middle of it.

The rows and a mark in the ledger are one: with the mark it is certain, without it nothing was done.
Then the keys. Whoever stands in the ledger and is still there is erased again within the hour, at
the next start, and after a restore.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from interwoven.apps.accounts.models import Person
from interwoven.apps.couples.seats import seat_of
from interwoven.apps.leaving import actions
from interwoven.apps.leaving.traces import erased_by_now, forget_in_audit
from interwoven.core.people import Seat
from interwoven.infra import ledger
from interwoven.infra.crypto import keys
from interwoven.infra.logs import going_on


def erase(*, by: Seat, now: datetime) -> None:
    """Erase this person for good, or, if that fails, not at all.

    Where the database is gone before it can say which of the two it is, it comes about once it can.
    """
    mark = ledger.mark_of(by.person)
    try:
        with transaction.atomic():
            actions.erase(by=by, now=now)
            ledger.note(mark)
    except Exception:
        _strike_unless_erased(by.person, mark)
        raise
    with going_on("Keys of somebody erased are still there"):  # it cannot be undone any more
        _forget(by)


def _strike_unless_erased(person: UUID, mark: str) -> None:
    """They are told that it failed, so it must not come about later."""
    with going_on("An erasure that was told to have failed still stands in the ledger"):
        if mark in ledger.noted() and Person.objects.filter(pk=person, is_active=True).exists():
            ledger.strike(mark)


def replay(noted: frozenset[str], now: datetime) -> int:
    """Erase again whoever is noted and still in these databases; say how many remain.

    One who cannot be erased now holds up nobody else.
    """
    found = [person for person in _everybody() if ledger.mark_of(person) in noted] if noted else []
    for person in filter(_is_there, found):
        with going_on("Somebody who is to be erased is still there"):
            by = seat_of(Person(pk=person))
            actions.erase(by=by, now=now)
            _forget(by)
    return sum(map(_is_there, found))


def catch_up() -> None:
    """Note whoever is erased by what the data say, should the ledger have been lost."""
    noted = ledger.noted()
    for person in erased_by_now():
        if (mark := ledger.mark_of(person)) not in noted:
            ledger.note(mark)


def _forget(by: Seat) -> None:
    forget_in_audit(by.person)
    keys.destroy(by.person)


def _everybody() -> list[UUID]:
    return list(Person.objects.values_list("pk", flat=True))


def _is_there(person: UUID) -> bool:
    return Person.objects.filter(pk=person, is_active=True).exists() or keys.exist(person)
