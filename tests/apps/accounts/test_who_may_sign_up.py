"""Whoever keeps a copy says who may make an account: anybody, the invited, or nobody."""

from __future__ import annotations

import pytest
from django.utils import timezone

from interwoven.apps.accounts.models import Person
from tests.apps.accounts.door import ANA, BO, Browser
from tests.apps.couples.people import invited, make_person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
CLOSED = "No new accounts here"


def signs_up(browser: Browser, **who: str) -> bool:
    before = Person.objects.count()
    browser.send("/sign-up/", **who)
    return Person.objects.count() > before


@pytest.mark.parametrize(
    ("mode", "let_in"), [("open", True), ("invited", False), ("closed", False)]
)
def test_whoever_finds_this_copy_gets_in_only_where_it_is_open(settings, mode, let_in):
    settings.SIGN_UP = mode
    browser = Browser()

    assert (CLOSED in browser.open("/sign-up/").page) is not let_in
    assert signs_up(browser, **ANA) is let_in


@pytest.mark.parametrize(("mode", "let_in"), [("open", True), ("invited", True), ("closed", False)])
def test_whoever_was_invited_gets_in_unless_it_is_closed(settings, mode, let_in):
    settings.SIGN_UP = mode
    token, _ = invited(make_person("Cem"), timezone.now())
    browser = Browser()
    browser.client.get(f"/i/{token}/")

    assert signs_up(browser, **BO) is let_in


def test_a_link_of_nobody_lets_nobody_in(settings):
    settings.SIGN_UP = "invited"
    browser = Browser()
    browser.client.get("/i/a-link-of-nobody/")
    browser.client.cookies["invitation"] = "made up"

    assert not signs_up(browser, **ANA)


def test_whoever_has_an_account_still_signs_in(settings, ana):
    settings.SIGN_UP = "closed"
    browser = Browser()
    browser.send("/sign-in/", login=ANA["email"], password=ANA["password1"])

    assert browser.went == (303, "/today/")
