"""One thing to do: a strand, what already works, a wish each, and one small act that both agree on.

A week after its day each person says for themselves how it went, and privately how understood,
accepted and cared about they felt. What each said opens when both have said it.

Source: feedback about a gap changes intentions but not behaviour without a concrete plan
(implementation intentions, Gollwitzer 1999); felt responsiveness, Laurenceau and others 1998.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from interwoven.core.people import Place

REVIEW_AFTER = timedelta(days=7)
SHORTEST, LONGEST = 1, 600  # minutes an act may take


class Whose(StrEnum):
    """Who sees to it."""

    A = "a"
    B = "b"
    BOTH = "both"

    def includes(self, place: Place | None) -> bool:
        return self is Whose.BOTH or (place is not None and self.value == place.value)


class Outcome(StrEnum):
    DONE = "done"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two says about the strand: one thing that works already, and one wish."""

    works: str = ""
    wish: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """One concrete act: what, who sees to it, on which day, and for how long (minutes)."""

    what: str
    whose: Whose
    day: date
    minutes: int

    def review_on(self) -> date:
        return self.day + REVIEW_AFTER


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything the two have said to each other about one thing to do. Both see all of it."""

    strand: str  # a Form, as text
    said: dict[Place, Said] = field(default_factory=dict)
    act: Act | None = None
    proposed_by: Place | None = None
    outcomes: dict[Place, Outcome] = field(default_factory=dict)  # both, or none

    def may_agree(self, place: Place) -> bool:
        """The one who did not propose agrees; nobody agrees with themselves."""
        return self.act is not None and self.proposed_by is place.other


@dataclass(frozen=True, slots=True)
class Pulse:
    """How one person felt met, 0 to 10 each. Theirs alone, always."""

    understood: int | None = None
    accepted: int | None = None
    cared_about: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One person's look back. The outcome opens when both have given one; the pulse never."""

    outcome: Outcome
    pulse: Pulse = field(default_factory=Pulse)


def outcomes_that_open(a: Outcome | None, b: Outcome | None) -> dict[Place, Outcome]:
    """Both outcomes once both are said; until then none, whoever said theirs."""
    if a is None or b is None:
        return {}
    return {Place.A: a, Place.B: b}
