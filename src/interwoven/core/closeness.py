"""Closeness as one person tells it: felt and hoped for, form by form, and the gap between.

Two marks of 0 to 10 per form, either of them or both left out at will. The gap is signed, since
hoping for less is as real an answer as hoping for more. It is something to talk about, never a
measure of change, and no two people are ever averaged.

Source: realized and desired closeness, Schaefer and Olson 1981; the signed gap, Mashek and Sherman
2004 and Frost and Forrester 2013. The words for the sizes of a gap are ours and not validated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from interwoven.core.forms import Form

LOWEST, HIGHEST = 0, 10
TALK, LARGE = 2, 4  # absolute gaps from which we say more; ours, not validated


@dataclass(frozen=True, slots=True)
class Rating:
    """One form in one week, two whole marks of 0 to 10. `None` is a skipped mark.

    Raises `ValueError` for a mark outside its scale.
    """

    felt: int | None = None
    hoped: int | None = None

    def __post_init__(self) -> None:
        for mark in (self.felt, self.hoped):
            if mark is not None and not LOWEST <= mark <= HIGHEST:
                raise ValueError(mark)

    def over(self, below: Rating | None) -> Rating:
        """This rating, with the other's mark wherever this one skips."""
        if below is None:
            return self
        felt = below.felt if self.felt is None else self.felt
        return Rating(felt, below.hoped if self.hoped is None else self.hoped)

    @property
    def empty(self) -> bool:
        """Whether both marks were skipped, which is the same as no rating."""
        return self.felt is None and self.hoped is None

    @property
    def gap(self) -> int | None:
        """Hoped for minus felt, -10 to 10. Above zero: hoped for more; below: for less."""
        if self.felt is None or self.hoped is None:
            return None
        return self.hoped - self.felt


class Hope(StrEnum):
    """What a gap says, in a word. Direction and size; never good or bad."""

    MUCH_LESS = "much less"
    LESS = "less"
    LITTLE_LESS = "a little less"
    AS_IT_WAS = "as it was"
    LITTLE_MORE = "a little more"
    MORE = "more"
    MUCH_MORE = "much more"
    UNSAID = "unsaid"


def hope(rating: Rating) -> Hope:
    """Put a rating's gap into a word.

    The word depends on the gap alone: 1 is a little, 2 and 3 are some, 4 to 10 are much, and the
    same downwards. A gap that was not given is `UNSAID`.
    """
    gap = rating.gap
    if gap is None:
        return Hope.UNSAID
    if gap == 0:
        return Hope.AS_IT_WAS
    size = 0 if abs(gap) < TALK else 1 if abs(gap) < LARGE else 2
    more = (Hope.LITTLE_MORE, Hope.MORE, Hope.MUCH_MORE)
    less = (Hope.LITTLE_LESS, Hope.LESS, Hope.MUCH_LESS)
    return (more if gap > 0 else less)[size]


def widest(mine: Mapping[Form, Rating], yours: Mapping[Form, Rating]) -> tuple[Form, ...]:
    """The forms both rated, the one with the widest gap of either person first.

    Size is `max(|gap|)` over the two people, so it does not matter who is asked first. Ties keep
    the order of `Form`. A gap nobody gave counts as nothing.
    """
    both = [form for form in Form if form in mine and form in yours]
    return tuple(sorted(both, key=lambda form: -_size(mine[form], yours[form])))


def _size(*ratings: Rating) -> int:
    return max(abs(rating.gap or 0) for rating in ratings)
