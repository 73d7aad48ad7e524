"""Help without a connection, and what keeps it: that page alone, and gone with Quick exit."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Error, expect

from interwoven.apps.safety.helplines import COUNTRIES
from tests.journeys.conftest import WEDNESDAY
from tests.journeys.leaving import KEPT, by_keys, by_link, opens_today, session_of
from tests.journeys.looking import PHONE, faults_of
from tests.journeys.server import EXIT_URL, Server
from tests.journeys.visitor import Visitor
from tests.journeys.weeks import answer

HELD = """async () => {
  const held = {};
  for (const name of await caches.keys()) {
    const found = await (await caches.open(name)).keys();
    held[name] = found.map((one) => new URL(one.url).pathname + new URL(one.url).search);
  }
  return held;
}"""
WORKERS = """async () => (await navigator.serviceWorker.getRegistrations()).map(
  (one) => [new URL(one.scope).pathname, one.active && new URL(one.active.scriptURL).pathname])"""
AT_WORK = """async () => {
  const [one, ...more] = await navigator.serviceWorker.getRegistrations();
  return one?.active?.state === "activated" && !one.installing && !one.waiting && !more.length;
}"""
ANEW = """async (before) => {
  const names = await caches.keys();
  return names.length === 1 && names[0] !== before;
}"""
SOON = """async (given) => {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await whether(given)) return true;
    await new Promise((later) => setTimeout(later, 100));
  }
  return false;
}"""
DRAWN = """() => [document.styleSheets[0].cssRules.length > 4, [...document.fonts].filter(
  (one) => one.status === "loaded").length, document.querySelectorAll("details a.tel").length]"""
BY_HAND = """url => navigator.serviceWorker.register(url).then(() => "yes", (no) => no.name)"""
POLICY = """() => { try { trustedTypes.createPolicy("another", {}); return "yes"; }
  catch (no) { return no.name; } }"""
Come = Callable[..., Visitor]
HASHED = re.compile(r"/static/web/[a-z/]+[a-z0-9-]*\.[0-9a-f]{12}\.[a-z0-9]+")
NO_PAGE = "location.protocol === 'chrome-error:'"  # the browser's own page about a failure
BROKEN_OFF = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_CONNECTION_REFUSED")


def comes_to_today(visitor: Visitor) -> None:
    """And stays until the browser has what it keeps."""
    visitor.go("/today/")
    assert soon(visitor, AT_WORK)


def soon(visitor: Visitor, whether: str, given: str = "") -> bool:
    """Whether this comes true in twenty seconds. Playwright's own wait takes a promise for yes."""
    return bool(visitor.page.evaluate(SOON.replace("whether(given)", f"({whether})(given)"), given))


def empty_the_other_store(visitor: Visitor) -> None:
    """What the browser stored by itself would hide what the worker did not keep."""
    visitor.context.new_cdp_session(visitor.page).send("Network.clearBrowserCache")


@contextmanager
def failing(visitor: Visitor) -> Iterator[None]:
    """Requests may break off here, and nothing else may go wrong."""
    before = len(visitor.trouble)
    yield
    visitor.trouble[before:] = [
        trouble for trouble in visitor.trouble[before:] if not any(map(trouble.count, BROKEN_OFF))
    ]


@contextmanager
def without_a_connection(visitor: Visitor) -> Iterator[None]:
    visitor.context.set_offline(True)
    with failing(visitor):
        yield
    visitor.context.set_offline(False)


def opens(visitor: Visitor, path: str) -> bool:
    """Whether a page comes. The browser's own page about a failure is waited for."""
    try:
        visitor.page.goto(visitor.address + path)
    except Error as wrong:
        if not any(map(str(wrong).count, BROKEN_OFF)):
            raise
        visitor.page.wait_for_function(NO_PAGE)
        return False
    return True


@pytest.fixture
def come(server: Server, browser: Browser) -> Iterator[Come]:
    """Have somebody come, signed in if they have an address. Pages are looked at elsewhere."""
    visitors = []

    def come(address: str = "", at: str = server.address) -> Visitor:
        context = browser.new_context(viewport=PHONE, ignore_https_errors=True)
        visitors.append(Visitor(context, at, set(), looks=False))
        if address:
            visitors[-1].sign_in(address)
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.context.close()
    assert [trouble for visitor in visitors for trouble in visitor.trouble] == []


@pytest.fixture
def ana(server: Server, come: Come) -> Visitor:
    return come(server.couple()[0])


def test_help_opens_without_a_connection_whole_and_for_every_country(ana):
    comes_to_today(ana)
    empty_the_other_store(ana)
    with urlopen(f"{ana.address}/help/") as answer:
        online = answer.read().decode()

    with without_a_connection(ana):
        ana.go("/help/")
        ana.page.wait_for_function("document.fonts.status === 'loaded'")
        assert ana.page.evaluate("fetch('/help/').then((one) => one.text())") == online
        styled, letters, lines = ana.page.evaluate(DRAWN)
        assert styled
        assert letters == 3
        assert lines > len(COUNTRIES)
        for country in COUNTRIES:
            fold = ana.page.locator(f"details[id='{country.code}']")
            fold.locator("summary").click()
            expect(fold.locator("a.tel").first).to_have_text(country.emergency)
            expect(fold.locator("a.tel").first).to_be_visible()
        assert faults_of(ana.page) == []  # 320 px, large letters, night, and for screen readers
        assert not opens(ana, "/today/")  # so there is no connection, and nothing else is kept
    assert opens(ana, "/today/")


