"""What a check-in asks, as data: felt and hoped-for closeness of each form, a wish and a guess.

Every mark runs from 0 to 10 and every item may be skipped. It is something to talk about and not a
validated measure.

Source: asking for closeness as it is and as one would like it, Schaefer and Olson 1981.
"""

from __future__ import annotations

from dataclasses import dataclass

from interwoven.core.closeness import HIGHEST, LOWEST
from interwoven.core.forms import Form
from interwoven.core.provenance import Provenance, Status

__all__ = ["HIGHEST", "LOWEST", "Instrument", "Item"]


@dataclass(frozen=True, slots=True)
class Item:
    """One form, and how its two marks are asked for."""

    id: Form
    name: str
    meaning: str
    felt_ask: str
    hoped_ask: str
    low_label: str  # stands at `LOWEST`
    high_label: str  # stands at `HIGHEST`


@dataclass(frozen=True, slots=True)
class Instrument:
    """A check-in: one item for each form, in the order of `Form`, and what is asked besides."""

    id: str
    version: int
    status: Status
    title: str
    lead: str
    items: tuple[Item, ...]
    wish_ask: str
    guess_ask: str
    amount_ask: str  # monthly: how much closeness the other one hoped for
    step_ask: str  # monthly
    provenance: Provenance

    @property
    def ref(self) -> str:
        return f"{self.id}@{self.version}"
