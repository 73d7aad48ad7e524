"""What was done with the whole copy at once is read by everybody, with a partner or without."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from interwoven.infra import handlings
from interwoven.infra.crypto import keys
from interwoven.infra.handlings import Deed
from tests.apps.couples.people import client_of, make_person
from tests.apps.keeping.story import SEES, SHARED
from tests.privacy.harness import statements

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
NOTHING = "No backup has been made"


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def told(browser, path: str) -> str:
    """The part of the page that says it."""
    page = browser.get(path).content.decode()
    return page.split('aria-labelledby="h-handled"')[1].split("</section>")[0]


def all_of_it_is_done(folder: Path) -> None:
    for number, deed in enumerate(Deed, 1):
        handlings.note(folder, deed, date(2026, 3, number))


def test_it_stands_on_both_pages_alike_the_last_thing_first(two, folder):
    assert NOTHING in told(two.ana, SHARED)
    all_of_it_is_done(folder)

    said = {told(browser, path) for browser in (two.ana, two.bo) for path in (SHARED, SEES)}

    assert len(said) == 1
    [said] = said
    assert NOTHING not in said
    days = [said.index(f"{day} March 2026") for day in (3, 2, 1)]
    assert days == sorted(days)
    assert said.index("was put back") < said.index("was tried") < said.index("was made, and")


def test_somebody_without_a_partner_reads_it(two, folder):
    all_of_it_is_done(folder)
    alone = client_of(make_person("Cleo"))
    assert told(alone, SHARED) == told(two.bo, SHARED)

    two.ana.post("/me/leave/")
    again = client_of(two.people["Ana"])
    assert again.get(SEES).status_code == 404
    assert told(again, SHARED) == told(alone, SHARED)


@pytest.mark.parametrize("path", [SHARED, SEES])
def test_where_it_cannot_be_read_the_page_says_so_and_is_whole(two, folder, path):
    (folder / handlings.NAME).mkdir()

    assert "can’t be read at the moment" in told(two.ana, path)
    assert NOTHING not in told(two.ana, path)
    assert two.ana.get(path).content.decode().rstrip().endswith("</html>")


@pytest.mark.parametrize("path", [SHARED, SEES])
def test_reading_it_asks_no_database_for_anything(two, folder, path):
    def asked() -> tuple[tuple[str, ...], ...]:
        keys.forget()
        with statements("default") as data, statements("keyring") as keyring:
            two.ana.get(path)
        return tuple(data), tuple(keyring)

    before = asked()
    all_of_it_is_done(folder)

    assert asked() == before
