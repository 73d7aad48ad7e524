"""Taken along, erased, and then the backup from before is put back: nobody comes back by it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.pairing import sign_up
from tests.journeys.server import Server
from tests.journeys.taking import STEP_OF_ANA, STEP_OF_BO, TO_BRING_BACK, saved, week_opened
from tests.journeys.visitor import PASSWORD, Visitor
from tests.journeys.weeks import OUR_EVENING
from tests.upkeep.copies import Made


@pytest.fixture
def copy(server: Server) -> Made:
    """The served copy, as whoever keeps it has it before them."""
    return Made(server.log.parent / "data", {})


@pytest.fixture
def backup(copy: Made, server: Server, tmp_path: Path) -> tuple[Path, Path]:
    """Where it goes, and the key that opens it. It is made later."""
    identity = tmp_path / "identity.txt"
    identity.write_text(copy.does("backup-key"))
    return tmp_path / "kept.age", identity


@pytest.fixture
def again(server: Server) -> Iterator[list[Server]]:
    """The same copy, started anew."""
    started: list[Server] = []
    yield started
    for one in started:
        one.stop()
        assert one.log.read_text() == ""


def erase(ana: Visitor) -> None:
    ana.go("/me/erase/")
    ana.page.get_by_label("Your password").fill(PASSWORD)
    ana.press("Erase me")
    expect(ana.page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_who_erased_herself_stays_erased_and_brings_her_weeks_back_herself(
    server, visit, copy, backup, again, tmp_path
):
    addresses = server.couple()
    ana, bo = visit(), visit()
    for visitor, address in zip((ana, bo), addresses, strict=True):
        visitor.sign_in(address)
    week_opened(server, ana, bo)
    file, identity = backup
    copy.does("backup", file)  # while both are signed in, and Ana is in it
    ana.go("/me/take-along/")
    saved(ana, TO_BRING_BACK).save_as(tmp_path / "export.json")
    erase(ana)

    server.stop()
    copy.does("restore", file, "--identity", identity)
    again.append(Server(server.log.parent, OUR_EVENING + timedelta(hours=2)))
    for visitor in (ana, bo):
        visitor.address = again[0].address

    bo.go("/map/")
    assert bo.path == "/sign-in/"  # a restore signs everybody out
    bo.sign_in(addresses[1])
    bo.go("/map/")
    for step in (STEP_OF_ANA, STEP_OF_BO):
        expect(bo.page.get_by_text(step)).to_be_visible()
    bo.go("/me/what-they-see/")
    expect(bo.page.get_by_text("This copy was put back to what a backup held")).to_be_visible()

    ana.sign_in(addresses[0])
    assert ana.path == "/sign-in/"
    ana.go("/sign-up/")
    sign_up(ana, "Ana")
    ana.go("/me/bring-back/")
    ana.page.get_by_label("The file").set_input_files(tmp_path / "export.json")
    ana.press("Bring my weeks back")
    ana.follow("My answers")
    expect(ana.page.get_by_text(STEP_OF_ANA)).to_be_visible()
    expect(ana.page.get_by_text(STEP_OF_BO)).to_have_count(0)
