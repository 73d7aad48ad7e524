"""Setting a private lock, giving it, and finding pages closed."""

from __future__ import annotations

import re

from django.core import mail
from django.http import HttpResponse
from django.test import Client

from tests.apps.checkins.two import Two, answer
from tests.apps.couples.people import PASSWORD

LOCK = "73 91"
NEW_PASSWORD = "kettle orbit mossy lane"
WORD = "Zqana-kept-stepXk"
LINK = re.compile(r"/password/new/[^\s.]+")
BEHIND = (
    "/weeks/", "/weeks/now/", "/check-in/parts/", "/me/shared/", "/me/take-along/", "/me/lock/",
)  # fmt: skip
FREE = (
    "/today/", "/check-in/", "/check-in/choose/", "/map/", "/together/", "/settle/", "/me/",
    "/one-thing/", "/me/what-they-see/", "/me/bring-back/", "/me/leave/", "/me/erase/", "/help/",
)  # fmt: skip


def set_lock(browser: Client, typed: str = LOCK, password: str = PASSWORD) -> HttpResponse:
    return browser.post("/me/lock/", {"do": "set", "lock": typed, "password": password})


def take_off(browser: Client, password: str = PASSWORD) -> HttpResponse:
    return browser.post("/me/lock/", {"do": "take_off", "password": password})


def give(browser: Client, typed: str = LOCK, onward: str = "/weeks/now/") -> HttpResponse:
    return browser.post("/me/unlock/", {"lock": typed, "next": onward})


def how(browser: Client, path: str = "/weeks/now/") -> str:
    """How a page is found: open, locked or shut."""
    response = browser.get(path)
    assert response.status_code == 200, (path, response.status_code)
    shown = response.content.decode()
    if "This is behind your lock" in shown:
        return "locked"
    return "shut" if "Closed for three days" in shown else "open"


def keeps_a_week(two: Two) -> None:
    """Ana keeps, for herself, words that are looked for everywhere."""
    two.the_month_begins()
    answer(two.ana, choice="keep", step=WORD)


def reset_by_mail(address: str, password: str = NEW_PASSWORD) -> Client:
    """Whoever reads the letters of this address sets a password and signs in. Their browser."""
    browser = Client()
    browser.post("/password/forgotten/", {"email": address})
    path = LINK.search(mail.outbox[-1].body)[0]
    form = browser.get(path).headers["Location"]
    assert browser.post(form, {"password1": password})["Location"] == "/password/new/done/"
    signed_in = browser.post("/sign-in/", {"login": address, "password": password})
    assert signed_in["Location"] == "/today/"
    return browser
