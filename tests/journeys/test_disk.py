"""What a browser keeps of us on its disk, once it is closed: nothing anybody typed as an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, BrowserType, expect

from tests.apps.guarding.device import code_of
from tests.journeys.looking import PHONE
from tests.journeys.server import Server
from tests.journeys.visitor import PASSWORD, Visitor
from tests.journeys.weeks import OUR_EVENING, answer
from tests.privacy.searching import spellings, unpacked

STEP, REPLY, WORKS, WISH, WHAT, PRONOUNS = (
    "marzipanwalrus", "quincetrombone", "saffronbadger", "junipertuba", "rhubarblynx", "fennelyak",
)  # fmt: skip
LOCK, GUESS, BROUGHT, SHOWN = "sorrelheron", "damsonviola", "medlarpiccolo", "loquatgibbon"
MOVING = "tamarindoboe@example.org"
TYPED = (STEP, REPLY, WORKS, WISH, WHAT, PRONOUNS, LOCK, GUESS, BROUGHT, SHOWN, PASSWORD, MOVING)


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


def found(profile: Path, *words: str) -> dict[str, list[str]]:
    """The files of a closed browser that hold one of these words, however it may be written."""
    hits: dict[str, list[str]] = {}
    ways = {word: spellings(word) for word in words}
    for path in (path for path in profile.rglob("*") if path.is_file() and not path.is_symlink()):
        held = list(unpacked(path.read_bytes()))
        for word in words:
            if any(way in content for content in held for way in ways[word]):
                hits.setdefault(word, []).append(str(path.relative_to(profile)))
    return hits


def test_nothing_typed_as_an_answer_stays_on_the_disk(server, visit, keeping, profile, tmp_path):
    ana, bo = Visitor(keeping, server.address, set(), looks=False), visit()
    for visitor, address in zip((ana, bo), server.couple(), strict=True):
        visitor.sign_in(address)
    answer(bo, step=SHOWN)
    bo.press("Open with Ana")

    _a_week_that_opens(server, ana)
    _one_thing(ana)
    _what_is_said_of_oneself(ana)
    taken = _takes_along_and_brings_back(ana, tmp_path)
    secrets = _a_code(server, ana)
    _a_lock_and_leaving(server, ana)
    keeping.close()

    here = f"{server.address}/me/erase/"
    assert found(profile, here)  # so this is where it keeps things
    assert found(profile, *TYPED, *secrets) == {}
    assert STEP in taken.read_text()  # what somebody saves is theirs, and where they saved it


def _a_week_that_opens(server: Server, ana: Visitor) -> None:
    answer(ana, step=STEP)
    ana.press("Open with Bo")
    ana.turn_to("Check in")  # a page that does not turn by itself when the evening comes
    server.clock_to(OUR_EVENING)
    ana.go("/map/")
    expect(ana.page.get_by_text(SHOWN).first).to_be_visible()
    step = ana.section("One small step, this month")
    ana.tap(step.get_by_text("In your own words"))
    step.get_by_label("Your answer").fill(REPLY)
    ana.press("Answer", within=step.locator("details"))


def _one_thing(ana: Visitor) -> None:
    ana.press("Begin")
    ana.page.get_by_label("One thing that already works").fill(WORKS)
    ana.page.get_by_label("One wish").fill(WISH)
    ana.press("Show Bo", within=ana.section("What works, and a wish"))
    ana.page.get_by_label("What", exact=True).fill(WHAT)
    ana.press("Propose this")
    expect(ana.page.get_by_text("Say who sees to it.")).to_be_visible()  # it waits to be mended


def _what_is_said_of_oneself(ana: Visitor) -> None:
    ana.go("/me/")
    ana.page.get_by_label("Pronouns, if you like").fill(PRONOUNS)
    ana.press("Keep this")
    ana.go("/me/address/")
    ana.page.get_by_label("New e-mail address").fill(MOVING)
    ana.page.get_by_label("Your password").fill(GUESS)
    ana.press("Use this one")
    expect(ana.page.get_by_text("That is not your password")).to_be_visible()
    ana.go("/me/what-they-see/")
    expect(ana.page.get_by_text(STEP)).to_be_visible()


def _takes_along_and_brings_back(ana: Visitor, folder: Path) -> Path:
    taken, brought = folder / "taken.json", folder / "brought.json"
    ana.go("/me/take-along/")
    ana.saves.add("/me/take-along/")
    ana.page.get_by_label("Your password").fill(PASSWORD)
    with ana.page.expect_download() as coming:
        ana.page.get_by_role("button", name="Save a file to bring back").click()
    coming.value.save_as(taken)
    brought.write_text(taken.read_text().replace(STEP, BROUGHT))
    ana.go("/me/bring-back/")
    file = ana.page.get_by_label("The file")
    if file.count():  # whoever has weeks here already is told so instead
        file.set_input_files(brought)
        ana.press("Bring my weeks back")
    return taken


def _a_code(server: Server, ana: Visitor) -> list[str]:
    """The secret and the recovery codes that were shown."""
    ana.go("/me/sign-in/codes/")
    ana.page.get_by_label("Your password").fill(PASSWORD)
    ana.press("Go on")
    secret = ana.page.locator("p.address").inner_text()
    ana.page.get_by_label("The six digits").fill("12")
    ana.press("Turn it on")
    now = OUR_EVENING + timedelta(minutes=2)
    server.clock_to(now)
    ana.page.get_by_label("The six digits").fill(code_of(secret, at=now.timestamp()))
    ana.press("Turn it on")
    recovery = ana.page.locator("main li strong").all_inner_texts()
    assert len(recovery) == 10
    ana.press("I have them")
    shown = [secret, *recovery]
    return [*shown, *(text.replace(" ", "") for text in shown)]


def _a_lock_and_leaving(server: Server, ana: Visitor) -> None:
    ana.go("/me/lock/")
    ana.page.get_by_label("What opens it").fill(LOCK)
    ana.page.get_by_label("Your password").fill(PASSWORD)
    ana.press("Set the lock")
    server.clock_to(OUR_EVENING + timedelta(minutes=9))
    ana.go("/weeks/now/")
    for typed in (GUESS, LOCK):
        ana.page.get_by_label("Your lock").fill(typed)
        ana.press("Open my pages")
    ana.go("/check-in/")
    ana.go("/me/leave/")
    ana.go("/me/erase/")
    ana.page.get_by_label("Your password").fill(GUESS)
    ana.press("Erase me")
    expect(ana.page.get_by_text("Nothing was erased.")).to_be_visible()


def test_a_naive_page_is_caught_by_the_same_search(naive, keeping, profile):
    page = keeping.pages[0]
    page.goto(naive)
    page.get_by_role("textbox").fill(STEP)
    page.get_by_role("button").click()
    expect(page.get_by_role("paragraph").first).to_have_text(STEP)
    keeping.close()

    kept = " ".join(found(profile, STEP)[STEP])
    for place in ("Sessions", "History", "Local Storage"):
        assert place in kept
