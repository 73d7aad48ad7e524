"""What opens: the one rule that lets one person's answers be seen by the other.

A part opens when each of the two answered it and each chose to open it, and not otherwise. A part
that was kept, skipped, withdrawn or never written is the same as no part: what comes out for two
people depends on nothing else that either of them wrote. A guess opens if its author chose to open
guesses and the wish it guesses at opened.

Source: reciprocity of disclosure, Reis and Shaver 1988. Opening both ways at once is ours.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from interwoven.core.closeness import Rating
from interwoven.core.forms import Form


class Part(StrEnum):
    """What can be opened or kept by itself."""

    EMOTIONAL = "emotional"
    PHYSICAL = "physical"
    INTELLECTUAL = "intellectual"
    SPIRITUAL = "spiritual"
    WISH = "wish"  # which act would feel close to me
    STEP = "step"  # one small step, monthly
    GUESSES = "guesses"  # what I think the other would say


FORM_PARTS: Mapping[Part, Form] = {Part(form.value): form for form in Form}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person's answers for one week. Theirs alone until parts of it open."""

    ratings: dict[Form, Rating] = field(default_factory=dict)
    acts: str = ""  # the set of acts asked about, "id@version"
    wish: str = ""  # the id of the act that would feel close to me
    guess: str = ""  # the id of the act I think would feel close to you
    amounts: dict[Form, int] = field(default_factory=dict)  # my guess at what you hoped for, 0-10
    step: str = ""

    def answered(self) -> frozenset[Part]:
        """The parts this sheet holds an answer to."""
        parts = {Part(form.value) for form, rating in self.ratings.items() if not rating.empty}
        if self.wish:
            parts.add(Part.WISH)
        if self.step:
            parts.add(Part.STEP)
        if self.guess or self.amounts:
            parts.add(Part.GUESSES)
        return frozenset(parts)

    def only(self, forms: Collection[Form]) -> Sheet:
        """The same sheet with nothing in it about any other form."""
        return replace(
            self,
            ratings={form: rating for form, rating in self.ratings.items() if form in forms},
            amounts={form: amount for form, amount in self.amounts.items() if form in forms},
        )

    def over(self, below: Sheet) -> Sheet:
        """This sheet laid over another of the same week: what it leaves out stays as it was.

        An act is only known by its set. Where the two were asked about different ones, and this
        one names any act, the acts are all this one's.
        """
        asked_alike = self.acts == below.acts or not self.acts
        ratings = {form: mark.over(below.ratings.get(form)) for form, mark in self.ratings.items()}
        return Sheet(
            ratings=below.ratings | ratings,
            acts=self.acts or below.acts,
            wish=self.wish or (below.wish if asked_alike else ""),
            guess=self.guess or (below.guess if asked_alike else ""),
            amounts=below.amounts | self.amounts,
            step=self.step or below.step,
        )


@dataclass(frozen=True, slots=True)
class Chosen:
    """A sheet, and the parts of it its author chose to open."""

    sheet: Sheet
    parts: frozenset[Part]

    def offered(self) -> frozenset[Part]:
        """The parts that are both answered and chosen."""
        return self.parts & self.sheet.answered()


def opens(one: Chosen, other: Chosen) -> tuple[Sheet, Sheet]:
    """What may be seen of each of the two from now on: of `one`, then of `other`.

    Both are sheets with everything else left out. The result depends only on the parts both
    offered, and on the guesses at what opened. Swapping the two people swaps the two sheets. Two
    sheets asked about different sets of acts open no wish.
    """
    both = one.offered() & other.offered()
    if one.sheet.acts != other.sheet.acts:
        both -= {Part.WISH}
    return _part_of(one, both, at=other), _part_of(other, both, at=one)


def parts_in_view(strand: Form | None) -> frozenset[Part]:
    """The parts two people look at together: all, or one strand and what belongs to no strand.

    A strand chosen beforehand makes it ordinary that the others do not open.
    """
    if strand is None:
        return frozenset(Part)
    return frozenset({Part(strand.value), Part.WISH, Part.STEP, Part.GUESSES})


def anything(sheet: Sheet) -> bool:
    """Whether a sheet holds any answer at all."""
    return bool(sheet.answered())


def _part_of(whole: Chosen, both: frozenset[Part], *, at: Chosen) -> Sheet:
    """What opens of one person's sheet. A guess opens only where there is a mark it guesses at."""
    sheet = whole.sheet
    forms = [FORM_PARTS[part] for part in both if part in FORM_PARTS]
    hoped = [form for form in forms if at.sheet.ratings[form].hoped is not None]
    guesses = Part.GUESSES in whole.parts
    wish = Part.WISH in both
    return Sheet(
        ratings={form: sheet.ratings[form] for form in Form if form in forms},
        acts=sheet.acts if wish else "",
        wish=sheet.wish if wish else "",
        guess=sheet.guess if wish and guesses else "",
        amounts={f: n for f, n in sheet.amounts.items() if guesses and f in hoped},
        step=sheet.step if Part.STEP in both else "",
    )
