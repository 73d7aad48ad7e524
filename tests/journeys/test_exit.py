"""Quick exit, from any page, with and without scripts; and signing out."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Route, expect

from tests.journeys.elsewhere import Weather
from tests.journeys.leaving import KEPT, by_keys, by_link, opens_today, session_of
from tests.journeys.looking import SMALL
from tests.journeys.server import EXIT_URL, ROOT
from tests.journeys.visitor import Visitor
from tests.journeys.weeks import STEP

HTML = {"content_type": "text/html"}
COVER = """() => {
  const cover = document.querySelector("[role=alert]"), box = cover.getBoundingClientRect();
  return [document.title, cover.textContent, box.x, box.y, box.width, box.height];
}"""


# What is wrong with the way out where the page stands now.
AT_HAND = """() => {
  const way = document.querySelector("a.exit"), box = way.getBoundingClientRect(), wrong = [];
  if (box.width < 44 || box.height < 44) wrong.push("small");
  const inside = Math.min(box.left, box.top, innerWidth - box.right, innerHeight - box.bottom) >= 0;
  if (!inside) wrong.push("out of sight");
  const across = [box.left + 2, (box.left + box.right) / 2, box.right - 2];
  const down = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2];
  const free = (x, y) => way.contains(document.elementFromPoint(x, y));
  if (!across.every((x) => down.every((y) => free(x, y)))) wrong.push("covered");
  return wrong;
}"""
COVER_IT = """() => {
  const note = document.createElement("div");
  const corner = { position: "fixed", inset: "0 0 auto auto", width: "90px", height: "40px" };
  Object.assign(note.style, corner, { zIndex: "8" });
  document.querySelector("a.exit").style.minBlockSize = "1rem";
  document.body.append(note);
}"""


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
    ana.looks = False  # elsewhere
    ana.sign_in(server.couple()[0])
    ana.turn_to("Me")
    ana.turn_to("Check in")
    session, pages = session_of(ana), ana.page.evaluate("history.length")
    assert opens_today(ana, session)
    ana.page.evaluate("localStorage.setItem('of', 'another page')")
    Weather.asked.clear()

    leave(ana)
    ana.page.wait_for_url(EXIT_URL)

    assert Weather.asked == [("navigate", None)]  # gone to; no page of ours fetched it
    assert ana.page.evaluate("history.length") == pages + (0 if scripts else 1)
    assert not opens_today(ana, session)
    assert ana.context.cookies() == []
    assert session_of(ana) == ""
    for _ in range(3):
        ana.back()
        expect(ana.sees("Sign in")).to_be_visible()
    assert ana.page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_small_phone_it_stays_at_hand_to_the_end_of_a_long_page(server, visit, scripts):
    ana = visit(scripts=scripts)
    ana.looks = False
    ana.sign_in(server.couple()[0])
    ana.page.set_viewport_size(SMALL)
    for path in ("/check-in/", "/help/", "/me/", "/map/", "/privacy/", "/me/erase/"):
        ana.go(path)
        for where in ("0", "1e6"):
            ana.page.evaluate(f"scrollTo(0, {where})")
            assert ana.page.evaluate(AT_HAND) == [], (path, where)
    assert ana.page.evaluate("document.documentElement.scrollHeight > 2 * innerHeight")


def test_the_same_look_finds_a_way_out_that_is_covered_or_small(ana):
    ana.page.evaluate(COVER_IT)

    assert ana.page.evaluate(AT_HAND) == ["small", "covered"]


def press_shift(visitor: Visitor, *, apart: int, times: int = 3) -> None:
    """Press it some milliseconds apart, by the browser's clock."""
    for _ in range(times):
        visitor.page.clock.fast_forward(apart)
        visitor.page.keyboard.press("Shift")


@pytest.fixture
def counted(ana: Visitor) -> list[str]:
    """Where a script of the page wanted to go; and a clock that moves only when it is told to."""
    went: list[str] = []

    def stay(route: Route) -> None:
        went.append(urlsplit(route.request.url).path)
        route.abort("aborted")

    ana.looks = False
    ana.page.clock.install()
    ana.page.route("**/exit/", stay)
    ana.page.route(EXIT_URL, stay)
    ana.go("/check-in/")
    return went


def test_three_times_shift_leave_unless_there_is_a_pause_of_five_seconds_between(ana, counted):
    press_shift(ana, apart=5_100)
    assert not ana.page.locator(".gone").count()

    with ana.page.expect_request(EXIT_URL):
        press_shift(ana, apart=3_000, times=2)

    expect(ana.page.locator(".gone")).to_be_visible()
    assert counted == ["/exit/", "/weather"]


def test_capital_letters_do_not_leave_and_shift_alone_does_also_in_a_field(ana, counted):
    field = ana.page.get_by_label(STEP)
    field.focus()
    for letter in "THREE":
        ana.page.keyboard.press(f"Shift+{letter}")
    press_shift(ana, apart=100, times=2)
    assert field.input_value() == "THREE"
    assert not ana.page.locator(".gone").count()

    press_shift(ana, apart=100, times=1)

    expect(ana.page.locator(".gone")).to_be_visible()


def test_before_it_is_needed_its_page_says_what_stays_and_leads_on(server, visit):
    anyone = visit(scripts=False)
    anyone.go("/exit/about/?next=/one-round/")

    said = anyone.page.get_by_role("main")
    expect(said).to_contain_text("Pages you saw before it are still in your history")
    expect(said).to_contain_text("elsewhere.example")
    anyone.follow("Go on")
    assert anyone.path == "/one-round/"


def test_while_the_way_out_does_not_answer_the_page_is_covered_and_left_after_a_second(
    server, visit
):
    ana = visit()
    ana.looks = False
    ana.sign_in(server.couple()[0])
    session, unanswered = session_of(ana), []
    ana.page.clock.install()
    ana.page.route("**/exit/", lambda route: unanswered.append(route))
    ana.go("/privacy/")
    ana.page.clock.pause_at(datetime(2100, 1, 1, tzinfo=UTC))

    with ana.page.expect_request("**/exit/"):
        by_link(ana)

    assert ana.page.evaluate(COVER) == ["Leaving", "Leaving", 0, 0, 390, 844]
    ana.page.clock.fast_forward(1_000)
    ana.page.wait_for_url(EXIT_URL)
    assert len(unanswered) == 1
    assert opens_today(ana, session)
    ana.go("/today/")
    expect(ana.sees("Sign in")).to_be_visible()
    assert not opens_today(ana, session)


def test_over_https_no_other_site_can_set_the_cookie_that_tells_of_it(browser):
    context = browser.new_context()
    script = (ROOT / "src/interwoven/web/static/web/js/exit.js").read_text()
    page = f'<a href="/exit/" data-exit="{EXIT_URL}">x</a><script type="module">{script}</script>'
    context.route("https://copy.example/**", lambda route: route.fulfill(body=page, **HTML))
    context.route("**/exit/", lambda route: route.abort())
    context.route(EXIT_URL, lambda route: route.fulfill(body="rain", **HTML))
    visited = context.new_page()
    visited.goto("https://copy.example/")

    visited.get_by_role("link").click()

    visited.wait_for_url(EXIT_URL)
    (cookie,) = context.cookies("https://copy.example/")
    assert cookie["name"] == "__Host-left"
    assert (cookie["domain"], cookie["path"], cookie["secure"]) == ("copy.example", "/", True)
    context.close()


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
