"""Answers given blind are laid over what is kept: nothing is lost that was not filled in anew."""

from __future__ import annotations

from hypothesis import given

from interwoven.core.closeness import Rating
from interwoven.core.forms import Form
from interwoven.core.opening import Sheet
from tests.core.sheets import a_few, sheets

KEPT = Sheet(
    ratings={Form.EMOTIONAL: Rating(6, 8), Form.PHYSICAL: Rating(4, None)},
    acts="week@1",
    wish="hug",
    guess="walk",
    amounts={Form.EMOTIONAL: 3},
    step="walk home together",
)


@a_few
@given(kept=sheets)
def test_an_empty_form_changes_nothing(kept):
    assert Sheet().over(kept) == kept


@a_few
@given(filled=sheets)
def test_over_nothing_it_is_what_was_filled_in(filled):
    assert filled.over(Sheet()) == filled


@a_few
@given(filled=sheets, kept=sheets)
def test_whatever_is_filled_in_is_kept(filled, kept):
    laid = filled.over(kept)

    assert filled.answered() <= laid.answered()
    assert filled.over(laid) == laid
    assert kept.answered() - laid.answered() <= {"wish", "guesses"}  # of another set of acts


def test_each_mark_is_laid_over_its_own():
    filled = Sheet(ratings={Form.PHYSICAL: Rating(None, 9)}, acts="week@1", wish="quiet")

    laid = filled.over(KEPT)

    assert laid.ratings == {Form.EMOTIONAL: Rating(6, 8), Form.PHYSICAL: Rating(4, 9)}
    assert (laid.wish, laid.guess, laid.step) == ("quiet", "walk", "walk home together")
    assert laid.amounts == {Form.EMOTIONAL: 3}


def test_an_act_of_another_set_is_never_read_as_one_of_this():
    laid = Sheet(acts="week@2", wish="quiet").over(KEPT)

    assert (laid.acts, laid.wish, laid.guess) == ("week@2", "quiet", "")
