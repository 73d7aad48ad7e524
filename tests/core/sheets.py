"""Sheets made up by chance, for what must hold whatever two people answer."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import settings
from hypothesis import strategies as some

from interwoven.core.closeness import HIGHEST, LOWEST, Rating
from interwoven.core.forms import Form
from interwoven.core.opening import FORM_PARTS, Chosen, Part, Sheet

a_few = settings(deadline=None, max_examples=30)

marks = some.integers(LOWEST, HIGHEST)
ratings = some.builds(Rating, felt=some.none() | marks, hoped=some.none() | marks)
form_ratings = some.dictionaries(some.sampled_from(Form), ratings)
acts = some.sampled_from(["", "hug", "walk", "quiet"])

sheets = some.builds(
    Sheet,
    ratings=form_ratings,
    acts=some.sampled_from(["week@1", "week@1", "week@2"]),
    wish=acts,
    guess=acts,
    amounts=some.dictionaries(some.sampled_from(Form), marks),
    step=some.sampled_from(["", "walk home together", "say good night"]),
)
chosen = some.builds(Chosen, sheet=sheets, parts=some.frozensets(some.sampled_from(Part)))

EVERYTHING = frozenset(Part)


def without(sheet: Sheet, part: Part) -> Sheet:
    """The sheet its author would have kept had they never written this part."""
    match part:
        case Part.WISH:
            return replace(sheet, wish="")
        case Part.STEP:
            return replace(sheet, step="")
        case Part.GUESSES:
            return replace(sheet, guess="", amounts={})
        case _:
            kept = {form: r for form, r in sheet.ratings.items() if form is not FORM_PARTS[part]}
            return replace(sheet, ratings=kept)


def with_part(sheet: Sheet, part: Part, other: Sheet) -> Sheet:
    """The sheet, with this part as the other sheet has it."""
    match part:
        case Part.WISH:
            return replace(sheet, wish=other.wish)
        case Part.STEP:
            return replace(sheet, step=other.step)
        case Part.GUESSES:
            return replace(sheet, guess=other.guess, amounts=other.amounts)
        case _:
            form = FORM_PARTS[part]
            bare = without(sheet, part)
            if form not in other.ratings:
                return bare
            return replace(bare, ratings={**bare.ratings, form: other.ratings[form]})
