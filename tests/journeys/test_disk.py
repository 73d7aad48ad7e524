"""What a browser keeps of us on its disk, once it is closed: nothing anybody typed as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, BrowserType, expect

from tests.journeys.looking import PHONE
from tests.journeys.visitor import PASSWORD, Visitor
from tests.journeys.weeks import OUR_EVENING, answer

STEP, REPLY, WORKS, WISH, WHAT, PRONOUNS = (
    "marzipanwalrus", "quincetrombone", "saffronbadger", "junipertuba", "rhubarblynx", "fennelyak",
)  # fmt: skip
TYPED = (STEP, REPLY, WORKS, WISH, WHAT, PRONOUNS, PASSWORD)


@pytest.fixture
def profile(tmp_path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def keeping(
    chromium: BrowserType, executable: str, flags: list[str], profile: Path
) -> Iterator[BrowserContext]:
    """A browser that keeps what it keeps, as anybody's does."""
    context = chromium.launch_persistent_context(
        profile, executable_path=executable, args=flags, viewport=PHONE, ignore_https_errors=True
    )
    yield context
    context.close()


def found(profile: Path, words: str) -> list[str]:
    """The files of a closed browser that hold these words, in either of its two encodings."""
    forms = words.encode(), words.encode("utf-16-le")
    files = [path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()]
    holding = (path for path in files if any(form in path.read_bytes() for form in forms))
    return [str(path.relative_to(profile)) for path in holding]


def test_nothing_typed_as_an_answer_stays_on_the_disk(server, visit, keeping, profile):
    ana, bo = Visitor(keeping, server.address, set(), looks=False), visit()
    for visitor, address in zip((ana, bo), server.couple(), strict=True):
        visitor.sign_in(address)
    answer(bo, step="a walk")
    bo.press("Open with Ana")

    answer(ana, step=STEP)
    ana.press("Open with Bo")
    ana.turn_to("Check in")  # a page that does not turn by itself when the evening comes
    server.clock_to(OUR_EVENING)
    ana.go("/map/")
    step = ana.section("One small step, this month")
    ana.tap(step.get_by_text("In your own words"))
    step.get_by_label("Your answer").fill(REPLY)
    ana.press("Answer", within=step.locator("details"))
    ana.press("Begin")
    ana.page.get_by_label("One thing that already works").fill(WORKS)
    ana.page.get_by_label("One wish").fill(WISH)
    ana.press("Show Bo", within=ana.section("What works, and a wish"))
    ana.page.get_by_label("What", exact=True).fill(WHAT)
    ana.press("Propose this")
    expect(ana.page.get_by_text("Say who sees to it.")).to_be_visible()  # it waits to be mended
    ana.go("/me/")
    ana.page.get_by_label("Pronouns, if you like").fill(PRONOUNS)
    ana.press("Keep this")
    ana.go("/check-in/")
    keeping.close()

    assert found(profile, f"{server.address}/check-in/")  # so this is where it keeps things
    assert [(words, places) for words in TYPED if (places := found(profile, words))] == []


def test_a_naive_page_is_caught_by_the_same_search(naive, keeping, profile):
    page = keeping.pages[0]
    page.goto(naive)
    page.get_by_role("textbox").fill(STEP)
    page.get_by_role("button").click()
    expect(page.get_by_role("paragraph").first).to_have_text(STEP)
    keeping.close()

    kept = " ".join(found(profile, STEP))
    for place in ("Sessions", "History", "Local Storage"):
        assert place in kept
