"""What is kept, sealed, of a check-in; and where in a couple's weeks a person is now."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from interwoven.core.acts import ActSet, of_week
from interwoven.core.evenings import monthly
from interwoven.core.forms import Form
from interwoven.core.opening import Chosen, Part, Sheet
from interwoven.infra.library import library


@dataclass(frozen=True, slots=True)
class Kept:
    """One person's sheet for one week, and what they decided about opening it."""

    sheet: Sheet = field(default_factory=Sheet)
    parts: frozenset[Part] = frozenset()  # what they chose to open
    decided: bool = False  # whether they said: open, parts, or keep
    window: str = ""  # the page it was last kept from, so that two windows are told apart

    def offered(self, allowed: frozenset[Part]) -> Chosen:
        return Chosen(self.sheet, self.parts & allowed)


@dataclass(frozen=True, slots=True)
class Week:
    """The week somebody answers for, and the six acts asked about in it."""

    name: date
    acts: ActSet
    strand: Form | None  # the one the two chose to look at, or all

    @property
    def monthly(self) -> bool:
        return monthly(self.name)


def week_named(name: date, strand: str = "") -> Week:
    acts = of_week(library().published_act_sets, name)
    return Week(name, acts, Form(strand) if strand else None)
