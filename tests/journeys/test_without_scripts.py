"""All of it without scripts: pairing, a check-in and its choice, and what is wrong told."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.pairing import invite, sign_up
from tests.journeys.weeks import OUR_EVENING, answer


def test_two_people_pair_and_open_a_week_without_a_script(server, visit):
    ana, bo = visit(scripts=False), visit(scripts=False)
    ana.go("/sign-up/")
    sign_up(ana, "Ana")
    link, digits = invite(ana)

    bo.go(link)
    bo.follow("Try it")
    sign_up(bo, "Bo")
    bo.page.get_by_label("Six digits").fill("12")
    bo.press("Answer")
    expect(bo.page.locator(".wrong")).to_be_visible()
    bo.page.get_by_label("Six digits").fill(digits)
    bo.press("Answer")
    ana.turn_to("Today")
    ana.follow("Have a look")
    ana.press("Yes, it’s them")

    for visitor, other in ((ana, "Bo"), (bo, "Ana")):
        answer(visitor, step="A bath, with the door shut")
        visitor.press(f"Open with {other}")
    server.clock_to(OUR_EVENING)
    ana.go("/map/")
    bo.go("/map/")
    bo.press("Tell me more", within=bo.group("Answer Ana, Emotional"))
    ana.go("/map/")

    expect(ana.page.get_by_text("Bo answered what you opened: Tell me more")).to_be_visible()
