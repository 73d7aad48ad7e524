"""Whoever put the one thing away may take it up again, and nobody else."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import transaction

from interwoven.apps.agreements.models import LookBack
from tests.apps.agreements.couple import ADDRESS, NOON, THURSDAY, Side, wait
from tests.apps.couples.people import client_of, make_person, pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

OFFER = "Take it up again"
FRIDAY = THURSDAY + timedelta(days=1)
NEW_EACH_TIME = re.compile(r'name="(csrfmiddlewaretoken|submission_id|revision)" value="[^"]+"')


STAGES = ["talking", "proposed", "agreed", "another day", "review"]


@pytest.mark.parametrize("stage", STAGES)
def test_what_is_taken_up_again_is_as_it_was_for_both(ana, bo, clock, stage):
    ana.take()
    ana.say("Sundays")
    steps = [ana.propose, bo.agree, lambda: ana.move(FRIDAY), lambda: wait(clock, 14, ana, bo)]
    for step in steps[: STAGES.index(stage)]:
        step()
    before = [text_of(ana), text_of(bo)]

    bo.put_away()
    assert OFFER in bo.page()
    assert bo.take_up()["Location"] == ADDRESS

    assert [text_of(ana), text_of(bo)] == before


def text_of(side: Side) -> str:
    """The page without what is new in it each time."""
    return NEW_EACH_TIME.sub("", side.page())


def test_the_other_is_neither_offered_it_nor_able_to(agreed, ana, bo):
    bo.put_away()

    assert OFFER not in ana.page()
    assert ana.take_up(revision="99")["Location"] == "/one-thing/?changed"
    assert "We take" in bo.page()


def test_only_its_strand_is_said_of_what_is_put_away(agreed, ana):
    ana.put_away()

    page = ana.page()
    assert "It was physical." in page
    assert "Soup" not in page
    assert "Sundays" not in page


@pytest.mark.parametrize("who", ["ana", "bo"])
def test_once_another_was_begun_it_is_not_taken_up_any_more(agreed, ana, bo, who):
    ana.put_away()
    shown = ana.seen()
    (ana if who == "ana" else bo).take("emotional")

    assert ana.take_up(revision=shown)["Location"] == "/one-thing/?changed"
    assert "Emotional" in ana.page()
    ana.put_away()
    assert "It was emotional." in ana.page()


def test_taking_up_twice_is_taking_up_once(agreed, ana, bo, woken):
    ana.put_away()
    shown = ana.seen()
    woken.clear()

    for _ in range(2):
        assert ana.take_up(revision=shown)["Location"] == ADDRESS
    assert woken == [bo.seat.person]


def test_there_is_nothing_to_take_up_where_nothing_was_put_away(ana, bo, clock):
    assert ana.take_up()["Location"] == "/one-thing/?changed"
    assert OFFER not in ana.page()

    ana.take()
    ana.propose()
    bo.agree()
    wait(clock, 14, ana, bo)
    ana.look_back()
    bo.look_back()
    assert OFFER not in ana.page()
    assert ana.take_up(revision="99")["Location"] == "/one-thing/?changed"


def test_a_look_back_given_before_is_still_there_and_still_private(a_week_later, ana, bo):
    bo.page()
    observed = set()
    for hers in (None, "done", "not"):
        with transaction.atomic():
            if hers:
                ana.look_back(hers, understood="3")
            seen = [bo.observes()]
            bo.put_away()
            seen.append(bo.observes())
            bo.take_up()
            seen.append(bo.observes())
            assert LookBack.objects.count() == (1 if hers else 0)
            observed.add(repr(seen))
            transaction.set_rollback(True)

    assert len(observed) == 1


def test_another_couple_takes_nothing_up(agreed, ana):
    one, other = make_person("Dee"), make_person("Eli")
    seat, _ = pair(one, other, NOON)
    ana.put_away()

    answer = Side(seat, client_of(one)).take_up(revision="99")

    assert answer["Location"] == "/one-thing/?changed"
    assert "We take" in ana.page()