def test_nothing_is_kept_for_somebody_signed_out_so_nothing_opens(come):
    somebody = come()
    for path in ("/", "/sign-in/", "/privacy/", "/help/"):
        somebody.go(path)
        somebody.page.wait_for_load_state("networkidle")

    assert somebody.page.evaluate(WORKERS) == []
    assert somebody.page.evaluate(HELD) == {}
    with without_a_connection(somebody):
        assert not opens(somebody, "/help/")


def test_after_a_whole_journey_the_same_files_are_kept_for_both_and_no_page_but_help(server, come):
    two, held = [come(address) for address in server.couple()], []
    for visitor in two:
        comes_to_today(visitor)
    answer(two[0], step="a walk")
    for path in ("/map/", "/me/", "/weeks/", "/me/what-they-see/", "/help/", "/one-thing/", "/"):
        two[0].go(path)
    for visitor in two:
        assert visitor.page.evaluate(WORKERS) == [["/help/", "/help/worker.js"]]
        assert visitor.page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert visitor.page.evaluate("async () => (await indexedDB.databases()).length") == 0
        held.append(visitor.page.evaluate(HELD))

    assert held[0] == held[1]
    ((name, paths),) = held[0].items()
    assert re.fullmatch("help-[0-9a-f]{16}", name)
    assert [path for path in paths if not HASHED.fullmatch(path)] == ["/help/"]
    assert len(paths) == 8


def by_signing_out(visitor: Visitor) -> None:
    visitor.turn_to("Me")
    visitor.press("Sign out")


@pytest.mark.parametrize("leave", [by_link, by_signing_out])
def test_whoever_leaves_leaves_nothing_of_it(ana, leave):
    comes_to_today(ana)

    leave(ana)
    ana.page.wait_for_url(lambda url: url == EXIT_URL or url == f"{ana.address}/")
    ana.go("/help/")

    assert ana.page.evaluate(WORKERS) == []
    assert ana.page.evaluate(KEPT) == [0, 0, 0, 0, 0]
    with without_a_connection(ana):
        assert not opens(ana, "/help/")


@pytest.mark.parametrize(("path", "leave"), [("/help/", by_link), ("/me/", by_keys)])
def test_quick_exit_without_a_connection_covers_leaves_and_signs_out_once_there_is_one(
    ana, path, leave
):
    comes_to_today(ana)
    ana.turn_to("Me")
    session = session_of(ana)

    with without_a_connection(ana):
        if path == "/help/":
            ana.go(path)
        with ana.page.expect_event("requestfailed", lambda request: request.url == EXIT_URL):
            leave(ana)
        ana.page.wait_for_function(NO_PAGE)
        for _ in range(2):
            with suppress(Error):
                ana.back()
            expect(ana.page.get_by_role("navigation", name="Places")).to_have_count(0)
        ana.page.goto("about:blank")

    ana.go("/me/")

    expect(ana.sees("Sign in")).to_be_visible()
    assert not opens_today(ana, session)
    assert session_of(ana) == ""
    assert ana.page.evaluate(KEPT) == [0, 0, 0, 0, 0]


@pytest.fixture
def mortal(made: Path, tmp_path: Path) -> Iterator[Callable[..., Server]]:
    """Starts a copy of its own, and starts it anew at the same address."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    started: list[Server] = []

    def start(**settings: str) -> Server:
        if started:
            settings["PORT"] = str(urlsplit(started[0].address).port)
        started.append(Server(tmp_path, WEDNESDAY, **settings))
        return started[-1]

    yield start
    started[-1].stop()


def test_while_the_copy_is_stopped_help_opens_and_quick_exit_counts_once_it_is_back(mortal, come):
    server = mortal()
    ana, bo = (come(address, at=server.address) for address in server.couple())
    for visitor in (ana, bo):
        comes_to_today(visitor)
        empty_the_other_store(visitor)
    (before,), bos = ana.page.evaluate(HELD), session_of(bo)

    server.stop()
    with failing(ana), failing(bo):
        assert not opens(ana, "/today/")
        assert opens(ana, "/help/")
        expect(ana.sees("Now, by phone")).to_be_visible()
        with bo.page.expect_event("requestfailed", lambda request: request.url.endswith("/exit/")):
            by_link(bo)
        bo.page.wait_for_url(EXIT_URL)  # the other site, and no page about ours
    mortal(INSTANCE_NAME="Willow")
    assert opens_today(bo, bos)
    for visitor in (ana, bo):
        visitor.go("/today/")

    expect(bo.sees("Sign in")).to_be_visible()
    assert not opens_today(bo, bos)
    assert soon(ana, ANEW, before)
    with without_a_connection(ana):
        ana.go("/help/")
        expect(ana.page.get_by_role("link", name="Willow")).to_be_visible()


def test_a_browser_without_workers_goes_on_as_before(server, come):
    ana = come()
    ana.context.add_init_script("delete Navigator.prototype.serviceWorker")
    ana.sign_in(server.couple()[0])
    ana.go("/today/")
    ana.page.wait_for_load_state("load")
    assert ana.page.evaluate("navigator.serviceWorker === undefined")

    assert ana.page.evaluate(HELD) == {}
    by_keys(ana)
    ana.page.wait_for_url(EXIT_URL)


def test_no_script_of_the_page_can_have_another_worker_or_another_policy(ana):
    comes_to_today(ana)
    before = len(ana.trouble)

    assert ana.page.evaluate(BY_HAND, "/help/worker.js") == "TypeError"
    assert ana.page.evaluate(BY_HAND, "/static/web/js/exit.js") == "TypeError"
    assert ana.page.evaluate(POLICY) == "TypeError"
    said, ana.trouble[before:] = ana.trouble[before:], []
    assert all("Trusted" in one or "trusted" in one for one in said)
