"""A served copy whose disk is full, whose databases are read-only, or whose keyring is gone.

What was kept can be read on, where it can be read at all; what cannot be kept is answered with the
page that says so, and no part of it is there; help and the quick exit are always there; and once
it is mended everything works again, without a start.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest

from tests.apps.couples.people import PASSWORD
from tests.faults.asking import Asker, Failing
from tests.privacy.world import WEEK
from tests.upkeep.copies import ON_POSTGRES

BEGAN = datetime(2026, 4, 1, 18, tzinfo=UTC)
PAGES = """
/today/ /check-in/ /weeks/ /weeks/now/ /together/ /map/ /one-thing/ /settle/ /me/ /me/shared/
/me/what-they-see/ /me/leave/ /me/erase/ /me/take-along/
""".split()
OPEN = {
    "/help/": 200, "/exit/": 303, "/exit/about/": 200, "/privacy/": 200, "/traces/": 200,
    "/one-round/": 200, "/sign-in/": 200,
}  # fmt: skip
FETCH = {"X-Requested-With": "fetch"}
AWAY = "What you wrote is still there, closed."
WORD = "ZqneverkeptXk"
CHECK_IN = WEEK | {"step": WORD}


@dataclass
class House:
    """A served copy, and two people with a browser each; Cy is there to erase himself."""

    server: Failing
    ana: Asker
    bo: Asker
    cy: Asker
    going: Asker  # takes the quick exit
    day: int = 0


@pytest.fixture(scope="module")
def house(tmp_path_factory) -> Iterator[House]:
    server = Failing(tmp_path_factory.mktemp("failing"), BEGAN)
    ana, bo, cy = (Asker(server) for _ in range(3))
    addresses = (*server.couple(), server.couple()[0])
    for asker, address in zip((ana, bo, cy), addresses, strict=True):
        asker.sign_in(address)
    ana.see("/check-in/")
    assert ana.send("/check-in/", **WEEK) == 303
    yield House(server, ana, bo, cy, ana)
    server.stop()


def no_room(house: House) -> None:
    house.server.told("no room")


def room(house: House) -> None:
    house.server.told("room")


def read_only(house: House) -> None:
    if ON_POSTGRES:
        _everywhere(house, "ALTER DATABASE {} SET default_transaction_read_only = on")
    house.server.told("let go" if ON_POSTGRES else "read only")


def writable(house: House) -> None:
    if ON_POSTGRES:
        _everywhere(house, "ALTER DATABASE {} RESET default_transaction_read_only")
    house.server.told("let go" if ON_POSTGRES else "writable")


def _everywhere(house: House, statement: str) -> None:
    address = house.server.environment["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("SET default_transaction_read_only = off")
        connection.execute(statement.format(connection.info.dbname))


FAULTS = {"read-only": (read_only, writable)}
if not ON_POSTGRES:  # whose disk is its own server's
    FAULTS["a full disk"] = (no_room, room)


@contextmanager
def while_it_fails(house: House, fault: str) -> Iterator[None]:
    breaks, mends = FAULTS[fault]
    breaks(house)
    try:
        yield
    finally:
        mends(house)


def pages_of(*askers: Asker) -> list[tuple[int, str]]:
    return [asker.see(path) for asker in askers for path in PAGES]


def somebody(house: House) -> Asker:
    """Whoever takes the quick exit is signed out by it; so it is nobody of the others."""
    asker = Asker(house.server)
    asker.sign_in("bo2@example.org")
    return asker


def what_is_open(asker: Asker) -> dict[str, int]:
    return {path: asker.see(path)[0] for path in OPEN}


def writes(house: House) -> dict[str, int]:
    """What each thing that would be kept is answered with."""
    ana = house.ana
    ana.see("/check-in/")
    stranger = Asker(house.server)
    stranger.see("/sign-in/")
    house.cy.see("/me/erase/")
    who = {"login": "bo1@example.org", "password": PASSWORD}
    return {
        "a week": ana.send("/check-in/", **CHECK_IN),
        "a week, as one types": ana.send("/check-in/keep/", FETCH, **CHECK_IN),
        "what has to be mended": ana.send("/check-in/", **WEEK, step=WORD * 90),
        "what opens": ana.send("/check-in/choose/", do="open"),
        "coming in": ana.send("/together/come-in/"),
        "one thing": ana.send("/one-thing/", strand="emotional"),
        "another evening": ana.send("/settle/", day="4", time="20:00", zone="UTC", strand="all"),
        "leaving": ana.send("/me/leave/"),
        "erasing": house.cy.send("/me/erase/", password=PASSWORD),
        "signing in": stranger.send("/sign-in/", **who),
    }


@pytest.mark.parametrize("fault", FAULTS)
def test_what_was_kept_is_read_on_and_nothing_more_is_kept(house, fault, tmp_path):
    before, state = pages_of(house.ana, house.bo), house.server.state(tmp_path)

    with while_it_fails(house, fault):
        answers = writes(house)
        during = pages_of(house.ana, house.bo)
        status, said = house.ana.see("/today/")

    assert set(answers.values()) == {503}, answers
    assert during == before
    assert status == 200
    assert AWAY not in said
    assert pages_of(house.ana, house.bo) == before
    assert house.server.state(tmp_path) == state


@pytest.mark.parametrize("fault", FAULTS)
def test_it_is_read_on_the_next_day_too(house, fault):
    """A session notes the day of its use, which is no reason to show nothing."""
    with while_it_fails(house, fault):
        house.day += 1
        house.server.clock_to(BEGAN + timedelta(days=house.day))
        statuses = [status for status, _ in pages_of(house.ana, house.bo)]

    assert set(statuses) == {200}


@pytest.mark.parametrize("fault", FAULTS)
def test_help_and_the_way_out_are_there_all_the_while(house, fault):
    asker = somebody(house)
    with while_it_fails(house, fault):
        found = what_is_open(asker)

    assert found == OPEN


@pytest.mark.parametrize("fault", FAULTS)
def test_once_it_is_mended_all_works_without_a_start(house, fault):
    with while_it_fails(house, fault):
        house.ana.see("/check-in/")
        assert house.ana.send("/check-in/", **CHECK_IN) == 503
    assert house.ana.send("/check-in/", **CHECK_IN) == 303

    assert WORD in house.ana.see("/check-in/")[1]
    assert house.ana.send("/check-in/", **WEEK) == 303  # as it was, for the next


@pytest.fixture
def without_keys(house: House, tmp_path: Path) -> Iterator[House]:
    """The keyring is gone from where it was, and no connection holds what is gone."""
    house.going = somebody(house)
    _move(_data(house), tmp_path)
    house.server.told("let go")
    yield house
    _move(tmp_path, _data(house))


def _data(house: House) -> Path:
    return Path(house.server.environment["DATA_DIR"])


def _move(source: Path, target: Path) -> None:
    for file in source.glob("keyring.sqlite3*"):
        shutil.move(file, target / file.name)


def test_without_the_keyring_no_word_is_shown_or_kept_and_help_is_there(house, without_keys):
    shown = [house.ana.see(path) for path in ("/today/", "/check-in/", "/weeks/now/", "/map/")]
    kept = [house.ana.send("/check-in/", **CHECK_IN), house.bo.send("/check-in/", **CHECK_IN)]
    there = what_is_open(house.going)

    assert {status for status, _ in shown} == set(kept) == {503}
    assert all(AWAY in said for _, said in shown)
    assert there == OPEN
    assert not [file for file in _files(house) if WORD.encode() in file.read_bytes()]


def test_no_empty_keyring_takes_the_place_of_one_that_is_gone(house, without_keys):
    """It would pass for a keyring at the next start, and new keys would be made in it."""
    house.ana.see("/today/")

    assert not list(_data(house).glob("keyring.sqlite3*"))


def test_a_keyring_that_comes_back_opens_everything_without_a_start(house, tmp_path):
    before = pages_of(house.ana, house.bo)
    _move(_data(house), tmp_path)
    house.server.told("let go")
    assert house.ana.see("/check-in/")[0] == 503
    _move(tmp_path, _data(house))

    assert pages_of(house.ana, house.bo) == before


def test_key_files_that_go_away_are_missed_at_the_next_start_and_not_before(house):
    secrets = _data(house) / "secrets"
    secrets.rename(secrets.with_name("elsewhere"))
    house.server.told("let go")
    status, _ = house.ana.see("/check-in/")
    kept = house.ana.send("/check-in/", **WEEK)
    secrets.with_name("elsewhere").rename(secrets)

    assert (status, kept) == (200, 303)


def _files(house: House) -> list[Path]:
    return [file for file in _data(house).rglob("*") if file.is_file()]
