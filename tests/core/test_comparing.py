"""What a map of two opened sheets may say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from interwoven.core.closeness import Hope, Rating
from interwoven.core.comparing import FormLine, Mark, WishLine, compare
from interwoven.core.forms import Form
from interwoven.core.opening import Sheet
from interwoven.core.people import Place
from tests.core.sheets import a_few, sheets


@pytest.mark.parametrize("hoped", [6, None])
@pytest.mark.parametrize("guess", [0, 6, 10, None])
def test_a_guess_stands_beside_the_mark_it_was_made_at(hoped, guess):
    ana = Sheet(ratings={Form.PHYSICAL: Rating(5, hoped)})
    bo = Sheet(
        ratings={Form.PHYSICAL: Rating(5, 5)},
        amounts={} if guess is None else {Form.PHYSICAL: guess},
    )

    (line,) = compare(ana, bo).forms

    assert (line.a.guessed, line.b.guessed) == (guess, None)
    assert line.a.met is (guess is not None and guess == hoped)
    assert not line.b.met


def test_each_mark_stands_by_itself_with_the_others_guess_beside_it():
    ana = Sheet(ratings={Form.EMOTIONAL: Rating(2, 6)}, amounts={Form.EMOTIONAL: 3})
    bo = Sheet(ratings={Form.EMOTIONAL: Rating(7, 4)}, amounts={Form.EMOTIONAL: 9})

    assert compare(ana, bo).forms == (
        FormLine(
            Form.EMOTIONAL,
            a=Mark(Rating(2, 6), Hope.MUCH_MORE, guessed=9),
            b=Mark(Rating(7, 4), Hope.LESS, guessed=3),
        ),
    )


# Ana's rating, Bo's rating: did both hope for the same?
ALIKE = [
    (Rating(2, 6), Rating(4, 8), True),
    (Rating(2, 6), Rating(0, 10), True),
    (Rating(2, 6), Rating(6, 2), False),
    (Rating(5, 5), Rating(9, 9), True),
    (Rating(5, 5), Rating(5, 6), False),
    (Rating(5, 5), Rating(5), False),
    (Rating(5), Rating(5), False),  # to leave it unsaid is not to say the same
    (Rating(), Rating(), False),
]


@pytest.mark.parametrize(("anas", "bos", "alike"), ALIKE)
def test_two_are_alike_if_both_said_the_same_of_what_they_hoped_for(anas, bos, alike):
    both = compare(Sheet({Form.PHYSICAL: anas}), Sheet({Form.PHYSICAL: bos}))

    assert both.forms[0].alike is alike


# who wished and who guessed what: the line about wishes
WISHES = [
    (("hug", "walk"), ("walk", "hug"), WishLine("hug", "walk", a_guess="walk", b_guess="hug")),
    (("hug", ""), ("walk", ""), WishLine("hug", "walk")),
    (("hug", "walk"), ("walk", ""), WishLine("hug", "walk", a_guess="walk")),
    (("hug", "walk"), ("", "hug"), None),
    (("", "walk"), ("walk", "hug"), None),
    (("", ""), ("", ""), None),
]


@pytest.mark.parametrize(("anas", "bos", "line"), WISHES)
def test_wishes_are_told_only_where_both_wished(anas, bos, line):
    ana, bo = (Sheet(acts="week@1", wish=wish, guess=guess) for wish, guess in (anas, bos))

    assert compare(ana, bo).wishes == line


def test_a_guess_at_a_wish_met_it_only_if_it_is_the_same_act():
    line = WishLine("hug", "walk", a_guess="talk", b_guess="hug")

    assert (line.met(Place.A), line.met(Place.B)) == (True, False)


# Ana's and Bo's gaps in two forms: which to talk about first?
FIRST = [
    ((1, 3), (0, 0), Form.PHYSICAL),
    ((3, 1), (0, 4), Form.PHYSICAL),
    ((3, 1), (0, -3), Form.EMOTIONAL),  # a tie goes by the order of the forms
    ((0, 0), (0, -1), Form.PHYSICAL),
    ((0, 0), (0, 0), None),  # nobody hoped for anything else
]


@pytest.mark.parametrize(("anas", "bos", "first"), FIRST)
def test_the_widest_gap_of_either_is_talked_about_first(anas, bos, first):
    ana, bo = (
        Sheet({Form.EMOTIONAL: Rating(5, 5 + one), Form.PHYSICAL: Rating(5, 5 + other)})
        for one, other in (anas, bos)
    )

    assert compare(ana, bo).talk_first is first


def test_where_nobody_gave_a_gap_nothing_comes_first():
    assert (
        compare(Sheet({Form.PHYSICAL: Rating(3)}), Sheet({Form.PHYSICAL: Rating(9)})).talk_first
        is None
    )


def test_nothing_opened_has_nothing_to_say():
    nothing = compare(Sheet(), Sheet())

    assert (nothing.forms, nothing.talk_first, nothing.wishes) == ((), None, None)


@a_few
@given(a=sheets, b=sheets)
def test_swapping_the_people_swaps_the_sides_and_nothing_else(a, b):
    one, other = compare(a, b), compare(b, a)

    assert one.forms == tuple(FormLine(line.form, a=line.b, b=line.a) for line in other.forms)
    assert one.talk_first is other.talk_first
    assert (one.wishes is None) == (other.wishes is None)
    if one.wishes and other.wishes:
        assert one.wishes == WishLine(
            other.wishes.b_wish, other.wishes.a_wish, other.wishes.b_guess, other.wishes.a_guess
        )


@a_few
@given(a=sheets, b=sheets)
def test_forms_are_those_both_rated_in_their_own_order(a, b):
    told = [line.form for line in compare(a, b).forms]

    assert told == [form for form in Form if form in a.ratings and form in b.ratings]


@a_few
@given(a=sheets, b=sheets)
def test_steps_are_nothing_to_compare(a, b):
    assert compare(a, b) == compare(replace(a, step=""), replace(b, step="otherwise"))
