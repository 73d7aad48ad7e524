"""A private lock on a phone: set, asked for, written past, said to be forgotten, and given."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

from tests.journeys.looking import layout_faults_of
from tests.journeys.visitor import PASSWORD, Visitor
from tests.journeys.weeks import STEP, answer, felt

STEP_OF_ANA = "Tea on the step, phones indoors"
LOCK = "a heron at noon"
SIX_MINUTES_LATER = datetime(2026, 4, 1, 18, 6, tzinfo=ZoneInfo("UTC"))


def give(visitor: Visitor, typed: str) -> None:
    visitor.page.get_by_label("Your lock").fill(typed)
    visitor.press("Open my pages")


def is_marked(visitor: Visitor, question: str, mark: str) -> None:
    chosen = visitor.group(question).get_by_role("radio", name=mark, exact=True)
    expect(chosen).to_be_checked()


def test_what_was_kept_is_behind_a_lock_and_writing_is_not(server, two):
    ana, _ = two
    answer(ana, step=STEP_OF_ANA)
    ana.press("Keep mine")
    ana.turn_to("Me")
    ana.follow("A lock for your own pages")
    ana.page.get_by_label("What opens it").fill(LOCK)
    ana.page.get_by_label("Your password").fill(PASSWORD)
    ana.press("Set the lock")
    expect(ana.sees("Your lock is on")).to_be_visible()
    assert layout_faults_of(ana.page) == []
    server.clock_to(SIX_MINUTES_LATER)

    ana.go("/check-in/")
    expect(ana.sees("Kept, and closed")).to_be_visible()
    assert ana.page.get_by_label(STEP).input_value() == ""
    ana.mark(felt("Emotional"), "2")
    expect(ana.page.locator("[data-kept]")).to_have_text("Kept")
    ana.press("Keep, and go on")

    ana.go("/weeks/now/")
    expect(ana.sees("This is behind your lock")).to_be_visible()
    give(ana, "a heron at one")
    expect(ana.page.get_by_text("That doesn’t open it")).to_be_visible()
    ana.press("I have forgotten it")
    expect(ana.page.get_by_text("opens by itself on Saturday 4 April")).to_be_visible()
    ana.go("/check-in/")
    ana.follow("Unlock to see them")
    give(ana, LOCK)
    assert ana.path == "/check-in/"
    is_marked(ana, felt("Emotional"), "2")
    is_marked(ana, felt("Intellectual"), "5")
    assert ana.page.get_by_label(STEP).input_value() == STEP_OF_ANA
