"""Ana signs up and invites Bo. Each has a browser of their own."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.pairing import invite, sign_up

KEEPER = "Ana keeps this copy on a computer at home"


def test_two_people_come_together_and_each_sees_it_by_itself(visit):
    ana, bo, cleo = visit(), visit(), visit()
    ana.go("/")
    ana.follow("Begin on your own")
    sign_up(ana, "Ana", "she/her")
    expect(ana.sees("Good evening, Ana")).to_be_visible()
    link, digits = invite(ana)

    cleo.go(link)
    cleo.press("Not for me")
    expect(cleo.page.get_by_text("Ana isn’t told.")).to_be_visible()
    bo.go(link)
    expect(bo.page.get_by_role("main")).to_contain_text(KEEPER)
    bo.follow("Look first")
    bo.follow("Try it")
    sign_up(bo, "Bo")
    bo.page.get_by_label("Six digits").fill(digits)
    ana.listen()
    bo.press("Answer")
    expect(bo.sees("Now Ana says whether it is you")).to_be_visible()
    bo.listen()

    expect(ana.sees("Somebody answered")).to_be_visible()  # by itself
    ana.look()
    ana.press("Yes, it’s them")
    for visitor in (ana, bo):  # Bo's page turns by itself
        expect(visitor.sees("Good evening")).to_be_visible()
        evening = visitor.page.get_by_text("Your evening is Sunday at 19:00, UTC time")
        expect(evening).to_be_visible()
    bo.look()


def test_a_page_that_is_filled_in_wrongly_says_what_and_keeps_the_rest(visit):
    dee = visit()
    dee.go("/sign-up/")

    dee.page.get_by_label("What should you be called here?").fill("Dee")
    dee.page.get_by_label("E-mail address").fill("dee@example.org")
    dee.page.get_by_label("Password").fill("short")
    dee.tap(dee.page.get_by_label("I am 18 or older."))
    dee.tap(dee.page.get_by_label("Keep the answers I give here"))
    dee.press("Begin")

    expect(dee.page.locator(".wrong")).to_have_count(1)
    expect(dee.page.get_by_label("What should you be called here?")).to_have_value("Dee")
