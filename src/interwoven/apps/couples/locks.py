"""Take turns: until the transaction ends, whoever holds a lock is alone with what it locks.

People come before their couple and the invitations between them, a couple before what the two
wrote, and people in one order, so that no two ever wait for each other.
"""

from __future__ import annotations

from uuid import UUID

from interwoven.apps.accounts.models import Person
from interwoven.apps.couples.models import Couple
from interwoven.core.people import Seat


def lock_couple(by: Seat) -> Couple:
    """The couple of this seat, as it is now and until this transaction ends."""
    return Couple.objects.select_for_update(no_key=True).get(pk=by.table)


def lock_people(*people: UUID) -> None:
    """Let nobody else pair or invite for these people until this transaction ends."""
    rows = Person.objects.filter(pk__in=people).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk"))
