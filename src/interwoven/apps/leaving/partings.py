"""Whoever left a couple has left it, also when a backup from before is put back."""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.couples.models import Membership, Parting
from interwoven.apps.couples.seats import seat_of
from interwoven.apps.leaving import actions
from interwoven.infra import ledger
from interwoven.infra.logs import going_on


def replay(noted: frozenset[str], now: datetime) -> int:
    """Leave again for whoever left, as is noted, and is back; say how many still are."""
    for row in _back(noted):
        with going_on("Somebody who left a couple is back in it"):
            actions.leave_again(by=seat_of(row.person), now=now)
    return len(_back(noted))


def catch_up() -> None:
    """Note whoever left just before a halt, or should the ledger have been lost."""
    noted = ledger.noted()
    for person, couple in Parting.objects.values_list("person_id", "couple_id"):
        if (mark := ledger.mark_of_parting(person, couple)) not in noted:
            ledger.note(mark)


def _back(noted: frozenset[str]) -> list[Membership]:
    return [row for row in _seated() if _mark_of(row) in noted] if noted else []


def _seated() -> list[Membership]:
    return list(Membership.objects.filter(ended_on=None).select_related("person"))


def _mark_of(row: Membership) -> str:
    return ledger.mark_of_parting(row.person_id, row.couple_id)
