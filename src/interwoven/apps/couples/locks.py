"""Take turns: until the transaction ends, whoever holds a lock is alone with what it locks.

People come before their couple and the invitations between them, a couple before what the two
wrote, and people in one order, so that no two ever wait for each other.
"""

from __future__ import annotations

from interwoven.apps.accounts.locks import lock_people
from interwoven.apps.couples.models import Couple
from interwoven.core.people import Seat

__all__ = ["lock_couple", "lock_people"]


def lock_couple(by: Seat) -> Couple:
    """The couple of this seat, as it is now and until this transaction ends."""
    return Couple.objects.select_for_update(no_key=True).get(pk=by.table)
