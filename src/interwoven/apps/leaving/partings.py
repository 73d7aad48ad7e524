"""Whoever left a couple has left it, also when a backup from before is put back."""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.couples.models import Membership, Parting
from interwoven.apps.couples.seats import seat_of
from interwoven.apps.leaving import actions
from interwoven.infra import ledger


def replay(now: datetime) -> int:
    """Leave again for whoever left, as the ledger says, and is back; say how many that were."""
    _catch_up()
    noted = ledger.noted()
    back = [row for row in _seated() if _mark_of(row) in noted] if noted else []
    for row in back:
        actions.leave_again(by=seat_of(row.person), now=now)
    return len(back)


def _catch_up() -> None:
    """Note whoever left just before a halt, or before this was noted at all."""
    noted = ledger.noted()
    for person, couple in Parting.objects.values_list("person_id", "couple_id"):
        if (mark := ledger.mark_of_parting(person, couple)) not in noted:
            ledger.note(mark)


def _seated() -> list[Membership]:
    return list(Membership.objects.filter(ended_on=None).select_related("person"))


def _mark_of(row: Membership) -> str:
    return ledger.mark_of_parting(row.person_id, row.couple_id)
