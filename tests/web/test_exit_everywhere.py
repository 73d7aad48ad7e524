"""On every page there is, whoever asks, Quick exit stands first and works without scripts."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.utils import timezone

from tests.apps.couples.people import client_of, make_person, pair
from tests.privacy.addresses import every_address

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
AWAY = {"/exit/", "/sign-out/"}
SCRIPT = re.compile(r'<script type="module" src="/static/web/js/exit[^"]*\.js"></script>')


class Links(HTMLParser):
    """What can be followed or pressed on a page, in its order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("a", "button", "input", "select", "textarea"):
            self.found.append(dict(attrs))


def way_out_is_wrong(page: str) -> str:
    skip, first, *rest = Links(page).found
    drawn = [one for one in rest if one.get("class") == "exit"]
    if skip.get("href") != "#main" or first.get("href") != "/exit/":
        return "the keyboard does not come by it first"
    if [one.get("href") for one in drawn] != ["/exit/"]:
        return "it is not there once to be seen"
    if not (first.get("data-exit") and drawn[0].get("data-exit")):
        return "without a connection it leads nowhere"
    return "" if SCRIPT.search(page) else "nothing covers the page"


@pytest.fixture
def everybody() -> dict[str, Client]:
    ana, bo, ivy = (make_person(name) for name in ("Ana", "Bo", "Ivy"))
    pair(ana, bo, timezone.now())
    return {"Nobody": Client(), "Ana": client_of(ana), "Ivy": client_of(ivy)}


def test_quick_exit_is_on_every_page(everybody):
    paths = [one.path for one in every_address() if one.plain and one.path not in AWAY]
    looked, wrong = set(), []
    for who, browser in everybody.items():
        for path in [*paths, "/nothing-here/", "/map/00000000-0000-4000-8000-000000000000/"]:
            answer = browser.get(path)
            if answer.status_code in (200, 404) and "html" in answer["Content-Type"]:
                looked.add(path)
                why = way_out_is_wrong(answer.content.decode())
                wrong += [f"{who} at {path}: {why}"] if why else []

    assert wrong == []
    new = {"/me/leave/", "/me/erase/", "/me/lock/", "/me/sign-in/codes/", "/me/sign-in/passkey/"}
    new |= {"/me/take-along/", "/me/bring-back/", "/me/what-they-see/", "/me/shared/", "/me/left/"}
    assert looked >= new
    assert len(looked) > 45


def test_a_page_without_it_is_found_out(everybody):
    page = everybody["Ana"].get("/me/").content.decode()
    planted = page.replace('class="exit"', 'class="exits"'), page.replace("js/exit", "js/live")

    assert way_out_is_wrong(page) == ""
    assert [way_out_is_wrong(one) for one in planted] == [
        "it is not there once to be seen",
        "nothing covers the page",
    ]
