"""One thing to do: from the map to an act that both agree on, and looking back a week later."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.looking import sheets_of
from tests.journeys.things import look_back, propose
from tests.journeys.weeks import OUR_EVENING, answer

A_WEEK_AFTER = OUR_EVENING + timedelta(days=10)
WHAT = "A walk along the canal, phones at home"


def test_two_agree_on_one_thing_and_each_looks_back_alone(server, two):
    ana, bo = two
    for visitor, other in ((ana, "Bo"), (bo, "Ana")):
        answer(visitor)
        visitor.press(f"Open with {other}")
        visitor.turn_to("Check in")  # a page that does not turn by itself when the evening comes
    server.clock_to(OUR_EVENING)

    bo.go("/one-thing/")
    bo.listen()
    ana.go("/map/")
    expect(ana.group("We take").get_by_role("radio", checked=True)).to_have_count(1)
    ana.press("Begin")
    expect(bo.sees("What works, and a wish")).to_be_visible()  # by itself
    bo.look()
    bo.listen()

    ana.page.get_by_label("One thing that already works").fill("The talk after lights out")
    ana.page.get_by_label("One wish").fill("Half an hour without a screen")
    ana.press("Show Bo", within=ana.section("What works, and a wish"))
    expect(bo.page.get_by_text("The talk after lights out")).to_be_visible()  # by itself
    bo.listen()
    propose(ana, WHAT)
    expect(bo.page.get_by_text(WHAT)).to_be_visible()  # by itself
    ana.listen()
    bo.press("Agreed")
    expect(ana.sees("What you agreed on")).to_be_visible()  # by itself
    ana.look()
    for visitor in (ana, bo):
        visitor.turn_to("Today")
        expect(visitor.section("What you agreed on")).to_contain_text(WHAT)
    ana.follow("Look at it")
    assert sheets_of(ana.page) == 1

    server.clock_to(A_WEEK_AFTER)
    for visitor in (ana, bo):
        visitor.go("/today/")
        visitor.follow("Look back")
    look_back(ana, "Partly")
    expect(ana.page.get_by_text("You may change it until it has opened.")).to_be_visible()
    bo.go("/one-thing/")
    expect(bo.page.get_by_text("Ana:")).to_have_count(0)
    ana.listen()
    look_back(bo, "Done")

    expect(bo.section("How it went")).to_contain_text("Ana: Partly")
    expect(ana.section("How it went")).to_contain_text("Bo: Done")  # by itself
    ana.look()
    ana.follow("Earlier ones")
    expect(ana.page.get_by_text(WHAT)).to_be_visible()


@pytest.fixture
def later(server) -> None:
    """It is where the other journey ends, before anybody signs in."""
    server.clock_to(A_WEEK_AFTER)


def test_the_day_is_moved_by_both_and_what_one_put_away_is_taken_up_again(later, two):
    ana, bo = two
    thursday, friday = (A_WEEK_AFTER.date() + timedelta(days=ahead) for ahead in (1, 2))
    ana.go("/one-thing/")
    ana.mark("We take", "Physical")
    ana.press("Take this one")
    propose(ana, WHAT, thursday)
    bo.go("/one-thing/")
    bo.press("Agreed")

    ana.go("/one-thing/")
    ana.tap(ana.page.get_by_text("Another day", exact=True))
    ana.page.get_by_label("Which day").fill(friday.isoformat())
    bo.listen()
    ana.press("Propose this day")
    ana.look()
    expect(bo.page.get_by_text("Ana proposes Friday 17 April")).to_be_visible()  # by itself
    bo.look()
    bo.press("Agreed")
    expect(bo.section("What you agreed on")).to_contain_text("on Friday 17 April")

    bo.tap(bo.page.get_by_text("Put it away").first)
    bo.press("Put it away")
    bo.press("Take it up again")
    expect(bo.section("What you agreed on")).to_contain_text(WHAT)
