"""Who sits at a couple's table, asked of the database once for each page.

A page first finds out which seat its reader holds, and then what the two are called. Both are the
same rows, so the first keeps them at hand for the second, until the page is done.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from interwoven.apps.couples.models import Membership
from interwoven.core.people import Place, Seat

Rows = Sequence[Membership]

_at_hand: ContextVar[tuple[Seat, Rows] | None] = ContextVar("at_hand", default=None)


def rows_with(person: UUID) -> Rows:
    """Both places of the couple this person is in now, if they are in one."""
    mine = Membership.objects.filter(
        couple__memberships__person_id=person, couple__memberships__ended_on=None
    )
    return tuple(mine.select_related("couple"))


def rows_at(seat: Seat) -> Rows:
    """Both places at this seat's table: those at hand, or else from the database.

    They are the same rows from either place.
    """
    kept = _at_hand.get()
    if kept is not None and seat.paired and kept[0].couple == seat.couple:
        return kept[1]
    return tuple(Membership.objects.select_related("couple").filter(couple_id=seat.table))


def seat_at(rows: Rows, person: UUID) -> Seat:
    """The seat this person holds: a place in a couple, or a chair of their own."""
    held = next((row for row in rows if row.person_id == person), None)
    if held is None:
        return Seat(person)
    return Seat(person, held.couple_id, Place(held.place), held.couple.key_epoch)


def seat_across(rows: Rows, seat: Seat) -> Seat:
    """The seat of the other one at this table: their place, or a chair of their own if they left.

    Raises `StopIteration` if there is nobody.
    """
    row = next(row for row in rows if row.person_id != seat.person)
    if row.ended_on is not None:
        return Seat(row.person_id)
    return Seat(row.person_id, row.couple_id, Place(row.place), seat.epoch)


@contextmanager
def kept_at_hand(seat: Seat, rows: Rows) -> Iterator[None]:
    token = _at_hand.set((seat, rows))
    try:
        yield
    finally:
        _at_hand.reset(token)
