"""Two people take a strand, say what works and a wish, and agree on one thing on one day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interwoven.apps.agreements.models import Agreement
from interwoven.apps.couples.models import Couple
from interwoven.apps.couples.pages import Settled
from interwoven.core.evenings import Evening
from interwoven.core.forms import Form
from tests.apps.agreements.couple import ADDRESS, NOON, POST_ONLY, TODAY, Side, wait
from tests.apps.couples.people import client_of, make_person, pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_what_it_is_not_for_is_said_every_time_before_it_begins(ana):
    for _ in range(2):
        page = ana.page()
        assert page.index("afraid of how the other might react") < page.index("Take this one")
        ana.take()
        ana.put_away()


def test_what_one_takes_is_there_for_both_at_once(ana, bo):
    assert "We take" in bo.page()

    assert ana.take("intellectual")["Location"] == ADDRESS
    for page in (ana.page(), bo.page()):
        assert "Intellectual" in page
        assert "We take" not in page


@pytest.mark.parametrize("form", Form)
def test_the_map_may_suggest_a_strand(ana, form):
    assert f'value="{form.value}" autocomplete="off" checked' in ana.page(f"?strand={form.value}")


@pytest.mark.parametrize("suggested", ["", "sexual", "PHYSICAL", "physical%00", "<b>", "a" * 9000])
def test_anything_else_suggests_nothing(ana, suggested):
    assert " checked" not in ana.page(f"?strand={suggested}")


def test_nobody_is_nudged_towards_the_other(ana):
    assert "Neither of you has to move towards the other" in ana.page()


def test_each_sees_at_once_what_the_other_says_and_is_told_so_beside_the_field(ana, bo):
    ana.take()
    assert ana.page().count("Bo sees it as soon as you show it.") == 2

    ana.say("Your hand on my back", "A walk before work")
    assert "Your hand on my back" in bo.page()
    assert "A walk before work" in bo.page()


def test_one_of_the_two_sentences_is_enough_and_both_may_change(ana, bo):
    ana.take()
    ana.say(works="Sundays")
    ana.say(works="Sundays", wish="Mondays too")

    assert "Mondays too" in bo.page()
    ana.say(wish="Only Mondays")
    assert "Sundays" not in bo.page()


def test_both_may_speak_at_the_same_time(ana, bo):
    """Neither has the other's words in the way, though both pages are older than they are."""
    ana.take()
    shown = ana.seen()
    bo.say("Sundays", "Tea", revision=shown)
    ana.say("Walks", "Toast", revision=shown)

    for page in (ana.page(), bo.page()):
        assert all(words in page for words in ("Sundays", "Tea", "Walks", "Toast"))
    assert "Two versions" not in ana.page()


def test_the_one_who_proposed_waits_and_the_other_may_agree(ana, bo):
    ana.take()
    ana.propose(whose="b")

    assert "You propose" in ana.page()
    assert "/one-thing/agree/" not in ana.page()
    page = bo.page()
    assert "Ana proposes" in page
    assert "You see to it, on Thursday 3 December, for 30 minutes." in page
    assert "/one-thing/agree/" in page


def test_nobody_agrees_with_themselves(ana):
    ana.take()
    ana.propose()

    assert ana.agree()["Location"] == "/one-thing/?changed"
    assert "What you agreed on" not in ana.page()


def test_there_is_nothing_to_agree_to_before_a_proposal(ana, bo):
    ana.take()

    assert bo.agree()["Location"] == "/one-thing/?changed"
    assert "What you agreed on" not in bo.page()


def test_a_no_stands_beside_the_yes_and_needs_no_reason(ana, bo):
    ana.take()
    ana.say("Sundays")
    ana.propose(what="Opera")
    assert "Not this one" in bo.page()
    assert "Not this one" not in ana.page()

    assert bo.decline()["Location"] == ADDRESS

    for page in (ana.page(), bo.page()):
        assert "Opera" not in page
        assert "Sundays" in page
        assert "Not that one, then. Either of you can propose something else" in page


