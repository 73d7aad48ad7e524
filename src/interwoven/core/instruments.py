"""What a check-in asks, as data: felt and hoped-for closeness of each form, a wish and a guess.

Every mark runs from 0 to 10 and every item may be skipped. It is something to talk about and not a
validated measure.

Source: asking for closeness as it is and as one would like it, Schaefer and Olson 1981.
"""

from __future__ import annotations

from dataclasses import dataclass

from interwoven.core.forms import Form
from interwoven.core.provenance import Provenance, Status


@dataclass(frozen=True, slots=True)
class Item:
    """One form, and how its two marks are asked for."""

    id: Form
    name: str
    meaning: str
    felt_ask: str
    hoped_ask: str
    low_label: str  # stands at 0
    high_label: str  # stands at 10


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
    amount_ask: str  # monthly: how much closeness the other one hoped for, 0 to 10
    step_ask: str  # monthly: one small step, in words
    provenance: Provenance

    @property
    def ref(self) -> str:
        """Its name and version, such as "weekly@1"."""
        return f"{self.id}@{self.version}"
