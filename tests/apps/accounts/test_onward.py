"""Where one was going survives the door, and is never another site."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from tests.apps.accounts.door import (
    ANA,
    OTHER_PASSWORD,
    PASSWORD,
    Browser,
    sign_in,
    sign_out,
    sign_up,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_a_page_that_needs_a_sign_in_is_where_one_arrives(ana):
    there = "/sign-out/?from=here&twice=yes"
    browser = Browser().open(f"/sign-in/?next={there.replace('&', '%26')}")

    browser.resend("/sign-in/", login="ana@home.example", password=OTHER_PASSWORD)
    browser.resend("/sign-in/", login="ana@home.example", password=PASSWORD)

    assert browser.went == (303, there)


def test_where_one_was_going_survives_from_sign_in_to_sign_up_and_back():
    browser = Browser().open("/sign-in/?next=/privacy/")
    assert 'href="/sign-up/?next=%2Fprivacy%2F"' in browser.page

    browser.open("/sign-up/?next=%2Fprivacy%2F")
    assert 'href="/sign-in/?next=%2Fprivacy%2F"' in browser.page

    browser.resend("/sign-up/", **ANA | {"name": ""})
    assert 'href="/sign-in/?next=%2Fprivacy%2F"' in browser.page
    assert browser.resend("/sign-up/", **ANA).went == (303, "/exit/about/?next=%2Fprivacy%2F")
    assert '<a class="btn" href="/privacy/">Go on</a>' in browser.open(browser.went[1]).page
    assert browser.open("/sign-in/?next=/privacy/").went == (302, "/privacy/")


def test_a_new_person_reads_once_what_stays_on_the_device_and_goes_on_to_today():
    browser = sign_up(ANA)

    assert browser.went == (303, "/exit/about/?next=%2Ftoday%2F")
    page = browser.open(browser.went[1]).page
    assert "What stays on your device" in page
    assert '<a class="btn" href="/today/">Go on</a>' in page
    sign_out(browser)
    assert sign_in(ANA["email"]).went == (303, "/today/")


ELSEWHERE = ["https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example"]
ELSEWHERE += [
    "http://testserver/today/",
    "http://localhost/",
    "javascript:alert(1)",
    "evil",
    "\x00",
]
ELSEWHERE += ["/\t/evil.example", "\\\\evil.example", " /today/", "/%00\r\nSet-Cookie: a=b"]


@pytest.mark.parametrize("there", ELSEWHERE)
def test_nobody_is_led_to_another_site(ana, there):
    browser = Browser().open("/sign-in/")
    browser.resend("/sign-in/", login="ana@home.example", password=PASSWORD, next=there)

    status, went = browser.went
    assert status == 303
    assert went == "/today/" or went.startswith("/%")


@pytest.mark.parametrize("there", ELSEWHERE[:-1])
def test_the_page_that_says_what_stays_leads_nowhere_else_either(there):
    browser = Browser().open(f"/exit/about/?{urlencode({'next': there})}")

    assert '<a class="btn" href="/">Go on</a>' in browser.page
