"""What two people opened to each other for one week, as it is kept under the couple's key."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from interwoven.core.opening import Part, Sheet
from interwoven.core.people import Place


@dataclass(frozen=True, slots=True)
class Opened:
    """Two sheets, holding what opened and nothing else."""

    a: Sheet = field(default_factory=Sheet)
    b: Sheet = field(default_factory=Sheet)

    def of(self, place: Place) -> Sheet:
        return self.a if place is Place.A else self.b


def answerable(sheet: Sheet) -> AbstractSet[Part]:
    """The lines of a sheet that can be answered. A guess is answered with the wish it is about."""
    return sheet.answered() - {Part.GUESSES}
