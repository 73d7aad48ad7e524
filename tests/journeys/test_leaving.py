"""Leaving, in two browsers: the one goes on alone, and the other sees nothing of it."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.visitor import PASSWORD
from tests.journeys.weeks import answer


def test_one_leaves_and_erases_herself_and_the_others_pages_stay_as_they_are(two):
    ana, bo = two
    answer(ana)
    ana.press("Open with Bo")
    bo.turn_to("Together")
    before = bo.page.locator("main").inner_text()

    ana.turn_to("Me")
    ana.follow("Leaving")
    expect(ana.sees("Leaving")).to_be_visible()
    expect(ana.page.get_by_text("It may be noticed")).to_be_visible()
    ana.look()
    ana.press("Leave now")
    expect(ana.sees("On your own")).to_be_visible()
    ana.look()
    ana.turn_to("Me")
    expect(ana.page.get_by_text("Here on your own.")).to_be_visible()

    bo.turn_to("Today")
    bo.turn_to("Together")
    assert bo.page.locator("main").inner_text() == before

    ana.follow("Erase everything of mine")
    expect(ana.sees("Erase everything of mine")).to_be_visible()
    ana.page.get_by_label("Your password").fill("a guess at it, and wrong")
    ana.press("Erase me")
    expect(ana.page.get_by_text("Nothing was erased.")).to_be_visible()
    ana.look()
    ana.page.get_by_label("Your password").fill(PASSWORD)
    ana.press("Erase me")
    expect(ana.page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()

    bo.turn_to("Today")
    bo.turn_to("Together")
    assert bo.page.locator("main").inner_text() == before
    bo.look()
