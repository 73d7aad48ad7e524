"""What is asked of every page anybody comes to, whatever is on it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

TITLES = {"A few words", "Today", "This week", "Together", "Our map", "Me", "Help", "Sign in"}
TITLES |= {"One round", "Settle in", "My weeks"}
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 568}
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
BY_RULES = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
BY_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"], "resultTypes": ["violations"]}

# How far the page can be moved sideways, and whether the way out can be pressed in its corners
# and its middle, before and after scrolling down.
MEASURED = """() => {
  const pressable = () => {
    const way = document.querySelector("a.exit"), box = way?.getBoundingClientRect();
    if (!way) return false;
    const across = [box.left + 2, (box.left + box.right) / 2, box.right - 2];
    const down = [box.top + 2, (box.top + box.bottom) / 2, box.bottom - 2];
    return across.every((x) => down.every((y) => way.contains(document.elementFromPoint(x, y))));
  };
  const was = scrollY, root = document.documentElement;
  scrollTo(0, 0);
  const before = pressable();
  scrollTo(0, root.scrollHeight);
  const after = pressable();
  scrollTo(0, was);
  return { sideways: root.scrollWidth - root.clientWidth, exit: before && after };
}"""

SHEET = re.compile(rb"/Type\s*/Page\b")


def faults_of(page: Page) -> list[str]:
    """Everything that is wrong with this page, in words; as it was found, it is left."""
    page.evaluate(AXE_SCRIPT)
    return [
        *_of_the_title(page),
        *layout_faults_of(page),
        *_of_access(page, "by day", BY_RULES),
        *_by_night(page),
    ]


def layout_faults_of(page: Page) -> list[str]:
    """What has no room on a small screen, or in large letters."""
    return [*_on_small_screens(page), *_in_large_letters(page)]


def sheets_of(page: Page) -> int:
    """How many sheets of paper this page takes."""
    return len(SHEET.findall(page.pdf(prefer_css_page_size=True)))


def _of_the_title(page: Page) -> Iterator[str]:
    if page.title() not in TITLES:
        yield f"its title is {page.title()!r}"


def _on_small_screens(page: Page) -> Iterator[str]:
    for size in (SMALL, PHONE):
        page.set_viewport_size(size)
        yield from _measured(page, f"at {size['width']} px")


def _in_large_letters(page: Page) -> Iterator[str]:
    """Text at 200 %, as somebody sets it who reads with difficulty."""
    browser = page.context.new_cdp_session(page)
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    yield from _measured(page, "with text at 200 %")
    browser.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    browser.detach()


def _measured(page: Page, how: str) -> Iterator[str]:
    found = page.evaluate(MEASURED)
    if found["sideways"]:
        yield f"{how} it moves sideways by {found['sideways']} px"
    if not found["exit"]:
        yield f"{how} Quick exit is out of sight or covered"


def _by_night(page: Page) -> Iterator[str]:
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")  # no colours in between
    yield from _of_access(page, "by night", BY_COLOUR)
    page.emulate_media(color_scheme="light", reduced_motion="no-preference")


def _of_access(page: Page, when: str, rules: dict[str, object]) -> Iterator[str]:
    for found in page.evaluate("rules => axe.run(rules)", rules)["violations"]:
        for node in found["nodes"]:
            yield f"{when} {found['id']}: {node['html'][:160]} ({node.get('failureSummary', '')})"
