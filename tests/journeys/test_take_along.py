"""Taking one's own along on a phone, seeing what the other sees, and signing out elsewhere."""

from __future__ import annotations

import json

from playwright.sync_api import expect

from tests.journeys.looking import layout_faults_of
from tests.journeys.pairing import sign_up
from tests.journeys.taking import STEP_OF_ANA, STEP_OF_BO, TO_BRING_BACK, saved, week_opened


def test_everything_is_taken_along_and_ones_own_weeks_come_back(server, two, visit, tmp_path):
    ana, bo = two
    week_opened(server, ana, bo)

    ana.turn_to("Me")
    ana.follow("Take it along")
    ana.page.get_by_label("Your password").fill("not this one")
    ana.press("Save a page to read")
    expect(ana.page.get_by_text("That is not your password")).to_be_visible()
    page = saved(ana, "Save a page to read")
    assert page.suggested_filename == "export.html"
    page.save_as(tmp_path / "export.html")
    file = saved(ana, TO_BRING_BACK)
    file.save_as(tmp_path / "export.json")
    found = json.loads((tmp_path / "export.json").read_text(encoding="utf-8"))
    assert found["opened"][0]["theirs"]["step"] == STEP_OF_BO

    reader = ana.context.browser.new_context(viewport={"width": 320, "height": 640}).new_page()
    asked: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.goto((tmp_path / "export.html").as_uri())
    expect(reader.get_by_text(STEP_OF_BO)).to_be_visible()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert (len(asked), reader.evaluate(wide)) == (1, 0)
    reader.context.close()

    again = visit()
    again.go("/sign-up/")
    sign_up(again, "Cleo")
    again.go("/me/bring-back/")
    again.page.get_by_label("The file").set_input_files(tmp_path / "export.html")
    again.press("Bring my weeks back")
    expect(again.page.get_by_text("This isn’t a file to bring back")).to_be_visible()
    again.page.get_by_label("The file").set_input_files(tmp_path / "export.json")
    again.press("Bring my weeks back")
    again.follow("My answers")
    expect(again.page.get_by_text(STEP_OF_ANA)).to_be_visible()
    again.go("/me/bring-back/")
    expect(again.sees("You have answered weeks here already")).to_be_visible()


def test_what_the_other_sees_and_all_that_is_shared(server, two):
    ana, bo = two
    ana.turn_to("Me")
    ana.follow("What Bo sees of you")
    expect(ana.sees("What you are called")).to_be_visible()
    ana.go("/together/")
    ana.press("Come in")
    ana.go("/settle/")
    ana.mark("Day", "Thursday")
    ana.press("Propose it")

    ana.turn_to("Me")
    ana.follow("All that is shared")
    expect(ana.page.get_by_text("You are in the room")).to_be_visible()
    ana.press("Take it back")
    ana.go("/me/shared/")
    ana.press("Leave the room")
    ana.go("/me/shared/")
    expect(ana.page.get_by_text("You are in the room")).to_have_count(0)
    assert layout_faults_of(bo.page) == []


def test_another_browser_is_signed_out_from_here(server, visit):
    here, there = visit(), visit()
    address = server.couple()[0]
    for visitor in (here, there):
        visitor.sign_in(address)
    here.go("/me/shared/")
    expect(here.page.get_by_text("Another browser")).to_be_visible()

    here.press("Sign it out")

    expect(here.page.get_by_text("Another browser")).to_have_count(0)
    there.go("/today/")
    assert there.path == "/sign-in/"
    here.go("/today/")
    assert here.path == "/today/"
