"""A browser for the whole journey, a server for each module, and people who visit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserType, sync_playwright

from tests.journeys.elsewhere import Elsewhere, Naive, Weather, make_certificate
from tests.journeys.looking import PHONE
from tests.journeys.server import Server
from tests.journeys.visitor import Particulars, Visit, Visitor

WEDNESDAY = datetime(2026, 4, 1, 18, 0, tzinfo=ZoneInfo("UTC"))  # in a week with monthly questions
FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="package")
def elsewhere(tmp_path_factory) -> Iterator[Elsewhere]:
    file = tmp_path_factory.mktemp("elsewhere") / "certificate.pem"
    place = Elsewhere(Weather, make_certificate(file, "elsewhere.example"))
    yield place
    place.close()


@pytest.fixture(scope="package")
def naive() -> Iterator[str]:
    place = Elsewhere(Naive)
    yield f"http://localhost:{place.port}/naive"
    place.close()


@pytest.fixture(scope="package")
def flags(elsewhere: Elsewhere) -> list[str]:
    """Nothing is found on the net but the one place that Quick exit leads to."""
    rules = f"MAP elsewhere.example:443 127.0.0.1:{elsewhere.port},MAP * ~NOTFOUND"
    return [*FLAGS, f"--host-resolver-rules={rules},EXCLUDE localhost,EXCLUDE 127.0.0.1"]


@pytest.fixture(scope="package")
def chromium() -> Iterator[BrowserType]:
    with sync_playwright() as playwright:
        yield playwright.chromium


@pytest.fixture(scope="package")
def executable() -> str:
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")
    assert found, "The journeys need Chromium or Chrome. Install one, or name it with CHROMIUM."
    return found


@pytest.fixture(scope="package")
def browser(chromium: BrowserType, executable: str, flags: list[str]) -> Iterator[Browser]:
    browser = chromium.launch(executable_path=executable, args=flags)
    yield browser
    browser.close()


@pytest.fixture(scope="package")
def seen() -> set[Particulars]:
    """The pages that were looked at with care already."""
    return set()


@pytest.fixture(scope="package")
def made(tmp_path_factory) -> Path:
    """A copy of the product to which nobody has come yet; made once, as that takes a while."""
    folder = tmp_path_factory.mktemp("made")
    Server(folder, WEDNESDAY).stop()
    return folder


@pytest.fixture(scope="module")
def server(made: Path, tmp_path_factory) -> Iterator[Server]:
    """A copy of its own for each module, in which nothing may go wrong that is logged."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(made, folder, dirs_exist_ok=True)
    server = Server(folder, WEDNESDAY)
    yield server
    server.stop()
    assert server.log.read_text() == ""


@pytest.fixture
def visit(server: Server, browser: Browser, seen: set[Particulars]) -> Iterator[Visit]:
    """Have somebody come with a browser of their own; afterwards, nothing may have gone wrong."""
    visitors = []

    def come(*, scripts: bool = True, **options: object) -> Visitor:
        context = browser.new_context(
            viewport=PHONE, java_script_enabled=scripts, ignore_https_errors=True, **options
        )
        context.set_default_timeout(15_000)
        visitors.append(Visitor(context, server.address, seen, looks=scripts))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.context.close()
    trouble = [trouble for visitor in visitors for trouble in visitor.trouble]
    assert not trouble, "\n".join(trouble)


@pytest.fixture
def two(server: Server, visit: Visit) -> tuple[Visitor, Visitor]:
    """Ana and Bo, paired, each signed in at a browser of their own."""
    ana, bo = visit(), visit()
    for visitor, address in zip((ana, bo), server.couple(), strict=True):
        visitor.sign_in(address)
    return ana, bo


@pytest.fixture
def ana(server: Server, visit: Visit) -> Visitor:
    """Ana, who is paired with Bo and signed in."""
    ana = visit()
    ana.sign_in(server.couple()[0])
    return ana
