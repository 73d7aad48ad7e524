"""One person: a wish, a guess and one question to ask tonight."""

from __future__ import annotations

from django.utils.html import escape

from interwoven.apps.rounds.sets import question_for
from interwoven.core.rounds import Pick
from tests.apps.rounds.phone import Phone, first_picks, pick

ALONE = "/one-round/alone/"
DONE = "Done. One question"


def test_one_person_takes_a_question_away(phone, acts):
    phone.follow_a_link("/one-round/")
    phone.follow_a_link(ALONE)

    assert pick(phone, 0, 3, DONE) == "/one-round/alone/question/"
    asked = question_for(acts, Pick(acts.acts[0].id, acts.acts[3].id))
    assert escape(asked) in phone.text
    assert phone.taps == 5


def test_there_is_a_question_for_every_guess_in_every_set():
    from interwoven.infra.library import library

    for acts in library().published_act_sets:
        for act in acts.acts:
            assert question_for(acts, Pick(acts.acts[0].id, act.id)).endswith("?")


def test_what_is_missing_is_asked_for(phone):
    phone.go(ALONE)
    ids = phone.ids

    assert phone.tick(guess=ids[1]).press(DONE) == ALONE
    assert "Pick the one that comes nearest." in phone.text
    assert phone.checked == {"guess": ids[1]}
    assert phone.go("/one-round/alone/question/") == ALONE


def test_other_acts_for_one(phone):
    phone.go(ALONE)
    before = phone.ids

    assert phone.press("Other acts") == ALONE
    assert phone.ids != before


def test_a_round_for_two_shows_nothing_of_one_played_alone(phone):
    phone.go(ALONE)
    pick(phone, 0, 1, DONE)

    assert phone.go("/one-round/") == "/one-round/"
    assert phone.checked == {}
    assert phone.go("/one-round/cover/") == "/one-round/"
    first_picks(phone)
    assert phone.go("/one-round/alone/question/") == ALONE
    assert phone.checked == {}


def test_playing_with_two_begins_afresh_and_letting_go_leaves_nothing(phone):
    phone.go(ALONE)
    pick(phone, 0, 1, DONE)
    assert phone.press("Play it with two") == "/one-round/"
    assert phone.go("/one-round/alone/question/") == ALONE

    pick(phone, 0, 1, DONE)
    phone.press("Clear it")
    assert phone.cookie == ""


def test_the_page_for_one_is_the_same_on_a_phone_that_never_played(phone):
    phone.go(ALONE)

    assert phone.checked == {}
    assert Phone().go(ALONE) == ALONE
