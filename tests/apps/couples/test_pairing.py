"""Two people become a couple: a link, six digits given apart from it, and the inviter's own yes."""

from __future__ import annotations

import re

import pytest

from interwoven.apps.couples import queries
from interwoven.apps.couples.models import Couple, Invitation, Membership
from interwoven.apps.couples.seats import seat_of
from interwoven.core.people import Place
from tests.apps.couples.browser import Browser
from tests.apps.couples.people import client_of, invited, pair

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def link_and_code(page: str) -> tuple[str, str]:
    link = re.search(r'class="address">http://[^/]+(/i/[^<]+)<', page)
    digits = re.search(r'class="code"><span>(\d{3})</span> <span>(\d{3})</span>', page)
    assert link
    assert digits
    return link[1], digits[1] + digits[2]


def test_a_link_six_digits_and_a_yes_make_a_couple(ana, bo):
    anas, bos = Browser(ana), Browser(bo)
    anas.go("/invite/")
    anas.send("/invite/")
    link, code = link_and_code(anas.text)

    assert bos.go(link) == "/invitation/"
    assert "Ana Marković invites you to answer a few questions, each of you alone" in bos.text
    assert bos.go("/invitation/answer/") == "/invitation/answer/"
    bos.send("/invitation/answer/", code=f"{code[:3]} {code[3:]}")
    assert "Now Ana Marković says whether it is you" in bos.text
    assert not Couple.objects.exists()

    anas.go("/invite/")
    assert "Bo Lindqvist" in anas.text
    assert "Is this the person you gave it to?" in anas.text
    assert code not in anas.text
    answer = anas.client.post("/invite/confirm/", anas.fields_of("/invite/confirm/"))

    assert (answer.status_code, answer["Location"]) == (303, "/today/")
    us, them = queries.us(seat=seat_of(ana)), queries.us(seat=seat_of(bo))
    assert (us.me.name, us.partner.name) == ("Ana Marković", "Bo Lindqvist")
    assert (them.me.name, them.partner.name) == ("Bo Lindqvist", "Ana Marković")
    assert (us.place, them.place) == (Place.A, Place.B)
    assert us.partner.pronouns == ""
    assert them.partner.pronouns == "she/her"


def test_a_form_without_its_token_does_nothing(ana):
    anas = Browser(ana)
    anas.go("/invite/")

    assert anas.client.post("/invite/").status_code == 403
    assert not Invitation.objects.exists()


def test_the_same_form_sent_twice_makes_one_link(ana):
    anas = Browser(ana)
    anas.go("/invite/")
    fields = anas.fields_of("/invite/")
    anas.client.post("/invite/", fields)
    first = anas.go("/invite/") and link_and_code(anas.text)
    anas.client.post("/invite/", fields)
    anas.go("/invite/")

    assert link_and_code(anas.text) == first
    assert Invitation.objects.count() == 1


def test_a_new_link_ends_the_one_before(ana, bo):
    anas, bos = Browser(ana), Browser(bo)
    anas.go("/invite/")
    anas.send("/invite/")
    earlier, _ = link_and_code(anas.text)
    anas.send("/invite/")
    later, _ = link_and_code(anas.text)

    assert bos.go(earlier) == earlier
    assert "not open any more" in bos.text
    assert bos.go(later) == "/invitation/"


def test_not_them_ends_it_and_nobody_is_a_couple(ana, bo, now):
    token, code = invited(ana, now)
    bos = Browser(bo)
    bos.go(f"/i/{token}/")
    bos.go("/invitation/answer/")
    bos.send("/invitation/answer/", code=code)
    anas = Browser(ana)
    anas.go("/invite/")
    stale = anas.fields_of("/invite/confirm/")
    anas.send("/invite/take-back/")

    assert "Make an invitation" in anas.text
    assert anas.client.post("/invite/confirm/", stale)["Location"] == "/invite/"
    assert not Couple.objects.exists()


