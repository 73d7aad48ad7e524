"""Erasing somebody, whatever happens in the middle of it.

First the ledger, which makes it certain; then the rows, in one transaction; then the keys. Whoever
stands in the ledger and is still there is erased again at the next start, and after a restore.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from interwoven.apps.accounts.models import Person
from interwoven.apps.couples.seats import seat_of
from interwoven.apps.leaving import actions, partings
from interwoven.apps.leaving.traces import forget_in_audit
from interwoven.core.people import Seat
from interwoven.infra import ledger
from interwoven.infra.crypto import keys


def erase(*, by: Seat, now: datetime) -> None:
    """Erase this person for good. After the first line of it there is no way back."""
    ledger.note(ledger.mark_of(by.person))
    _finish(by, now)


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
    forget_in_audit(by.person)
    keys.destroy(by.person)


def _everybody() -> list[UUID]:
    return list(Person.objects.values_list("pk", flat=True))


def _is_there(person: UUID) -> bool:
    return Person.objects.filter(pk=person, is_active=True).exists() or keys.exist(person)
