"""What a round promises, as tables a couple could check."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from interwoven.core.agreement import Whose
from interwoven.core.people import Place
from interwoven.core.rounds import (
    Look,
    Pick,
    Plan,
    Reply,
    Round,
    Shown,
    Turn,
    agree,
    answer,
    hand_over,
    leave_it_at_talking,
    look,
    pick_first,
    pick_second,
    turn,
)

NONE, HALF, OTHER_HALF = Pick(), Pick(wish="walk"), Pick(guess="hug")
WALK = Pick(wish="walk", guess="hug")
HUG = Pick(wish="hug", guess="quiet")
PLAN = Plan("walk", Whose.BOTH, 3)

# what each has picked, and whether the phone was handed over: whose turn is it?
#  first       second      handed over  turn
TURNS = [
    (NONE, NONE, False, Turn.FIRST),
    (HALF, NONE, False, Turn.FIRST),
    (OTHER_HALF, NONE, False, Turn.FIRST),
    (WALK, NONE, False, Turn.COVER),
    (WALK, NONE, True, Turn.SECOND),
    (WALK, HALF, True, Turn.SECOND),
    (WALK, OTHER_HALF, True, Turn.SECOND),
    (WALK, HUG, True, Turn.BOTH),
    (WALK, HUG, False, Turn.COVER),
    (HALF, HUG, True, Turn.FIRST),
]


def game(first: Pick, second: Pick, *, handed_over: bool) -> Round:
    return Round("set@1", first=first, second=second, handed_over=handed_over)


OPEN = game(WALK, HUG, handed_over=True)


@pytest.mark.parametrize(("first", "second", "handed_over", "expected"), TURNS)
def test_whose_turn_it_is(first, second, handed_over, expected):
    assert turn(game(first, second, handed_over=handed_over)) is expected


@pytest.mark.parametrize(("first", "second", "handed_over", "expected"), TURNS)
def test_nothing_shows_before_both_have_picked(first, second, handed_over, expected):
    shown = look(game(first, second, handed_over=handed_over))

    assert (shown is not None) == (expected is Turn.BOTH)


# first's wish and guess, second's wish and guess: did first's wish, second's wish meet a guess?
#  first            second           second guessed  first guessed   both
MET = [
    (("walk", "hug"), ("hug", "walk"), True, True, True),
    (("walk", "hug"), ("hug", "quiet"), False, True, False),
    (("walk", "quiet"), ("hug", "walk"), True, False, False),
    (("walk", "quiet"), ("hug", "quiet"), False, False, False),
    (("walk", "walk"), ("walk", "walk"), True, True, True),
]


@pytest.mark.parametrize(("first", "second", "first_met", "second_met", "both"), MET)
def test_a_guess_is_laid_beside_the_wish_it_guessed_at(first, second, first_met, second_met, both):
    shown = look(game(Pick(*first), Pick(*second), handed_over=True))

    assert shown == Look(a=Shown(first[0], second[1]), b=Shown(second[0], first[1]))
    assert (shown.a.met, shown.b.met, shown.both_met) == (first_met, second_met, both)


def test_swapping_the_people_swaps_the_sides_and_nothing_else():
    acts = ("walk", "hug", "quiet")
    for one, other in product([Pick(*pair) for pair in product(acts, acts)], repeat=2):
        this, that = (look(game(*pair, handed_over=True)) for pair in ((one, other), (other, one)))

        assert this == Look(a=that.b, b=that.a)


def test_the_same_wish_is_one_thing_to_agree_on():
    assert look(OPEN).wishes == ("walk", "hug")
    assert look(game(WALK, Pick("walk", "hug"), handed_over=True)).wishes == ("walk",)


# the first one sends a pick: what stands then?
#  before                                  sent   stands  left out
SENT = [
    (game(NONE, NONE, handed_over=False), WALK, WALK, False),
    (game(NONE, NONE, handed_over=False), HALF, HALF, True),
    (game(HALF, NONE, handed_over=False), NONE, NONE, True),
    (game(WALK, NONE, handed_over=False), HUG, HUG, False),  # two tabs: the last one counts
    (game(WALK, NONE, handed_over=False), HALF, WALK, False),  # but never half a pick over a whole
    (game(WALK, NONE, handed_over=True), HUG, WALK, False),  # the phone is in other hands
    (OPEN, HUG, WALK, False),
]


@pytest.mark.parametrize(("before", "sent", "stands", "left_out"), SENT)
def test_what_the_first_one_sends(before, sent, stands, left_out):
    after = pick_first(before, sent)

    assert (after.first, after.unfinished) == (stands, left_out)


# the second one sends a pick: what stands then?
SENT_SECOND = [
    (game(NONE, NONE, handed_over=False), HUG, NONE),
    (game(WALK, NONE, handed_over=False), HUG, NONE),  # nobody has pressed "my turn"
    (game(WALK, NONE, handed_over=True), HUG, HUG),
    (game(WALK, NONE, handed_over=True), HALF, HALF),
    (OPEN, WALK, HUG),  # nobody changes what they said after seeing the other's
]


@pytest.mark.parametrize(("before", "sent", "stands"), SENT_SECOND)
def test_what_the_second_one_sends(before, sent, stands):
    assert pick_second(before, sent).second == stands


@pytest.mark.parametrize(("first", "second", "handed_over", "expected"), TURNS)
def test_the_phone_is_handed_over_from_the_cover_only(first, second, handed_over, expected):
    before = game(first, second, handed_over=handed_over)

    assert hand_over(before) == replace(before, handed_over=handed_over or expected is Turn.COVER)


def test_each_answers_the_other_and_may_answer_again():
    one = answer(OPEN, Place.A, Reply.THANK_YOU)
    both = answer(one, Place.B, Reply.DID_NOT_KNOW)

    assert both.replies == {Place.A: Reply.THANK_YOU, Place.B: Reply.DID_NOT_KNOW}
    assert answer(both, Place.A, Reply.TELL_ME_MORE).replies[Place.A] is Reply.TELL_ME_MORE
    assert OPEN.replies == {}


# what is sent                     ends it  the act that stands
PLANS = [
    (PLAN, True, "walk"),
    (Plan("hug", Whose.A, 0), True, "hug"),
    (Plan("quiet", Whose.A, 0), False, ""),  # neither wished for it
    (Plan("walk", None, 0), False, "walk"),
    (Plan("walk", Whose.B, None), False, "walk"),
    (Plan(), False, ""),
]


@pytest.mark.parametrize(("plan", "ended", "act"), PLANS)
def test_a_plan_needs_an_act_a_person_and_a_day(plan, ended, act):
    after = agree(OPEN, plan)

    assert (after.ended, after.unfinished, after.plan.act) == (ended, not ended, act)


def test_a_round_may_be_left_at_talking_and_planned_after_all():
    talked = leave_it_at_talking(agree(OPEN, PLAN))

    assert (talked.ended, talked.plan) == (True, Plan())
    assert agree(talked, PLAN).plan == PLAN


@pytest.mark.parametrize(("first", "second", "handed_over", "expected"), TURNS)
def test_nothing_is_answered_or_agreed_before_both_are_open(first, second, handed_over, expected):
    before = game(first, second, handed_over=handed_over)
    if expected is Turn.BOTH:
        return

    assert answer(before, Place.A, Reply.THANK_YOU) == before
    assert agree(before, PLAN) == before
    assert leave_it_at_talking(before) == before