def test_confirming_twice_makes_one_couple(ana, bo, now):
    token, code = invited(ana, now)
    bos, anas = Browser(bo), Browser(ana)
    bos.go(f"/i/{token}/")
    bos.go("/invitation/answer/")
    bos.send("/invitation/answer/", code=code)
    anas.go("/invite/")
    fields = anas.fields_of("/invite/confirm/")
    anas.client.post("/invite/confirm/", fields)
    again = anas.client.post("/invite/confirm/", fields)

    assert (again.status_code, again["Location"]) == (303, "/invite/")
    assert anas.go("/invite/") == "/today/"
    assert Couple.objects.count() == 1


def test_a_page_left_open_confirms_nobody_but_whom_it_showed(ana, bo, cleo, now):
    anas = Browser(ana)
    for person in (bo, cleo):
        token, code = invited(ana, now)
        theirs = Browser(person)
        theirs.go(f"/i/{token}/")
        theirs.go("/invitation/answer/")
        theirs.send("/invitation/answer/", code=code)
        if person is bo:
            anas.go("/invite/")
            showed_bo = anas.fields_of("/invite/confirm/")

    assert anas.client.post("/invite/confirm/", showed_bo)["Location"] == "/invite/"
    assert not Couple.objects.exists()
    anas.go("/invite/")
    assert "Cleo" in anas.text


def test_somebody_else_cannot_confirm_an_invitation(ana, bo, cleo, now):
    token, code = invited(ana, now)
    bos, anas = Browser(bo), Browser(ana)
    bos.go(f"/i/{token}/")
    bos.go("/invitation/answer/")
    bos.send("/invitation/answer/", code=code)
    anas.go("/invite/")
    fields = {"invitation": anas.fields_of("/invite/confirm/")["invitation"]}

    answer = client_of(cleo).post("/invite/confirm/", fields)

    assert (answer.status_code, answer["Location"]) == (303, "/invite/")
    assert not Couple.objects.exists()


@pytest.mark.parametrize("sent", ["", "nothing", "3f"])
def test_a_confirmation_that_names_no_invitation_does_nothing(ana, sent):
    answer = client_of(ana).post("/invite/confirm/", {"invitation": sent})

    assert (answer.status_code, answer["Location"]) == (303, "/invite/")


def test_who_is_paired_has_no_invitation_to_make_or_to_answer(ana, bo, cleo, now):
    token, _ = invited(cleo, now)
    pair(ana, bo, now)
    browser = Browser(bo)
    browser.go(f"/i/{token}/")

    assert browser.go("/invite/") == "/today/"
    assert browser.go("/invitation/answer/") == "/invitation/answer/"
    assert "You are one of two here already" in browser.text
    assert client_of(bo).post("/invite/")["Location"] == "/today/"
    assert not Invitation.objects.filter(inviter=bo).exists()


def test_becoming_two_ends_every_other_invitation_of_either(ana, bo, cleo, now):
    cleos, _ = invited(cleo, now)
    bos, code = invited(bo, now)
    answered = Browser(cleo)
    answered.go(f"/i/{bos}/")
    answered.go("/invitation/answer/")
    answered.send("/invitation/answer/", code=code)
    pair(ana, bo, now)

    assert queries.current_invitation(seat=seat_of(bo), now=now) is None
    assert queries.invitation(token=cleos, seat=None, now=now) is not None
    assert set(Membership.objects.values_list("person_id", flat=True)) == {ana.pk, bo.pk}


def test_a_link_that_only_this_machine_opens_says_so(ana, settings, now):
    invited(ana, now)
    assert "Only this machine can open the link" in client_of(ana).get("/invite/").content.decode()

    settings.PUBLIC_ADDRESS = "https://home.example"
    page = client_of(ana).get("/invite/").content.decode()
    assert "Only this machine" not in page
    assert "https://home.example/i/" in page
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page or "<svg " in page
