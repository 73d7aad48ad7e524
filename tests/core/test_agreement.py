"""What one thing to do promises, as tables a couple could check."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interwoven.core.agreement import (
    Act,
    Fault,
    Outcome,
    Said,
    Talk,
    Whose,
    outcomes_that_open,
)
from interwoven.core.forms import Form
from interwoven.core.people import Place

TODAY = date(2026, 11, 26)
ACT = Act("Soup", Whose.BOTH, TODAY + timedelta(days=7), 30)
TALK = Talk(Form.PHYSICAL)

places = st.sampled_from(Place)
words = st.builds(Said, works=st.text(max_size=9), wish=st.text(max_size=9))
days = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 1, 1))
acts = st.builds(
    Act,
    what=st.text(max_size=210),
    whose=st.sampled_from(Whose),
    day=days,
    minutes=st.integers(-5, 700),
)

# who sees to it   part of a   part of b   part of nobody's seat
PARTS = [
    (Whose.A, True, False, False),
    (Whose.B, False, True, False),
    (Whose.BOTH, True, True, True),
]


@pytest.mark.parametrize(("whose", "a", "b", "nobody"), PARTS)
def test_whose_part_it_is(whose, a, b, nobody):
    found = (whose.includes(Place.A), whose.includes(Place.B), whose.includes(None))

    assert found == (a, b, nobody)


# what         days from now   minutes   what stands in the way
PROPOSED = [
    ("Soup", 0, 1, {}),
    ("Soup", 60, 600, {}),
    ("Soup", -1, 30, {"day": Fault.DAY_GONE}),
    ("Soup", 61, 30, {"day": Fault.DAY_TOO_FAR}),
    ("Soup", 1, 0, {"minutes": Fault.TOO_SHORT}),
    ("Soup", 1, -30, {"minutes": Fault.TOO_SHORT}),
    ("Soup", 1, 601, {"minutes": Fault.TOO_LONG}),
    ("", 1, 30, {"what": Fault.NO_WORDS}),
    (" \n", 1, 30, {"what": Fault.NO_WORDS}),
    ("x" * 200, 1, 30, {}),
    ("x" * 201, 1, 30, {"what": Fault.TOO_MANY_WORDS}),
    ("", -9, 0, {"what": Fault.NO_WORDS, "day": Fault.DAY_GONE, "minutes": Fault.TOO_SHORT}),
]


@pytest.mark.parametrize(("what", "ahead", "minutes", "expected"), PROPOSED)
def test_what_may_be_proposed(what, ahead, minutes, expected):
    act = Act(what, Whose.A, TODAY + timedelta(days=ahead), minutes)

    assert act.faults(TODAY) == expected


@given(act=acts, ahead=st.integers(-70, 70))
def test_an_act_without_fault_is_concrete_and_near_and_one_with_a_fault_is_not(act, ahead):
    today = act.day - timedelta(days=ahead)

    fits = bool(act.what.strip()) and len(act.what) <= 200 and 1 <= act.minutes <= 600
    assert (act.faults(today) == {}) == (fits and 0 <= ahead <= 60)


@given(act=acts)
def test_the_look_back_is_a_week_after_the_day(act):
    assert (act.review_on() - act.day).days == 7


# proposed by   days from now   may a agree   may b agree
AGREEING = [
    (Place.A, 1, False, True),
    (Place.B, 1, True, False),
    (Place.A, 0, False, True),
    (Place.A, -1, False, False),
    (Place.B, -1, False, False),
]


@pytest.mark.parametrize(("by", "ahead", "a", "b"), AGREEING)
def test_who_may_agree(by, ahead, a, b):
    act = Act("Soup", Whose.BOTH, TODAY + timedelta(days=ahead), 30)
    talk = TALK.propose(act, by=by, at=2)

    assert (talk.may_agree(Place.A, TODAY), talk.may_agree(Place.B, TODAY)) == (a, b)


def test_there_is_nothing_to_agree_to_before_something_is_proposed():
    assert not any(TALK.may_agree(place, TODAY) for place in Place)


@given(offers=st.lists(st.tuples(acts, places), min_size=1), today=days)
def test_the_last_proposal_stands_and_nobody_agrees_with_themselves(offers, today):
    talk = TALK
    for number, (act, by) in enumerate(offers, start=2):
        talk = talk.propose(act, by=by, at=number)

    last, by = offers[-1]
    assert (talk.act, talk.proposed_by, talk.proposed_at) == (last, by, len(offers) + 1)
    assert not talk.may_agree(by, today)
    assert talk.may_agree(by.other, today) == (last.day >= today)


@given(mine=words, theirs=words, by=places)
def test_what_one_says_leaves_the_words_of_the_other_alone(mine, theirs, by):
    talk = TALK.say(theirs, by=by.other, at=2).say(mine, by=by, at=3)

    assert (talk.words_of(by), talk.words_of(by.other)) == (mine, theirs)


@given(changes=st.lists(places, max_size=6), seen=st.integers(0, 9), place=places)
def test_only_ones_own_newer_words_are_in_ones_way(changes, seen, place):
    talk = TALK
    for number, by in enumerate(changes, start=2):
        talk = talk.say(Said("x"), by=by, at=number)

    own = [number for number, by in enumerate(changes, start=2) if by is place]
    assert talk.words_changed_since(seen, place) == any(number > seen for number in own)


# begun at   shown   about this talk
SHOWN = [(1, 1, True), (1, 0, False), (7, 6, False), (7, 7, True), (7, 12, True)]


@pytest.mark.parametrize(("begun", "seen", "expected"), SHOWN)
def test_a_page_from_an_earlier_talk_is_about_that_one(begun, seen, expected):
    assert Talk(Form.EMOTIONAL, begun_at=begun).shown_at(seen) is expected


def test_a_proposal_newer_than_the_page_is_noticed():
    talk = TALK.propose(ACT, by=Place.A, at=4)

    assert [talk.act_changed_since(seen) for seen in (3, 4, 5)] == [True, False, False]


def test_a_proposal_that_was_declined_is_nobodys_and_in_nobodys_way():
    talk = TALK.propose(ACT, by=Place.A, at=4).decline(at=5)

    assert (talk.act, talk.proposed_by, talk.declined) == (None, None, True)
    assert not any(talk.may_agree(place, ACT.day) for place in Place)
    assert not talk.act_changed_since(3)
    assert not TALK.declined
    assert not talk.propose(ACT, by=Place.B, at=6).declined


# agreed for   moved to   by        another day   may a agree   may b agree
MOVING = [
    (7, 9, Place.A, 9, False, True),
    (7, 9, Place.B, 9, True, False),
    (7, 7, Place.A, None, False, False),
    (7, -1, Place.A, None, False, False),
    (-2, 3, Place.B, 3, True, False),
]


@pytest.mark.parametrize(("agreed", "moved", "by", "expected", "a", "b"), MOVING)
def test_another_day_is_proposed_by_one_and_the_old_one_stands(agreed, moved, by, expected, a, b):
    stands = replace(ACT, day=TODAY + timedelta(days=agreed))
    talk = TALK.propose(stands, by=Place.B, at=2).agree()

    talk = talk.move(TODAY + timedelta(days=moved), by=by, at=3)

    assert talk.stands == stands
    assert talk.another_day(TODAY) == (expected and TODAY + timedelta(days=expected))
    assert (talk.may_agree(Place.A, TODAY), talk.may_agree(Place.B, TODAY)) == (a, b)
    assert talk.decline(at=4).another_day(TODAY) is None
    assert talk.decline(at=4).stands == stands


def test_before_anything_is_agreed_there_is_no_day_to_move():
    talk = TALK.propose(ACT, by=Place.A, at=2)

    assert talk.move(ACT.day + timedelta(days=1), by=Place.B, at=3) == talk
    assert talk.another_day(TODAY) is None


def test_what_is_taken_up_again_is_as_it_was():
    talk = TALK.propose(ACT, by=Place.A, at=2).agree()

    assert talk.put_away(by=Place.B).take_up() == talk


def test_outcomes_open_together_or_not_at_all():
    for a, b in product([None, *Outcome], repeat=2):
        opened = outcomes_that_open(a, b)

        assert opened == ({Place.A: a, Place.B: b} if a and b else {})


def test_it_does_not_matter_who_looks_back_first():
    for a, b in product([None, *Outcome], repeat=2):
        one, other = outcomes_that_open(a, b), outcomes_that_open(b, a)

        assert {place.other: outcome for place, outcome in one.items()} == other


def test_before_the_other_has_said_theirs_what_was_said_makes_no_difference():
    assert [outcomes_that_open(said, None) for said in [None, *Outcome]] == [{}] * 4
    assert [outcomes_that_open(None, said) for said in [None, *Outcome]] == [{}] * 4
