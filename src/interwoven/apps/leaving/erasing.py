"""Erasing somebody, whatever happens in the middle of it.

The rows and a mark in the ledger are one: with the mark it is certain, without it nothing was done.
Then the keys. Whoever stands in the ledger and is still there is erased again within the hour, at
the next start, and after a restore.
"""

from __future__ import annotations

import logging
from datetime import datetime
from uuid import UUID

from django.db import transaction

from interwoven.apps.accounts.models import Person
from interwoven.apps.couples.seats import seat_of
from interwoven.apps.leaving import actions, partings
from interwoven.apps.leaving.traces import forget_in_audit
from interwoven.core.people import Seat
from interwoven.infra import ledger
from interwoven.infra.crypto import keys

log = logging.getLogger(__name__)


def erase(*, by: Seat, now: datetime) -> None:
    """Erase this person for good, or, if that fails, not at all."""
    mark = ledger.mark_of(by.person)
    try:
        with transaction.atomic():
            actions.erase(by=by, now=now)
            ledger.note(mark)
    except Exception:
        if mark in ledger.noted() and Person.objects.filter(pk=by.person, is_active=True).exists():
            ledger.strike(mark)  # they are told that it failed, so it must not come about later
        raise
    try:
        _forget(by)
    except Exception as error:  # the rest has time: it is done, and cannot be undone any more
        log.error("Keys of somebody erased are still there (%s).", type(error).__name__)


def replay(now: datetime) -> int:
    """Erase again whoever the ledger names and these databases still hold; say how many.

    And leave again for whoever left a couple in which they are back.
    """
    noted = ledger.noted()
    found = [person for person in _everybody() if ledger.mark_of(person) in noted] if noted else []
    still = [person for person in found if _is_there(person)]
    for person in still:
        _finish(seat_of(Person(pk=person)), now)
    partings.replay(now)
    return len(still)


def _finish(by: Seat, now: datetime) -> None:
    actions.erase(by=by, now=now)
    _forget(by)


def _forget(by: Seat) -> None:
    forget_in_audit(by.person)
    keys.destroy(by.person)


def _everybody() -> list[UUID]:
    return list(Person.objects.values_list("pk", flat=True))


def _is_there(person: UUID) -> bool:
    return Person.objects.filter(pk=person, is_active=True).exists() or keys.exist(person)
