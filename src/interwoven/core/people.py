"""Who is in the room: people, the two places of a couple, and a seat, whose eyes a page is for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Place(StrEnum):
    """One of the two places of a couple. It fixes a shape and a line, and nothing else."""

    A = "a"
    B = "b"

    @property
    def other(self) -> Place:
        """The place across the table."""
        return Place.B if self is Place.A else Place.A


@dataclass(frozen=True, slots=True)
class Seat:
    """One signed-in person, and the place they hold in a couple, if they hold one.

    Every read takes a seat and every change says by whose it is made.
    """

    person: UUID
    couple: UUID | None = None
    place: Place | None = None
    epoch: int = 1

    @property
    def paired(self) -> bool:
        """Whether this person is one of a couple."""
        return self.couple is not None

    @property
    def table(self) -> UUID:
        """The couple this seat is at. Raises `LookupError` for a person without a partner."""
        if self.couple is None:
            raise LookupError("a person without a partner sits at no table")
        return self.couple
