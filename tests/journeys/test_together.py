"""Opening together at any other time: both come in, on two phones or on one."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.visitor import PASSWORD
from tests.journeys.weeks import answer

HERE = "You are both here"


def test_two_who_come_in_see_each_other_and_open_what_both_chose(two):
    ana, bo = two
    for visitor, other in ((ana, "Bo"), (bo, "Ana")):
        answer(visitor)
        visitor.press(f"Open with {other}")
        visitor.turn_to("Together")

    ana.press("Come in")
    expect(ana.sees("You are in")).to_be_visible()
    ana.listen()
    expect(bo.sees("Open together")).to_be_visible()  # nobody told him
    bo.press("Come in")
    expect(bo.sees(HERE)).to_be_visible()
    expect(ana.sees(HERE)).to_be_visible()  # by itself
    ana.look()
    bo.listen()

    ana.press("Open it now")
    expect(ana.sees("Two people, one week")).to_be_visible()
    expect(bo.sees("This week has opened")).to_be_visible()  # by itself
    bo.follow("Look at it together")
    expect(bo.section("Felt, and hoped for")).to_contain_text("Emotional")
    bo.turn_to("Check in")
    expect(bo.sees("This week has opened")).to_be_visible()


def test_two_on_one_phone_come_in_with_a_password_each(ana):
    phone = ana
    phone.turn_to("Together")
    phone.press("Come in")

    phone.tap(phone.page.get_by_text("Bo is with me, on this phone"))
    phone.page.get_by_label("Bo, your own password").fill("a guess at it, and wrong")
    phone.press("I am here too")
    expect(phone.page.get_by_text("That didn’t work.")).to_be_visible()
    phone.page.get_by_label("Bo, your own password").fill(PASSWORD)
    phone.press("I am here too")

    expect(phone.sees(HERE)).to_be_visible()
    phone.press("Open it now")
    expect(phone.sees("Nothing to open tonight.")).to_be_visible()
