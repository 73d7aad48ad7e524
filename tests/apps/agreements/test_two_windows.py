"""Nothing that somebody typed is lost to what came from another window or from the other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.apps.agreements.couple import ACT

SPACED = {"what": " Opera ", "minutes": " 90 ", "day": " 2026-12-04 "}
pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_two_windows_of_one_person_lose_neither_text(ana, bo):
    ana.take()
    shown = ana.seen()
    ana.say("From the first", "Same wish", revision=shown)
    ana.say("From the second", "Same wish", revision=shown)

    page = ana.page()
    assert "Two versions" in page
    assert "From the first" in page
    assert "From the second" in page
    assert page.count('class="twotexts"') == 1  # the wish is the same in both
    assert "From the second" not in bo.page()

    ana.say("From the second", "Same wish")
    assert "Two versions" not in ana.page()
    assert "From the second" in bo.page()


def test_the_other_persons_page_knows_nothing_of_a_conflict(ana, bo):
    ana.take()
    bo.page()
    shown = ana.seen()
    ana.say("From the first", revision=shown)
    before = bo.observes()
    ana.say("From the second", revision=shown)

    assert bo.observes() == before


def test_two_proposals_at_once_are_shown_side_by_side(ana, bo):
    ana.take()
    shown = ana.seen()
    bo.propose(what="Soup", revision=shown)
    ana.propose(what="Opera", revision=shown)

    page = ana.page()
    assert "Two proposals" in page
    assert "Bo proposes" in page
    assert "Soup\nBoth of you\nThursday 3 December\n30 minutes" in page
    assert "Opera\nBoth of you\nThursday 3 December\n30 minutes" in page
    assert "Opera" not in bo.page()

    ana.propose(what="Opera")
    assert "Two proposals" not in ana.page()
    assert "Opera" in bo.page()


def test_a_proposal_typed_with_stray_spaces_is_shown_side_by_side_too(ana, bo):
    ana.take()
    shown = ana.seen()
    bo.propose(revision=shown)
    ana.send("propose/", **ACT | SPACED, revision=shown)

    assert "Friday 4 December" in ana.page()


def test_a_conflict_is_over_once_what_was_in_conflict_is(ana, bo):
    ana.take()
    shown = ana.seen()
    bo.propose(revision=shown)
    ana.propose(what="Opera", revision=shown)
    bo.put_away()
    ana.take()

    page = ana.page()
    assert "Two proposals" not in page
    assert 'value="Opera"' in page


def test_what_was_typed_while_the_other_agreed_or_put_it_away_is_shown_again(ana, bo):
    ana.take()
    ana.propose()
    shown = ana.seen()
    bo.agree()
    assert ana.say("Half a thought", revision=shown)["Location"] == "/one-thing/?changed"
    assert ana.propose(what="Another", revision=shown)["Location"] == "/one-thing/?changed"

    page = ana.page("?changed")
    assert "What you had typed" in page
    assert "Half a thought" in page
    assert "Another" in page
    bo.put_away()
    assert "Half a thought" in ana.page()
    assert "Half a thought" not in bo.page()


def test_what_was_typed_is_gone_half_an_hour_later(ana, bo, clock):
    ana.take()
    ana.propose()
    shown = ana.seen()
    bo.agree()
    ana.say("Half a thought", revision=shown)
    clock.shift(timedelta(minutes=31))

    assert "Half a thought" not in ana.page()