def test_one_takes_ones_own_proposal_back(ana, bo):
    ana.take()
    ana.propose(what="Opera")
    assert "Take it back" in ana.page()
    assert "Take it back" not in bo.page()

    ana.decline()

    assert "Opera" not in bo.page()


def test_after_a_no_either_may_propose_again_from_a_page_that_was_open(ana, bo):
    ana.take()
    shown = ana.seen()
    bo.propose(what="Opera")
    ana.decline()

    assert ana.propose(what="Soup", revision=shown)["Location"] == ADDRESS
    assert "Ana proposes" in bo.page()
    assert "Not that one" not in bo.page()


def test_nobody_says_no_to_a_proposal_they_have_not_read(ana, bo):
    ana.take()
    ana.propose(what="Opera")
    shown = bo.seen()
    ana.propose(what="Soup")

    assert bo.decline(revision=shown)["Location"] == "/one-thing/?changed"
    assert "Soup" in bo.page()


def test_what_is_agreed_is_not_declined_any_more(agreed, ana, bo):
    for side in (ana, bo):
        assert side.decline()["Location"] == "/one-thing/?changed"
        assert "What you agreed on" in side.page()


def test_saying_no_twice_is_saying_it_once(ana, bo, woken):
    ana.take()
    ana.propose()
    shown = bo.seen()
    woken.clear()

    for _ in range(2):
        assert bo.decline(revision=shown)["Location"] == ADDRESS
    assert woken == [ana.seat.person]


def test_a_counter_proposal_takes_the_place_of_the_first(ana, bo):
    ana.take()
    ana.propose(what="Opera")
    bo.propose(what="Soup")

    assert "Opera" not in ana.page()
    ana.agree()
    for page in (ana.page(), bo.page()):
        assert "What you agreed on" in page
        assert "Soup" in page
        assert "From Thursday 10 December each of you says, alone, how it went." in page


def test_what_was_said_stays_with_what_was_agreed(agreed, ana, bo):
    for page in (ana.page(), bo.page()):
        assert "What you each said" in page
        assert all(words in page for words in ("Your hand on my back", "Sundays"))


def test_who_sees_to_it_is_said_from_where_one_sits(ana, bo):
    ana.take()
    ana.propose(whose="a")
    bo.agree()

    assert "You see to it, on Thursday 3 December" in ana.page()
    assert "Ana sees to it, on Thursday 3 December" in bo.page()


def test_nobody_agrees_to_a_proposal_they_have_not_read(ana, bo):
    ana.take()
    ana.propose(what="Soup")
    shown = bo.seen()
    ana.propose(what="Opera, all night")

    assert bo.agree(revision=shown)["Location"] == "/one-thing/?changed"
    page = bo.page("?changed")
    assert "This had changed meanwhile" in page
    assert "What you agreed on" not in page


def test_words_said_meanwhile_are_no_bar_to_agreeing(ana, bo):
    ana.take()
    ana.propose()
    shown = bo.seen()
    ana.say("Sundays")
    bo.agree(revision=shown)

    assert "What you agreed on" in bo.page()


def test_agreeing_twice_is_agreeing_once(ana, bo):
    ana.take()
    ana.propose()
    shown = bo.seen()
    for _ in range(2):
        assert bo.agree(revision=shown)["Location"] == ADDRESS


def test_a_day_that_has_gone_by_is_not_agreed_to(ana, bo, clock):
    ana.take()
    ana.propose(TODAY)
    clock.shift(timedelta(days=1))

    assert "Its day has gone by" in bo.page()
    assert bo.agree()["Location"] == "/one-thing/?changed"
    bo.propose(TODAY + timedelta(days=1))
    ana.agree()
    assert "on Friday 27 November" in ana.page()


def test_today_is_the_day_where_the_two_live(ana, bo):
    """At noon in Dublin on Thursday it is Friday in Auckland."""
    couple = Couple.objects.get(pk=ana.seat.couple)
    couple.revision += 1
    couple.put(Settled(Evening(zone="Pacific/Auckland")))
    couple.save()
    ana.take()
    ana.propose(TODAY)

    assert "That day has passed." in ana.page()
    ana.propose(TODAY + timedelta(days=61))
    assert "Ana proposes" in bo.page()


