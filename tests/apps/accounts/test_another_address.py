"""Signing in with another address: one's own password, nobody told, and nothing else changed."""

from __future__ import annotations

import pytest
from django.core import mail

from interwoven.apps.accounts.models import Person
from tests.apps.accounts.door import ANA, PASSWORD, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NEW = "new@home.example"


def change(browser, email: str = NEW, password: str = PASSWORD):
    return browser.send("/me/address/", email=email, password=password)


def test_from_then_on_the_new_address_signs_in_and_the_old_one_does_not(ana):
    assert change(ana, "New@Home.example").went == (303, "/me/")

    assert sign_in(NEW).went == (303, "/today/")
    assert sign_in(ANA["email"]).answer.status_code == 200
    assert NEW in ana.open("/me/").page
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("email", "password", "field", "says"),
    [
        (NEW, "not her password", "password", "That is not your password"),
        ("no address", PASSWORD, "email", "That doesn’t look like an e-mail address"),
        ("", PASSWORD, "email", "An e-mail address is needed here."),
        ("bo@home.example", PASSWORD, "email", "There is an account with this address already."),
        ("a" * 250 + "@b.example", PASSWORD, "email", "longer than an e-mail address"),
        ("\x00@b.example", PASSWORD, "email", "That doesn’t look like an e-mail address"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_changes_nothing(ana, bo, email, password, field, says):
    assert change(ana, email, password).went == (303, "/me/address/")

    assert says in ana.open("/me/address/").beside[field]
    assert Person.objects.filter(email=ANA["email"]).exists()


def test_nobody_changes_an_address_without_signing_in():
    from tests.apps.accounts.door import Browser

    assert Browser().open("/me/address/").answer.status_code == 302
