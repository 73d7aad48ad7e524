"""A week, answered alone and opened on the evening the two settled on."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.looking import sheets_of
from tests.journeys.weeks import OUR_EVENING, answer, felt, hoped

MOST_SHEETS = 2


def test_what_is_marked_is_kept_without_a_button(ana):
    ana.follow("Begin")
    ana.mark(felt("Emotional"), "6")
    ana.mark(hoped("Emotional"), "9")
    ana.mark(felt("Physical"), "Skip")
    expect(ana.page.get_by_text("Kept", exact=True)).to_be_visible()
    ana.turn_to("Today")
    ana.turn_to("Check in")

    six = ana.group(felt("Emotional")).get_by_role("radio", name="6", exact=True)
    nine = ana.group(hoped("Emotional")).get_by_role("radio", name="9", exact=True)
    expect(six).to_be_checked()
    expect(nine).to_be_checked()
    expect(ana.page.get_by_role("radio", checked=True)).to_have_count(2)


def test_a_week_opens_for_both_at_once_and_answers_come_by_themselves(server, two):
    ana, bo = two
    answer(ana, step="Tea on the step, phones indoors")
    ana.press("Open with Bo")
    answer(bo, marks=(4, 9), step="One walk without the pram")
    bo.press("Choose parts")
    bo.tap(bo.page.get_by_label("Emotional"))
    bo.tap(bo.page.get_by_label("The small step"))
    bo.press("Open these")
    for visitor in two:
        expect(visitor.page.get_by_text("Nothing is due")).to_be_visible()
        visitor.listen()

    server.clock_to(OUR_EVENING)

    expect(ana.page.get_by_text("One walk without the pram")).to_be_visible()  # by itself
    expect(bo.page.get_by_text("Tea on the step, phones indoors")).to_be_visible()
    ana.look()
    bo.turn_to("Our map")
    expect(bo.section("Felt, and hoped for")).to_contain_text("Ana hoped for more")
    expect(bo.sees("What would have felt close")).to_have_count(0)  # Bo kept that part
    bo.listen()

    ana.turn_to("Our map")
    assert sheets_of(ana.page) <= MOST_SHEETS
    ana.press("Thank you", within=ana.group("Answer Bo, Emotional"))
    ana_said = bo.page.get_by_text("Ana answered what you opened: Thank you")
    expect(ana_said).to_be_visible()  # by itself
    bo.look()
    ana.listen()
    step = bo.section("One small step, this month")
    bo.tap(step.get_by_text("In your own words"))
    step.get_by_label("Your answer").fill("Yes, on Thursday")
    bo.press("Answer", within=step.locator("details"))
    bo_said = ana.page.get_by_text("Bo answered what you opened: Yes, on Thursday")
    expect(bo_said).to_be_visible()  # by itself


def test_a_week_that_one_keeps_looks_like_one_never_written(server, two):
    ana, bo = two
    server.clock_to(OUR_EVENING.replace(day=8))
    answer(ana)
    ana.press("Keep mine")

    server.clock_to(OUR_EVENING.replace(day=12))

    for visitor in (ana, bo):
        visitor.go("/today/")
        expect(visitor.sees("Nothing to open tonight.")).to_be_visible()
        visitor.follow("An evening all the same")
        visitor.turn_to("Our map")
        expect(visitor.sees("What you both open comes here")).to_be_visible()
