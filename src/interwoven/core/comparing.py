"""Two opened sheets side by side: what a map may say. Two marks each, and never a third.

Nothing here adds, averages or ranks two people. It says for each form what each hoped for, with
the other's guess beside it, and whether the guess said the same. How near is for the two to see.

Source: two people's marks laid side by side to be talked over, Schaefer and Olson 1981.
"""

from __future__ import annotations

from dataclasses import dataclass

from interwoven.core.closeness import Hope, Rating, hope, widest
from interwoven.core.forms import Form
from interwoven.core.opening import Sheet
from interwoven.core.people import Place


@dataclass(frozen=True, slots=True)
class Mark:
    """One person's rating of one form, and the other's guess at what they hoped for."""

    rating: Rating
    hope: Hope
    guessed: int | None = None  # 0 to 10

    @property
    def met(self) -> bool:
        """Whether the other guessed this very mark."""
        return self.guessed is not None and self.guessed == self.rating.hoped


@dataclass(frozen=True, slots=True)
class FormLine:
    """One form, as each of the two rated it."""

    form: Form
    a: Mark
    b: Mark

    @property
    def alike(self) -> bool:
        """Whether both said the same of what they hoped for. Two who left it unsaid did not."""
        return self.a.hope is self.b.hope and self.a.hope is not Hope.UNSAID


@dataclass(frozen=True, slots=True)
class WishLine:
    """The acts each wished for, and the act each guessed at, as ids."""

    a_wish: str
    b_wish: str
    a_guess: str = ""  # what a thought b would wish for
    b_guess: str = ""

    def met(self, place: Place) -> bool:
        """Whether the wish of the one in this place is what the other guessed."""
        if place is Place.A:
            return self.a_wish == self.b_guess
        return self.b_wish == self.a_guess


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a map may say of two opened sheets."""

    forms: tuple[FormLine, ...]  # those both rated, in the order of `Form`, never by size
    talk_first: Form | None  # the form with the widest gap of either person; None without a gap
    wishes: WishLine | None  # None unless both wished


def compare(a: Sheet, b: Sheet) -> Comparison:
    """Lay two sheets side by side, as `opens` gave them: what is in them is taken to have opened.

    Swapping the people swaps the sides and nothing else.
    """
    forms = tuple(
        FormLine(
            form,
            a=_mark(a.ratings[form], b.amounts.get(form)),
            b=_mark(b.ratings[form], a.amounts.get(form)),
        )
        for form in Form
        if form in a.ratings and form in b.ratings
    )
    talk_first = next(
        (
            form
            for form in widest(a.ratings, b.ratings)
            if a.ratings[form].gap or b.ratings[form].gap
        ),
        None,
    )
    wishes = WishLine(a.wish, b.wish, a.guess, b.guess) if a.wish and b.wish else None
    return Comparison(forms, talk_first, wishes)


def _mark(rating: Rating, guess: int | None) -> Mark:
    return Mark(rating, hope(rating), guess)