def test_there_is_one_thing_at_a_time(ana, bo):
    ana.take("physical")

    assert bo.take("emotional")["Location"] == "/one-thing/?changed"
    assert Agreement.objects.count() == 1
    assert "Physical" in bo.page()


@pytest.mark.parametrize("stage", ["talking", "proposed", "agreed", "review"])
def test_either_puts_it_away_at_any_time_for_both(ana, bo, clock, stage):
    ana.take()
    if stage != "talking":
        ana.propose()
    if stage in ("agreed", "review"):
        bo.agree()
    if stage == "review":
        wait(clock, 14, ana, bo)
        bo.look_back("partly")

    assert bo.put_away()["Location"] == ADDRESS
    for page in (ana.page(), bo.page()):
        assert "We take" in page
        assert "Soup" not in page
    assert "Soup" not in ana.browser.get("/one-thing/earlier/").content.decode()
    ana.take("spiritual")
    assert "Spiritual" in bo.page()


def test_putting_away_twice_is_putting_away_once(ana):
    ana.take()
    shown = ana.seen()

    for _ in range(2):
        assert ana.put_away(revision=shown)["Location"] == ADDRESS


def test_a_page_left_open_from_an_earlier_thing_changes_nothing_of_the_next(ana, bo, clock):
    ana.take("physical")
    ana.propose()
    old = bo.seen()
    bo.put_away()
    ana.take("emotional")
    ana.propose(what="Another act")

    for sent in (bo.put_away, bo.agree, bo.look_back):
        assert sent(revision=old)["Location"] == "/one-thing/?changed"
    bo.say("Old words", revision=old)
    page = ana.page()
    assert "Another act" in page
    assert "What you agreed on" not in page
    assert "Old words" not in page
    assert "Old words" in bo.page()  # they are in the field again, not lost


def test_a_form_sent_twice_begins_and_proposes_once(ana, bo):
    number = "6a4f2c9e-6f0e-4a55-8f1c-0a57d3a7d5a1"
    ana.take("physical", submission_id=number)
    ana.put_away()
    assert ana.take("physical", submission_id=number)["Location"] == ADDRESS
    assert "We take" in ana.page()

    ana.take()
    number, shown = "6a4f2c9e-6f0e-4a55-8f1c-0a57d3a7d5a2", ana.seen()
    ana.propose(what="Soup", submission_id=number)
    bo.propose(what="Opera")
    ana.propose(what="Soup", submission_id=number, revision=shown)
    page = ana.page()
    assert "Bo proposes" in page
    assert "Two proposals" not in page


def test_the_partner_is_woken_when_their_own_page_changes_and_not_otherwise(ana, bo, woken):
    ana.take()
    ana.say("Sundays")
    ana.propose()
    bo.agree()
    ana.put_away()
    partner = [bo.seat.person, bo.seat.person, bo.seat.person, ana.seat.person, bo.seat.person]
    assert woken == partner

    woken.clear()
    ana.put_away()
    ana.take("no such strand")
    ana.say("Sundays")
    ana.propose()
    bo.agree()
    assert woken == []


def test_the_same_words_again_wake_nobody(ana, woken):
    ana.take()
    ana.say("Sundays")
    woken.clear()
    ana.say("Sundays")

    assert woken == []


def test_for_one_person_there_is_no_such_page(clock):
    browser = client_of(make_person("Cleo"))

    for path in ("", "earlier/"):
        assert browser.get(ADDRESS + path).status_code == 404
    for path in ("", *POST_ONLY):
        assert browser.post(ADDRESS + path, {"strand": "physical"}).status_code == 404


def test_another_couple_sees_and_changes_nothing_of_it(ana, agreed):
    one, other = make_person("Dee"), make_person("Eli")
    seat, _ = pair(one, other, NOON)
    dee = Side(seat, client_of(one))
    dee.put_away()

    assert "Soup" not in dee.page()
    assert "Soup" in ana.page()
