"""The day of what two agreed on may be moved, by both, until it is time to look back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from interwoven.apps.agreements import queries
from interwoven.apps.agreements.models import Agreement
from interwoven.apps.couples import queries as couples
from tests.apps.agreements.couple import ADDRESS, NOON, THURSDAY, TODAY, Side, wait
from tests.apps.couples.people import client_of, make_person, pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

FRIDAY = THURSDAY + timedelta(days=1)
STANDS = "You both see to it, on Thursday 3 December, for 30 minutes."


def on_today(side: Side) -> str:
    return side.browser.get("/today/").content.decode()


def test_the_old_day_stands_until_the_other_agrees(agreed, ana, bo):
    assert ana.move(FRIDAY)["Location"] == ADDRESS

    assert "You propose <strong>Friday 4 December</strong> instead." in ana.page()
    assert "Ana proposes <strong>Friday 4 December</strong> instead." in bo.page()
    for page in (ana.page(), bo.page()):
        assert STANDS in page
        assert "Thursday 3 December stands until you both agree." in page

    bo.agree()
    for page in (ana.page(), bo.page()):
        assert "You both see to it, on Friday 4 December, for 30 minutes." in page
        assert "From Friday 11 December each of you says, alone, how it went." in page
        assert "instead." not in page


def test_today_says_the_day_that_stands_and_the_one_the_other_proposes(agreed, ana, bo):
    ana.move(FRIDAY)

    for side in (ana, bo):
        assert "on Thursday 3 December." in on_today(side)
    assert "Ana proposes Friday 4 December instead." in on_today(bo)
    assert "instead" not in on_today(ana)


def test_nobody_moves_the_day_alone(agreed, ana, bo):
    ana.move(FRIDAY)

    assert ana.agree()["Location"] == "/one-thing/?changed"
    assert STANDS in ana.page()


@pytest.mark.parametrize("who", ["ana", "bo"])
def test_either_leaves_the_day_as_it_is(agreed, ana, bo, who):
    ana.move(FRIDAY)
    shown = bo.seen()
    assert "Take it back" in ana.page()
    assert "Leave the day as it is" in bo.page()

    (ana if who == "ana" else bo).decline()

    for page in (ana.page(), bo.page()):
        assert STANDS in page
        assert "instead." not in page
    assert bo.agree(revision=shown)["Location"] == "/one-thing/?changed"
    assert STANDS in bo.page()


def test_the_last_proposal_of_a_day_is_the_one_there_is(agreed, ana, bo):
    ana.move(FRIDAY)
    shown = ana.seen()
    bo.move(FRIDAY + timedelta(days=1))

    assert ana.agree(revision=shown)["Location"] == "/one-thing/?changed"
    ana.agree()
    assert "on Saturday 5 December, for 30 minutes." in bo.page()


def test_a_day_proposed_from_an_older_page_waits_beside_the_newer_one(agreed, ana, bo):
    shown = ana.seen()
    bo.move(FRIDAY)
    ana.move(FRIDAY + timedelta(days=2), revision=shown)

    page = ana.page()
    assert "This changed meanwhile. Propose your day again if it still fits." in page
    assert 'value="2026-12-06"' in page
    assert "Bo proposes <strong>Friday 4 December</strong> instead." in page
    ana.move(FRIDAY + timedelta(days=2))
    assert "This changed meanwhile" not in ana.page()
    assert "Sunday 6 December" in bo.page()


# what is typed                what stands beside the field
WRONG = [
    ("", "Pick a day."),
    ("2026-02-30", "Pick a day."),
    ((TODAY - timedelta(days=1)).isoformat(), "That day has passed. Pick today or a later one."),
    ((TODAY + timedelta(days=61)).isoformat(), "Pick a day within the next 60 days."),
]


@pytest.mark.parametrize(("typed", "sentence"), WRONG)
def test_a_day_that_does_not_fit_is_told_to_whoever_typed_it_alone(
    agreed, ana, bo, typed, sentence
):
    before = bo.observes()
    ana.send("move/", day=typed)

    assert sentence in ana.page()
    assert STANDS in ana.page()
    assert bo.observes() == before


def test_the_day_may_be_moved_after_it_has_gone_by_until_it_is_time_to_look_back(
    agreed, ana, bo, clock
):
    wait(clock, 12, ana, bo)  # the day was on Thursday; it is Tuesday
    bo.move(TODAY + timedelta(days=14))
    ana.agree()

    assert "on Thursday 10 December, for 30 minutes." in bo.page()
    wait(clock, 2, ana, bo)
    assert "Looking back" not in ana.page()


def test_once_it_is_time_to_look_back_no_day_is_moved_any_more(agreed, ana, bo, clock):
    wait(clock, 13, ana, bo)
    ana.move(TODAY + timedelta(days=20))
    shown = bo.seen()
    wait(clock, 1, ana, bo)

    for answer in (bo.agree(revision=shown), bo.move(TODAY + timedelta(days=21))):
        assert answer["Location"] == "/one-thing/?changed"
    for page in (ana.page(), bo.page()):
        assert "on Thursday 3 December, for 30 minutes." in page
        assert "instead." not in page
        assert "Looking back" in page


def test_a_proposal_whose_day_has_gone_by_is_gone(agreed, ana, bo, clock):
    ana.move(TODAY)
    clock.shift(timedelta(days=1))

    assert "instead." not in bo.page()
    assert bo.agree()["Location"] == "/one-thing/?changed"
    assert STANDS in bo.page()


def test_before_there_is_an_agreement_there_is_no_day_to_move(ana, bo):
    ana.take()
    ana.propose()

    assert "Another day" not in bo.page()
    assert bo.move(FRIDAY)["Location"] == "/one-thing/?changed"
    assert "Thursday 3 December" in ana.page()


def test_the_other_is_woken_for_another_day_and_not_twice_for_the_same(agreed, ana, bo, woken):
    shown = ana.seen()
    for _ in range(2):
        assert ana.move(FRIDAY, revision=shown)["Location"] == ADDRESS
    assert woken == [bo.seat.person]

    bo.agree()
    assert woken == [bo.seat.person, ana.seat.person]


def test_what_is_looked_back_at_has_the_day_that_was_agreed_last(agreed, ana, bo, clock):
    ana.move(FRIDAY)
    bo.agree()
    ana.move(FRIDAY + timedelta(days=1))  # and nobody answers
    wait(clock, 15, ana, bo)
    ana.look_back()
    bo.look_back()

    assert "Friday 4 December" in ana.page()
    standing = queries.standing(seat=ana.seat, us=couples.us(seat=ana.seat), now=timezone.now())
    assert standing is None


def test_another_couple_moves_nothing_of_it(agreed, ana):
    one, other = make_person("Dee"), make_person("Eli")
    seat, _ = pair(one, other, NOON)
    before = Agreement.objects.get().revision

    answer = Side(seat, client_of(one)).move(FRIDAY, revision="99")

    assert answer["Location"] == "/one-thing/?changed"
    assert Agreement.objects.get().revision == before
