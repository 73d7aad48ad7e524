"""What opens, when, and to whom; and that nothing else ever does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interwoven.apps.accounts.actions import withdraw
from interwoven.apps.checkins.jobs import open_due_evenings
from interwoven.apps.checkins.models import CheckIn, Opening
from interwoven.apps.couples.models import Couple
from interwoven.core.consent import ConsentKind
from tests.apps.checkins.two import FILLED, OUR_EVENING, WEDNESDAY, agree, answer, text

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NO_MAP = "What you both open comes here"


def test_what_both_opened_shows_to_both_on_their_evening(two):
    answer(two.ana)
    answer(two.bo, emotional_felt="8")
    assert NO_MAP in text(two.ana, "/map/")

    two.our_evening_comes()

    for browser in (two.ana, two.bo):
        shown = text(browser, "/map/")
        assert "Ana: felt 6, hoped for 8" in shown
        assert "Bo: felt 8, hoped for 8" in shown


def test_nothing_opens_a_second_before_the_hour(two):
    answer(two.ana)
    answer(two.bo)

    two.our_evening_comes(after=timedelta(seconds=-1))

    assert NO_MAP in text(two.bo, "/map/")


@pytest.mark.parametrize("choice", ["keep", "nothing at all"])
def test_what_one_keeps_opens_nothing(two, choice):
    answer(two.ana, choice)
    answer(two.bo)

    two.our_evening_comes()

    assert NO_MAP in text(two.bo, "/map/")
    assert not Opening.objects.exists()


def test_only_parts_both_chose_open(two):
    answer(two.ana)
    two.bo.post("/check-in/", FILLED)
    two.bo.post("/check-in/parts/", {"part": ["physical"]})

    two.our_evening_comes()

    shown = text(two.ana, "/map/")
    assert "Bo: felt 7, hoped for 6" in shown
    assert "Emotional" not in shown
    assert "Intellectual" not in shown


def test_a_choice_can_be_taken_back_until_it_opens(two):
    answer(two.ana)
    answer(two.bo)
    two.ana.post("/check-in/choose/", {"do": "keep"})

    two.our_evening_comes()

    assert NO_MAP in text(two.bo, "/map/")


def test_running_twice_opens_nothing_twice(two):
    answer(two.ana)
    answer(two.bo)
    two.our_evening_comes()
    open_due_evenings(OUR_EVENING + timedelta(minutes=2))

    assert Opening.objects.count() == 1


def test_an_evening_missed_while_the_server_was_away_opens_when_it_is_back(two):
    answer(two.ana)
    answer(two.bo)
    later = OUR_EVENING + timedelta(days=15)

    for _ in range(3):
        open_due_evenings(later)

    assert Opening.objects.get().week == OUR_EVENING.date()
    two.at(later - timedelta(days=14))
    assert "felt 6" in text(two.bo, "/map/")


def test_what_opened_stays_as_it_was(two):
    answer(two.ana)
    answer(two.bo)
    two.ana.post("/together/come-in/")
    two.bo.post("/together/come-in/")
    two.ana.post("/together/open/")

    two.ana.post("/check-in/", FILLED | {"emotional_felt": "0"})
    two.ana.post("/check-in/choose/", {"do": "keep"})

    assert "Ana: felt 6, hoped for 8" in text(two.bo, "/map/")
    assert "This week has opened" in text(two.ana, "/check-in/")


def test_beliefs_do_not_open_once_the_yes_is_taken_back(two):
    for browser in (two.ana, two.bo):
        browser.post("/check-in/beliefs/")
        answer(browser, spiritual_felt="5", spiritual_hoped="6")
    withdraw(by=two.seat("Ana"), kind=ConsentKind.BELIEFS, now=WEDNESDAY)

    two.our_evening_comes()

    assert "Spiritual" not in text(two.bo, "/map/")
    assert "Emotional" in text(two.bo, "/map/")


def test_opened_words_are_copied_under_the_couples_key(two):
    answer(two.ana)
    answer(two.bo)
    two.our_evening_comes()

    opening = Opening.objects.get()
    mine = CheckIn.objects.get(author_id=two.people["Ana"].pk)
    assert bytes(opening.sealed)[1:17] != bytes(mine.sealed)[1:17]


def test_an_evening_on_which_nothing_opened_says_so_in_the_same_words_to_both(two):
    two.our_evening_comes()

    for browser in (two.ana, two.bo):
        assert "Nothing to open tonight." in text(browser, "/today/")
        assert "That’s ordinary." in text(browser, "/today/")
    assert text(two.ana, "/together/nothing/") == text(two.bo, "/together/nothing/")


def test_a_strand_chosen_beforehand_opens_alone(two):
    two.ana.post("/settle/", {"day": "6", "time": "19:00", "zone": "UTC", "strand": "physical"})
    agree(two.bo)
    answer(two.ana)
    answer(two.bo)

    two.our_evening_comes()

    shown = text(two.bo, "/map/")
    assert "Physical" in shown
    assert "Emotional" not in shown


def test_choosing_more_strands_later_opens_no_more_than_was_chosen(two):
    two.ana.post("/settle/", {"day": "6", "time": "19:00", "zone": "UTC", "strand": "physical"})
    agree(two.bo)
    answer(two.ana)
    answer(two.bo)
    two.bo.post("/settle/", {"day": "6", "time": "19:00", "zone": "UTC", "strand": "all"})
    agree(two.ana)

    two.our_evening_comes()

    assert "Emotional" not in text(two.bo, "/map/")


def test_a_couple_that_cannot_be_read_keeps_no_other_waiting(two, caplog):
    first = Couple.objects.create(opens_at=OUR_EVENING - timedelta(hours=1), sealed=b"no words")
    answer(two.ana)
    answer(two.bo)

    two.our_evening_comes()

    assert Opening.objects.get().couple_id != first.pk
    assert [record.message for record in caplog.records] == [
        "an evening could not be opened (Unreadable)"
    ]
