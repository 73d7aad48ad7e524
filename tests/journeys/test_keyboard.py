"""With the keyboard alone, and for eyes that would rather nothing moved."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import Visitor
from tests.journeys.weeks import WISH, felt

MOST_STOPS = 60

# Where the focus is: whether it has a ring, and whether it is in sight and not under something.
IN_SIGHT = """() => {
  const at = document.activeElement, label = at.closest("label");
  const ringed = [at, at.nextElementSibling, label].filter(Boolean).some((shown) => {
    const style = getComputedStyle(shown);
    return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  });
  const box = at.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return { name: at.outerHTML.slice(0, 120), ringed, uncovered: (label ?? at).contains(hit) };
}"""
MOVES = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return style.transitionDuration !== "0s" || style.animationName !== "none";
}).length"""


def tab_to(visitor: Visitor, where: Locator) -> None:
    """Press Tab until the focus is there. At every stop on the way, it can be seen."""
    for _ in range(MOST_STOPS):
        visitor.page.keyboard.press("Tab")
        stop = visitor.page.evaluate(IN_SIGHT)
        assert stop == stop | {"ringed": True, "uncovered": True}
        if where.evaluate("here => here === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {where}")


def press(visitor: Visitor, key: str, times: int = 1) -> None:
    for _ in range(times):
        visitor.page.keyboard.press(key)


def enter(visitor: Visitor) -> None:
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")


def test_a_week_is_answered_and_opened_with_the_keyboard_alone(ana):
    ana.go("/check-in/")
    question = ana.group(felt("Emotional"))

    tab_to(ana, question.get_by_role("radio").first)
    press(ana, "Space")
    press(ana, "ArrowRight", 6)
    expect(question.get_by_role("radio", name="6", exact=True)).to_be_checked()
    acts = ana.group(WISH).get_by_role("radio")
    tab_to(ana, acts.first)
    press(ana, "ArrowDown", 2)
    expect(acts.nth(2)).to_be_checked()
    tab_to(ana, ana.page.get_by_role("button", name="Keep, and go on"))
    enter(ana)
    tab_to(ana, ana.page.get_by_role("button", name="Open with Bo"))
    enter(ana)

    expect(ana.page.get_by_text("Nothing is due")).to_be_visible()


def test_the_first_stop_skips_to_the_page_and_the_second_leaves(ana):
    links = ana.page.get_by_role("banner").get_by_role("link")

    tab_to(ana, links.nth(0))
    expect(links.nth(0)).to_have_text("Skip to the page")
    tab_to(ana, links.nth(1))
    expect(links.nth(1)).to_have_text("Quick exit")
    press(ana, "Shift+Tab")
    press(ana, "Enter")
    expect(ana.page.get_by_role("main")).to_be_focused()
    tab_to(ana, ana.page.get_by_role("main").get_by_role("link").first)


def test_nothing_moves_for_who_asked_for_that(visit):
    anyone = visit()
    anyone.go("/")
    assert anyone.page.evaluate(MOVES) > 0

    anyone.page.emulate_media(reduced_motion="reduce")

    assert anyone.page.evaluate(MOVES) == 0
