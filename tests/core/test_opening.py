"""What opens, as tables a clinician can check, and what must hold whatever two people answer."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given

from interwoven.core.closeness import Rating
from interwoven.core.forms import Form
from interwoven.core.opening import (
    FORM_PARTS,
    Chosen,
    Part,
    Sheet,
    anything,
    opens,
    parts_in_view,
)
from tests.core.sheets import EVERYTHING, a_few, chosen, sheets, with_part, without

NOTHING = Sheet()
ANAS = Sheet(
    ratings={form: Rating(3, 7) for form in Form},
    acts="week@1",
    wish="hug",
    guess="quiet",
    amounts=dict.fromkeys(Form, 5),
    step="a walk on Tuesday",
)
BOS = Sheet(
    ratings={form: Rating(8, 6) for form in Form},
    acts="week@1",
    wish="walk",
    guess="hug",
    amounts=dict.fromkeys(Form, 9),
    step="phones off at supper",
)
ANSWERS = [part for part in Part if part is not Part.GUESSES]


def state(sheet: Sheet, part: Part, how: str) -> Chosen:
    """A person who opens, keeps or skips one part. "ticked" is skipped, yet ticked to open."""
    answered = sheet if how in {"opens", "keeps"} else without(sheet, part)
    return Chosen(answered, frozenset({part} if how in {"opens", "ticked"} else ()))


# Ana and Bo answered alone. What does each see of the other?
#  Ana       Bo        both see it
TABLE = [
    ("opens", "opens", True),
    ("opens", "keeps", False),
    ("opens", "skips", False),
    ("opens", "ticked", False),
    ("keeps", "opens", False),
    ("keeps", "keeps", False),
    ("keeps", "skips", False),
    ("keeps", "ticked", False),
    ("skips", "opens", False),
    ("skips", "keeps", False),
    ("skips", "skips", False),
    ("skips", "ticked", False),
    ("ticked", "opens", False),
    ("ticked", "keeps", False),
    ("ticked", "skips", False),
    ("ticked", "ticked", False),
]


def test_the_table_holds_every_pair_of_states_once():
    states = ["opens", "keeps", "skips", "ticked"]

    assert [row[:2] for row in TABLE] == list(product(states, repeat=2))


@pytest.mark.parametrize(("ana", "bo", "both_see_it"), TABLE)
def test_a_part_opens_to_both_or_to_neither_and_leaves_no_trace(ana, bo, both_see_it):
    for part in ANSWERS:
        of_ana, of_bo = opens(state(ANAS, part, ana), state(BOS, part, bo))

        expected = frozenset({part} if both_see_it else ())
        assert of_ana.answered() == of_bo.answered() == expected
        assert ((of_ana, of_bo) == (NOTHING, NOTHING)) is not both_see_it


@pytest.mark.parametrize("form", Form)
def test_an_opened_form_shows_both_marks_of_both_as_they_were_given(form):
    part = Part(form.value)

    of_ana, of_bo = opens(Chosen(ANAS, frozenset({part})), Chosen(BOS, frozenset({part})))

    assert of_ana == Sheet(ratings={form: Rating(3, 7)})
    assert of_bo == Sheet(ratings={form: Rating(8, 6)})


# Ana guessed at Bo's wish. Who sees the guess?
#  Ana opens   Ana opens   Bo opens   Bo sees
#  guesses     her wish    his wish   Ana's guess
GUESSED = [
    (True, True, True, True),
    (False, True, True, False),
    (True, False, True, False),
    (True, True, False, False),
    (True, False, False, False),
    (False, True, False, False),
    (False, False, True, False),
    (False, False, False, False),
]


@pytest.mark.parametrize("bo_opens_guesses", [True, False])
@pytest.mark.parametrize(("guesses", "wish", "bos_wish", "seen"), GUESSED)
def test_a_guess_opens_by_its_authors_choice_beside_the_wish_it_is_about(
    guesses, wish, bos_wish, seen, bo_opens_guesses
):
    ana = Chosen(ANAS, ticks((Part.GUESSES, guesses), (Part.WISH, wish)))
    bo = Chosen(BOS, ticks((Part.GUESSES, bo_opens_guesses), (Part.WISH, bos_wish)))

    of_ana, _ = opens(ana, bo)

    assert of_ana.guess == ("quiet" if seen else "")


@pytest.mark.parametrize("bo_opens_guesses", [True, False])
@pytest.mark.parametrize(("guesses", "form", "bos_form", "seen"), GUESSED)
def test_a_guessed_amount_opens_by_its_authors_choice_with_its_form_and_no_other(
    guesses, form, bos_form, seen, bo_opens_guesses
):
    ana = Chosen(ANAS, ticks((Part.GUESSES, guesses), (Part.PHYSICAL, form)))
    bo = Chosen(BOS, ticks((Part.GUESSES, bo_opens_guesses), (Part.PHYSICAL, bos_form)))

    of_ana, _ = opens(ana, bo)

    assert of_ana.amounts == ({Form.PHYSICAL: 5} if seen else {})


def ticks(*parts: tuple[Part, bool]) -> frozenset[Part]:
    return frozenset(part for part, ticked in parts if ticked)


def test_guesses_alone_open_nothing():
    guesses = frozenset({Part.GUESSES})

    assert opens(Chosen(ANAS, guesses), Chosen(BOS, guesses)) == (NOTHING, NOTHING)


def test_two_who_were_asked_about_different_acts_open_no_wish_and_no_guess_at_one():
    of_ana, of_bo = opens(Chosen(ANAS, EVERYTHING), Chosen(replace(BOS, acts="week@2"), EVERYTHING))

    assert (of_ana.acts, of_ana.wish, of_ana.guess) == ("", "", "")
    assert (of_bo.acts, of_bo.wish, of_bo.guess) == ("", "", "")
    assert of_ana.step == ANAS.step


def test_two_who_open_everything_see_everything():
    assert opens(Chosen(ANAS, EVERYTHING), Chosen(BOS, EVERYTHING)) == (ANAS, BOS)


# A rating with one mark is an answer; one with none is not.
@pytest.mark.parametrize(
    ("rating", "answered"),
    [(Rating(0, 0), True), (Rating(0, None), True), (Rating(None, 0), True), (Rating(), False)],
)
def test_a_form_is_answered_by_either_of_its_marks(rating, answered):
    sheet = Sheet(ratings={Form.PHYSICAL: rating})

    assert (Part.PHYSICAL in sheet.answered()) is answered
    assert anything(sheet) is answered


@pytest.mark.parametrize("part", Part)
def test_a_sheet_holds_what_was_written_in_it_and_nothing_else(part):
    assert without(ANAS, part).answered() == EVERYTHING - {part}


@pytest.mark.parametrize("strand", Form)
def test_a_strand_chosen_beforehand_keeps_the_other_forms_out_of_view(strand):
    in_view = parts_in_view(strand)

    assert in_view & FORM_PARTS.keys() == {Part(strand.value)}
    assert in_view - FORM_PARTS.keys() == {Part.WISH, Part.STEP, Part.GUESSES}


def test_without_a_strand_everything_is_in_view():
    assert parts_in_view(None) == EVERYTHING


@a_few
@given(one=chosen, other=chosen)
def test_it_does_not_matter_who_is_asked_first(one, other):
    assert opens(one, other) == opens(other, one)[::-1]


@a_few
@given(one=chosen, other=chosen)
def test_what_opens_was_answered_and_chosen_by_both(one, other):
    for seen, author in zip(opens(one, other), (one, other), strict=True):
        both = one.offered() & other.offered()
        assert seen.answered() - {Part.GUESSES} <= both
        assert seen.answered() <= author.offered()


@a_few
@given(one=chosen, other=chosen)
def test_what_opens_is_word_for_word_what_was_written(one, other):
    for seen, author in zip(opens(one, other), (one, other), strict=True):
        for part in seen.answered() - {Part.GUESSES}:
            assert with_part(seen, part, author.sheet) == seen
        assert seen.guess in {"", author.sheet.guess}
        assert seen.amounts.items() <= author.sheet.amounts.items()


@a_few
@given(one=chosen, other=chosen)
def test_opening_again_what_has_opened_adds_nothing_and_takes_nothing(one, other):
    first, second = opens(one, other)

    assert opens(Chosen(first, EVERYTHING), Chosen(second, EVERYTHING)) == (first, second)


@a_few
@given(one=chosen, other=chosen, instead=chosen)
def test_what_opens_depends_on_nothing_but_what_both_offered(one, other, instead):
    """Whatever else one of them wrote, ticked, or left out, it comes out the same for both."""
    otherwise = rewritten(one, other, instead)

    assert opens(otherwise, other) == opens(one, other)


@a_few
@given(one=chosen, other=chosen, instead=sheets)
def test_what_was_kept_could_as_well_have_been_anything(one, other, instead):
    sheet = one.sheet
    for part in EVERYTHING - one.parts:
        sheet = with_part(sheet, part, instead)

    assert opens(Chosen(sheet, one.parts), other) == opens(one, other)


@a_few
@given(one=chosen, other=chosen)
def test_keeping_is_the_same_as_never_having_written(one, other):
    sheet = one.sheet
    for part in EVERYTHING - one.parts:
        sheet = without(sheet, part)

    assert opens(Chosen(sheet, one.parts), other) == opens(one, other)


def rewritten(one: Chosen, other: Chosen, instead: Chosen) -> Chosen:
    """The same person, with all that the two did not both offer as it is in another sheet.

    Guesses at what both offered stay, as a guess opens by its author's choice alone.
    """
    both = one.offered() & other.offered()
    sheet = one.sheet
    for part in EVERYTHING - both - {Part.GUESSES}:
        sheet = with_part(sheet, part, instead.sheet)
    at_both = {form: n for form, n in sheet.amounts.items() if Part(form.value) in both}
    elsewhere = {f: n for f, n in instead.sheet.amounts.items() if Part(f.value) not in both}
    sheet = replace(
        sheet,
        guess=sheet.guess if Part.WISH in both else instead.sheet.guess,
        amounts={**at_both, **elsewhere},
    )
    freely_ticked = instead.parts - other.offered() - {Part.GUESSES}
    return Chosen(sheet, both | freely_ticked | (one.parts & {Part.GUESSES}))


def test_a_guess_at_a_mark_that_was_left_out_does_not_open():
    unsaid = replace(BOS, ratings={form: Rating(8, None) for form in Form})

    of_ana, of_bo = opens(Chosen(ANAS, EVERYTHING), Chosen(unsaid, EVERYTHING))

    assert of_ana.amounts == {}
    assert of_bo.amounts == BOS.amounts


def test_a_sheet_can_be_kept_to_some_forms():
    kept = ANAS.only({Form.PHYSICAL})

    assert set(kept.ratings) == set(kept.amounts) == {Form.PHYSICAL}
    assert (kept.wish, kept.step) == (ANAS.wish, ANAS.step)
