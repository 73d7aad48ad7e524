"""What a rating is, what a gap says, and which form to look at first."""

from __future__ import annotations

import pytest
from hypothesis import given

from interwoven.core.closeness import Hope, Rating, hope, widest
from interwoven.core.forms import Form
from tests.core.sheets import a_few, form_ratings, ratings

E, P, I, S = Form  # noqa: E741  # the four forms in their order


@pytest.mark.parametrize("mark", [None, 0, 1, 9, 10])
def test_a_mark_runs_from_0_to_10_or_is_skipped(mark):
    assert Rating(mark, mark).felt == Rating(mark, mark).hoped == mark


@pytest.mark.parametrize("mark", [-1, 11, -10, 100])
def test_a_mark_outside_its_scale_is_refused_whichever_it_is(mark):
    with pytest.raises(ValueError, match=str(mark)):
        Rating(felt=mark)
    with pytest.raises(ValueError, match=str(mark)):
        Rating(hoped=mark)


# felt, hoped: the gap, and is the rating empty?
GAPS = [
    (3, 8, 5, False),
    (8, 3, -5, False),
    (0, 10, 10, False),
    (10, 0, -10, False),
    (6, 6, 0, False),
    (0, 0, 0, False),
    (0, None, None, False),
    (None, 0, None, False),
    (None, None, None, True),
]


@pytest.mark.parametrize(("felt", "hoped", "gap", "empty"), GAPS)
def test_a_gap_is_signed_and_needs_both_marks(felt, hoped, gap, empty):
    rating = Rating(felt, hoped)

    assert (rating.gap, rating.empty) == (gap, empty)


# How each gap is put into words
WORDS = [
    (-10, Hope.MUCH_LESS),
    (-5, Hope.MUCH_LESS),
    (-4, Hope.MUCH_LESS),
    (-3, Hope.LESS),
    (-2, Hope.LESS),
    (-1, Hope.LITTLE_LESS),
    (0, Hope.AS_IT_WAS),
    (1, Hope.LITTLE_MORE),
    (2, Hope.MORE),
    (3, Hope.MORE),
    (4, Hope.MUCH_MORE),
    (5, Hope.MUCH_MORE),
    (10, Hope.MUCH_MORE),
]


@pytest.mark.parametrize(("gap", "word"), WORDS)
def test_the_word_for_a_gap_depends_on_the_gap_and_not_on_where_it_lies(gap, word):
    everywhere = [Rating(felt, felt + gap) for felt in range(11) if 0 <= felt + gap <= 10]

    assert {hope(rating) for rating in everywhere} == {word}


@pytest.mark.parametrize("rating", [Rating(), Rating(felt=5), Rating(hoped=5)])
def test_a_gap_nobody_gave_is_left_unsaid(rating):
    assert hope(rating) is Hope.UNSAID


@a_few
@given(rating=ratings)
def test_hoping_for_less_and_for_more_are_told_alike(rating):
    turned = Rating(rating.hoped, rating.felt)

    assert (rating.gap is None) == (turned.gap is None)
    assert (rating.gap or 0) == -(turned.gap or 0)
    assert hope(turned).replace("less", "more") == hope(rating).replace("less", "more")


# Ana's gaps, Bo's gaps, form by form (None: not rated, "-": rated without a gap): in which order?
ORDERS = [
    ((1, 1, 1, 1), (1, 1, 1, 1), [E, P, I, S]),  # ties keep the order of the forms
    ((0, 0, 0, 5), (0, 0, 0, 0), [S, E, P, I]),
    ((0, 0, 0, 0), (0, 0, 0, -5), [S, E, P, I]),  # less is as wide as more
    ((0, 3, -3, 0), (0, 0, 0, 2), [P, I, S, E]),
    ((1, 1, 1, 4), (1, 1, 5, 1), [I, S, E, P]),  # the wider of the two counts, not their sum
    ((3, 3, 0, 0), (3, 0, 4, 0), [I, E, P, S]),
    ((9, 1, None, 1), (None, 1, 9, 2), [S, P]),  # what one left out is not compared
    (("-", 1, "-", 1), ("-", "-", 2, 1), [I, P, S, E]),
    ((None, None, None, None), (5, 5, 5, 5), []),
]


def rated(gaps: tuple[int | str | None, ...]) -> dict[Form, Rating]:
    return {
        form: Rating(felt=5) if gap == "-" else Rating(0, gap) if gap >= 0 else Rating(-gap, 0)
        for form, gap in zip(Form, gaps, strict=True)
        if gap is not None
    }


@pytest.mark.parametrize(("anas", "bos", "order"), ORDERS)
def test_the_widest_gap_of_either_comes_first(anas, bos, order):
    assert list(widest(rated(anas), rated(bos))) == order


@a_few
@given(mine=form_ratings, yours=form_ratings)
def test_the_order_does_not_tell_who_was_asked_first(mine, yours):
    order = widest(mine, yours)

    assert order == widest(yours, mine)
    assert set(order) == mine.keys() & yours.keys()
    assert len(order) == len(set(order))
