"""One's own page: what one is called, what one said yes to, and the way out."""

from __future__ import annotations

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from interwoven.apps.accounts import queries as accounts
from interwoven.apps.couples import actions, queries
from interwoven.apps.couples.seats import seat_of
from interwoven.core.consent import ConsentKind
from interwoven.core.people import Place, Seat
from interwoven.infra import live
from tests.apps.couples.browser import Browser
from tests.apps.couples.people import client_of, pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def anas(ana) -> Browser:
    browser = Browser(ana)
    browser.go("/me/")
    return browser


def test_the_page_says_what_one_is_called_and_the_address_one_signs_in_with(anas):
    assert 'value="Ana Marković"' in anas.text
    assert 'value="she/her"' in anas.text
    assert "ana@example.org" in anas.text
    assert "/settle/" not in anas.text


def test_the_page_leads_to_the_ways_out(anas):
    assert "Erase everything of mine" in anas.text


def test_a_new_name_is_kept_for_oneself_and_shown_to_the_other(ana, bo, now):
    pair(ana, bo, now)
    anas = Browser(ana)
    anas.go("/me/")
    anas.send("/me/", name="  Ana   M. ", pronouns="")

    assert 'value="Ana M."' in anas.text
    assert 'href="/settle/"' in anas.text
    us = queries.us(seat=seat_of(bo))
    assert (us.partner.name, us.partner.pronouns) == ("Ana M.", "")


def test_a_name_that_cannot_be_kept_comes_back_with_what_was_typed(anas, ana):
    anas.send("/me/", name="n" * 61, pronouns="they/them")

    assert "Up to 60 letters fit." in anas.text
    assert f'value="{"n" * 61}"' in anas.text
    assert 'value="they/them"' in anas.text
    assert accounts.called(seat=Seat(ana.pk)).name == "Ana Marković"

    anas.send("/me/", name="Ana", pronouns="they/them")
    assert "letters fit" not in anas.text


def test_a_name_left_out_is_asked_for_again(anas):
    anas.send("/me/", name=" ", pronouns="")

    assert "Any name will do. It is how you appear to your partner." in anas.text
    assert 'aria-invalid="true"' in anas.text


def test_the_other_is_woken_by_a_new_name_and_not_by_the_same_one(
    ana, bo, now, monkeypatch, django_capture_on_commit_callbacks
):
    seat, _ = pair(ana, bo, now)
    woken = []
    monkeypatch.setattr(live.hub, "wake", woken.append)
    for name in ("Ana Marković", "Ani", "Ani"):
        with django_capture_on_commit_callbacks(execute=True):
            actions.rename(by=seat, name=name, pronouns="she/her", now=now)

    assert woken == [bo.pk]


@pytest.mark.parametrize(
    ("path", "kind"), [("/me/beliefs/", ConsentKind.BELIEFS), ("/me/keeping/", ConsentKind.ADULT)]
)
def test_a_yes_can_be_given_taken_back_and_given_again(anas, ana, path, kind):
    for do, given in [("give", True), ("take_back", False), ("give", True), ("take_back", False)]:
        answer = anas.client.post(path, anas.fields_of(path) | {"do": do})

        assert (answer.status_code, answer["Location"]) == (303, "/me/")
        assert (kind in accounts.consents(seat=Seat(ana.pk))) is given
        anas.go("/me/")
        assert (f'value="{"take_back" if given else "give"}"' in anas.text.split(path)[1]) is True


def test_what_is_neither_yes_nor_no_changes_nothing(ana):
    before = accounts.consents(seat=Seat(ana.pk))
    answer = client_of(ana).post("/me/keeping/", {"do": "perhaps"})

    assert answer.status_code == 303
    assert accounts.consents(seat=Seat(ana.pk)) == before


def test_signing_out_is_a_form_on_this_page(anas):
    assert anas.fields_of("/sign-out/")["csrfmiddlewaretoken"]


@pytest.mark.parametrize("path", ["/me/", "/invite/", "/invitation/answer/"])
def test_somebody_who_is_not_signed_in_is_asked_to(path):
    answer = Browser().client.get(path)

    assert (answer.status_code, answer["Location"]) == (302, f"/sign-in/?next={path}")


def test_a_seat_is_found_with_one_question(ana, bo, now):
    one, other = pair(ana, bo, now)
    with CaptureQueriesContext(connections["default"]) as asked:
        found = seat_of(bo)

    assert len(asked) == 1
    assert found == other == Seat(bo.pk, one.couple, Place.B, 1)
    assert queries.partner_of(seat=one) == other
    assert queries.partner_of(seat=other) == one


def test_a_person_alone_holds_a_chair_of_their_own(ana):
    with CaptureQueriesContext(connections["default"]) as asked:
        found = seat_of(ana)

    assert len(asked) == 1
    assert found == Seat(ana.pk)
