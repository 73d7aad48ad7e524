"""Quick exit, from any page, with and without scripts; and signing out."""

from __future__ import annotations

from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import expect

from tests.journeys.server import EXIT_URL
from tests.journeys.visitor import Visitor

KEPT = """async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,
  (await indexedDB.databases()).length, document.cookie.length]"""

COVER = """() => {
  const cover = document.querySelector("[role=alert]"), box = cover.getBoundingClientRect();
  return [document.title, cover.textContent, box.x, box.y, box.width, box.height];
}"""


def session_of(visitor: Visitor) -> str:
    cookies = {cookie["name"]: cookie["value"] for cookie in visitor.context.cookies()}
    return cookies.get("session", "")


def opens_today(visitor: Visitor, session: str) -> bool:
    """Whether the server still takes this session for somebody's."""
    asked = Request(f"{visitor.address}/today/", headers={"Cookie": f"session={session}"})
    with urlopen(asked) as answer:
        return urlsplit(answer.url).path == "/today/"


def by_link(visitor: Visitor) -> None:
    visitor.page.get_by_role("banner").locator("a.exit").click(no_wait_after=True)


def by_keys(visitor: Visitor) -> None:
    for _ in range(3):
        visitor.page.keyboard.press("Shift")


def by_skip_link(visitor: Visitor) -> None:
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Tab")
    visitor.page.keyboard.press("Enter")


@pytest.mark.parametrize(
    ("leave", "scripts"),
    [(by_link, True), (by_keys, True), (by_skip_link, True), (by_link, False)],
)
def test_quick_exit_ends_the_session_and_back_shows_sign_in(server, visit, leave, scripts):
    ana = visit(scripts=scripts)
    ana.sign_in(server.couple()[0])
    ana.turn_to("Me")
    ana.turn_to("Check in")
    session = session_of(ana)
    assert opens_today(ana, session)

    leave(ana)
    ana.page.wait_for_url(EXIT_URL)

    assert not opens_today(ana, session)
    assert session_of(ana) == ""
    ana.back()
    expect(ana.sees("Sign in")).to_be_visible()
    ana.back()
    expect(ana.sees("Sign in")).to_be_visible()


def test_the_page_is_covered_even_while_the_way_out_does_not_answer(ana):
    ana.go("/privacy/")
    ana.page.route("**/exit/", lambda route: route.abort("aborted"))

    by_link(ana)

    assert ana.page.evaluate(COVER) == ["Leaving", "Leaving", 0, 0, 390, 844]


def test_signing_out_leaves_nothing_in_the_browser_or_behind_back(ana):
    ana.turn_to("Check in")
    ana.turn_to("Our map")
    ana.turn_to("Me")
    session = session_of(ana)

    ana.press("Sign out")

    assert session_of(ana) == ""
    assert not opens_today(ana, session)
    assert ana.page.evaluate(KEPT) == [0, 0, 0, 0, 0]
    for _ in range(3):
        ana.back()
        expect(ana.sees("Sign in")).to_be_visible()
