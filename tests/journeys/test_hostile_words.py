"""Words that would be scripts if anything took them for more than words, wherever one can type.

Both browsers would say so: by a dialog, by a script that ran, or by a breach of the policy.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import WEDNESDAY
from tests.journeys.server import Server
from tests.journeys.taking import saved
from tests.journeys.things import propose
from tests.journeys.visitor import Visitor
from tests.journeys.weeks import OUR_EVENING, answer
from tests.privacy.pages import OPEN_TO_ANYONE, SEATED

NAME = "\"'><svg/onload=ran=1>"  # fits where the least fits
LONG = (
    "</script></title></textarea></style>--><img src=x onerror=ran=1>"
    "<script>ran=1</script><iframe srcdoc='<script>parent.ran=1</script>'></iframe>"
    "<a href=javascript:ran=1 autofocus onfocus=ran=1>{{7*7}}${7*7}%3Cscript%3E"
)
ASKS_NOTHING = {"/healthz", "/help/worker.js", "/sign-out/", "/exit/"}
BREACHES = """addEventListener("securitypolicyviolation", (event) => {
  (window.breaches ??= []).push(`${event.violatedDirective}: ${event.blockedURI}`) })"""
STATE = """() => ({ ran: window.ran, breaches: window.breaches, made: document.querySelectorAll(
  "[onerror], [onload], [onfocus], iframe, svg[onload], a[href^='javascript:']").length })"""
AS_IT_SHOULD_BE = {"ran": None, "breaches": None, "made": 0}


@pytest.fixture(scope="module")
def server(made: Path, tmp_path_factory) -> Iterator[Server]:
    """Its name and its keeper's are as hostile as what is typed."""
    folder = tmp_path_factory.mktemp("hostile")
    shutil.copytree(made, folder, dirs_exist_ok=True)
    server = Server(folder, WEDNESDAY, INSTANCE_NAME=NAME, KEEPER_NAME=NAME)
    yield server
    server.stop()
    assert server.log.read_text() == ""


@pytest.fixture
def pair(server: Server, visit) -> tuple[Visitor, Visitor]:
    both = visit(), visit()
    for visitor, address in zip(both, server.couple(), strict=True):
        visitor.looks = False  # at anything but what ran
        visitor.context.add_init_script(BREACHES)
        visitor.page.on(
            "dialog", lambda dialog, whose=visitor: whose.trouble.append(dialog.message)
        )
        visitor.sign_in(address)
        visitor.go("/me/")
        visitor.page.get_by_label("Name").fill(NAME)
        visitor.page.get_by_label("Pronouns, if you like").fill(NAME)
        visitor.press("Keep this")
    return both


def say_all(server: Server, ana: Visitor, bo: Visitor) -> None:
    """Type it wherever something is kept. Whoever waits is where no page turns by itself."""
    for visitor in (ana, bo):
        answer(visitor, step=LONG)
        visitor.press(visitor.page.get_by_role("button", name="Open with"))
        visitor.turn_to("Check in")
    server.clock_to(OUR_EVENING)
    for visitor in (ana, bo):
        visitor.go("/map/")
        step = visitor.section("One small step, this month")
        visitor.tap(step.get_by_text("In your own words"))
        step.get_by_label("Your answer").fill(LONG)
        visitor.press("Answer", within=step.locator("details"))
        visitor.turn_to("Check in")
    ana.go("/map/")
    ana.press("Begin")
    for visitor in (ana, bo):
        visitor.go("/one-thing/")
        visitor.page.get_by_label("One thing that already works").fill(LONG)
        visitor.page.get_by_label("One wish").fill(LONG)
        visitor.press(visitor.page.get_by_role("button", name="Show "))
        visitor.turn_to("Check in")
    ana.go("/one-thing/")
    propose(ana, LONG[:200])
    ana.turn_to("Check in")
    bo.go("/one-thing/")
    bo.press("Agreed")


def state_of(page: Page) -> dict[str, object]:
    return {"ran": None, "breaches": None} | page.evaluate(STATE)


def test_nothing_typed_is_ever_more_than_words(server, pair, tmp_path):
    ana, bo = pair
    say_all(server, ana, bo)

    shown = 0
    for visitor in (ana, bo):
        for path in (*SEATED, *(path for path in OPEN_TO_ANYONE if path not in ASKS_NOTHING)):
            visitor.expects = {404, 405}  # some are there for one person, or for a form alone
            visitor.page.goto(server.address + path)
            assert (path, state_of(visitor.page)) == (path, AS_IT_SHOULD_BE)
            shown += visitor.page.content().count("onload=ran=1")
    assert shown > 40
    bo.go("/map/")
    expect(bo.page.get_by_text("<script>ran=1</script>").first).to_be_visible()
    page = _as_taken_along(ana, tmp_path / "export.html")
    assert state_of(page) == AS_IT_SHOULD_BE
    assert page.inner_text("body").count("<script>ran=1</script>") > 3
    page.close()


def _as_taken_along(ana: Visitor, file: Path) -> Page:
    """The page to read, from a disk, where no policy of ours guards it."""
    ana.go("/me/take-along/")
    saved(ana, "Save a page to read").save_as(file)
    page = ana.context.browser.new_page()
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("typed", [NAME, LONG])
def test_the_same_words_taken_for_more_would_run(browser: Browser, typed):
    """The positive control, on a page without a policy that takes them for HTML."""
    page = browser.new_page()
    page.set_content(f"<p>{typed}</p>")
    page.wait_for_function("window.ran === 1")

    assert state_of(page)["made"] > 0
    page.close()


def test_no_script_of_a_page_can_turn_words_into_html(ana: Visitor):
    ana.go("/today/")

    for sink in ("document.body.innerHTML = '<b>x</b>'", "document.write('<b>x</b>')"):
        told = ana.page.evaluate(f"() => {{ try {{ {sink} }} catch (e) {{ return e.name }} }}")
        assert told == "TypeError"
    assert len(ana.trouble) == 2  # each is told on the console as well
    ana.trouble.clear()
