"""The pages that no other journey comes by, so that each is looked at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.looking import layout_faults_of
from tests.journeys.weeks import OUR_EVENING, answer

OPEN_TO_ALL = (
    "/help/",
    "/exit/about/",
    "/privacy/",
    "/traces/",
    "/taken/",
    "/keeper/",
    "/sign-in/",
)
OPEN_TO_ALL += ("/password/forgotten/", "/password/forgotten/sent/", "/password/new/done/")
OPEN_TO_ALL += ("/invitation/", "/invitation/no/", "/password/new/odd-1-abc/")


def test_pages_open_to_anyone(visit):
    anyone = visit()

    for path in OPEN_TO_ALL:
        anyone.go(path)
        expect(anyone.page.get_by_role("heading", level=1)).to_have_count(1)

    anyone.go("/help/")
    anyone.tap(anyone.page.locator("summary").first)
    anyone.look()


def test_pages_of_two(two):
    ana, bo = two
    ana.go("/settle/")
    ana.mark("Day", "Thursday")
    ana.mark("What you look at", "Physical")
    bo.go("/today/")
    bo.listen()
    ana.press("Propose it")
    bo.follow("Ana proposes another evening")  # it came by itself
    bo.press("Agree")
    expect(bo.sees("Thursday at 19:00")).to_be_visible()

    for path in ("/me/", "/weeks/", "/weeks/now/", "/together/nothing/", "/one-thing/earlier/"):
        ana.go(path)
    ana.go("/me/")
    ana.page.get_by_label("Name").fill("")
    ana.press("Keep this")
    expect(ana.page.get_by_text("Any name will do.")).to_be_visible()
    ana.press("You may ask me")
    ana.go("/check-in/")
    ana.go("/me/")
    ana.press("Stop keeping my answers")
    ana.go("/check-in/")
    expect(ana.sees("Nothing is kept at the moment")).to_be_visible()
    ana.go("/sign-out/")


def test_an_own_week_is_there_to_read(ana):
    answer(ana, step="Ask how the meeting went")
    ana.press("Keep mine")
    ana.turn_to("Our map")
    ana.follow("This week, as only I see it")
    expect(ana.page.get_by_text("Ask how the meeting went")).to_be_visible()
    ana.follow("Earlier weeks")
    ana.follow("My answers")


@pytest.mark.parametrize("path", ["/nothing-here/", "/map/00000000-0000-4000-8000-000000000000/"])
def test_what_is_not_there_is_said_the_same_way(ana, path):
    ana.expects.add(404)

    ana.go(path)

    expect(ana.page.get_by_role("heading", level=1)).to_have_count(1)


def test_a_very_long_name_pushes_nothing_aside(server, two):
    ana = two[0]
    ana.go("/me/")
    ana.page.get_by_label("Name").fill("Maximiliana" * 5)
    ana.press("Keep this")
    for visitor in two:
        visitor.looks = False  # at anything but where things are
        answer(visitor)
        assert layout_faults_of(visitor.page) == []
        visitor.press("Open with")
        visitor.turn_to("Check in")  # a page that does not turn by itself when the evening comes
    server.clock_to(OUR_EVENING)

    for path in ("/today/", "/together/", "/map/", "/one-thing/", "/settle/", "/me/"):
        for visitor in two:
            visitor.go(path)
            assert [(path, fault) for fault in layout_faults_of(visitor.page)] == []
