"""What people typed is nowhere in plain: not in databases, their journals, the keyring, or the log.

A served copy that sends letters, seven people and a whole journey; every text has a word of its
own in it. Then every file of the copy, its dumps, its backup opened with the key, its letters and
what the other may take along are searched for each word, as it is and as it might be written
otherwise.
"""

from __future__ import annotations

import base64
import gzip
import os
import re
import sqlite3
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from interwoven.upkeep import age
from tests.journeys.server import Server
from tests.privacy import journey
from tests.privacy.letters import Letters
from tests.privacy.searching import found, held
from tests.privacy.typing_in import Person, Told, fields_in
from tests.rules.tree import SOURCE
from tests.upkeep.copies import ON_POSTGRES, Made

DATA = "interwoven.sqlite3"
OPENED = {"name", "pronouns", "step", "answer", "works", "wish", "what"}  # of Ana's, to Bo
OURS = re.compile(r'field\.html" with name="(\w+)"')
WRITTEN_OUT = re.compile(r"<(?:input|textarea)\b[^>]*>")
TEMPLATED = re.compile(r"{{.*?}}|{%.*?%}")


@pytest.fixture(scope="module")
def letters() -> Iterator[Letters]:
    letters = Letters()
    yield letters
    letters.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory, letters) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("canaries")
    (folder / "tmp").mkdir()
    settings = {"EMAIL_URL": letters.address, "TMPDIR": str(folder / "tmp")}
    server = Server(folder, journey.A_MONTH_BEFORE, **settings)
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture(scope="module")
def told(server, letters) -> Told:
    """Everything that people typed, and all that the copy told them to keep to themselves."""
    return journey.whole_journey(server, letters)


def folders(server: Server) -> list[Path]:
    """Where the copy keeps things: its own folder, and PostgreSQL's if that is used."""
    kept = [server.log.parent]
    if ON_POSTGRES:
        given = os.environ["DATABASE_URL"]
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            kept.append(Path(connection.execute("SHOW data_directory").fetchone()[0]))
    return kept


def copy_of(server: Server) -> Made:
    named = {"DATABASE_URL": server.environment["DATABASE_URL"]} if ON_POSTGRES else {}
    return Made(server.log.parent / "data", named)


@dataclass(frozen=True)
class Taken:
    """What is taken from a copy and opened, each kind in a folder of its own."""

    dumps: Path
    backup: Path


def take(made: Made, to: Path) -> Taken:
    """Write out every table in words, and make a backup and open it with its key."""
    taken = Taken(to / "dumps", to / "backup")
    for folder in (taken.dumps, taken.backup):
        folder.mkdir()
    for path in made.folder.glob("*.sqlite3"):
        with closing(sqlite3.connect(path)) as database:
            (taken.dumps / f"{path.name}.sql").write_text("\n".join(database.iterdump()))
    if ON_POSTGRES:
        said = ["pg_dump", "--inserts", "--file", str(taken.dumps / "data.sql")]
        subprocess.run([*said, made.addresses["DATABASE_URL"]], env=made.environment, check=True)
    (to / "key").write_text(made.does("backup-key", "--new"))
    made.does("backup", to / "away")
    for name in ("away", "away.keyring"):
        age.unseal(to / name, taken.backup / name, to / "key")
    return taken


def test_everything_that_can_be_typed_was(told):
    assert len(told.offered) > 35
    assert told.offered - told.typed == set()


def test_the_journey_came_past_every_field_there_is_in_a_template(told):
    assert {name for _, name in told.offered} == set(fields_of_templates())


def fields_of_templates() -> Iterator[str]:
    for path in SOURCE.rglob("*.html"):
        text = path.read_text()
        yield from OURS.findall(text)
        for tag in WRITTEN_OUT.findall(TEMPLATED.sub("", text)):
            yield from (name for _, name in fields_in(tag, "") if name)


def test_a_field_that_was_forgotten_is_found():
    page = '<form action="/a/"><input name="x"><input type="hidden" name="y"></form>'

    assert fields_in(f"{page}<textarea name=z>", "/at/") == {("/a/", "x"), ("/at/", "z")}


def test_nothing_that_was_typed_is_anywhere_in_plain(server, told):
    assert len(told.words) > 60
    assert len(told.secrets["session of Bo"]) > 25
    assert any("-wal" in path.name for path in server.log.parent.rglob("*")), "still running"

    assert found(told.nowhere, folders(server)) == set()


def test_an_address_that_signs_in_is_in_the_table_of_people_and_nowhere_else(server, told):
    where = {hit.rpartition(" in ")[2] for hit in found(told.addresses, folders(server)[:1])}

    assert where <= {DATA, f"{DATA}-wal"}
    assert where or ON_POSTGRES


def test_nothing_is_in_a_dump_or_in_a_backup_that_was_opened(server, told, tmp_path):
    taken = take(copy_of(server), tmp_path)

    assert found(told.nowhere, [taken.dumps, taken.backup]) == set()
    addresses = {hit.partition(" in ")[0] for hit in found(told.addresses, [taken.dumps])}
    assert addresses == {*told.addresses} - {"Eve signup"}  # she took another since
    assert not any("keyring" in hit for hit in found(told.addresses, [tmp_path]))


def test_what_one_takes_along_has_all_of_ones_own_and_of_the_other_what_opened(server, told):
    bo = Person(server, "Bo", told)
    bo.sign_in()
    for kind in ("json", "page"):
        taken = journey.taken_along(bo, kind)
        assert held(taken, told.of("Ana")) == OPENED
        assert {"name", "pronouns", "step", "answer", "works", "wish"} <= held(taken, told.of("Bo"))
        assert held(taken, told.secrets) == set()


def test_the_same_search_finds_what_did_not_open_in_ones_own(server, told):
    """The positive control."""
    ana = Person(server, "Ana", told)
    ana.sign_in()

    assert "keptstep" in held(journey.taken_along(ana, "json"), told.of("Ana"))


WRITTEN = {
    "plain": str.encode,
    "wide": lambda word: word.encode("utf-16-le"),
    "base64": lambda word: base64.b64encode(b"He wrote: " + word.encode() + b"."),
    "base64 for addresses": lambda word: base64.urlsafe_b64encode(b"?" + word.encode()),
    "hex": lambda word: word.encode().hex().upper().encode(),
    "gzip": lambda word: gzip.compress(word.encode() * 9),
    "zlib": lambda word: zlib.compress(b"He wrote: " + word.encode(), 6),
}


def test_one_word_written_down_anywhere_would_be_found(server, told):
    """The positive control."""
    here, word = server.log.parent, told.words["Ana step"]
    planted = {here / part / f"{way}.bin": way for way in WRITTEN for part in ("data", "tmp", ".")}
    for path, way in planted.items():
        path.write_bytes(b"\x00\x01" + WRITTEN[way](word) + b"\x02")
    try:
        assert found(told.nowhere, [here]) == {f"Ana step in {way}.bin" for way in WRITTEN}
        assert all(found(told.nowhere, [path]) for path in planted)
    finally:
        for path in planted:
            path.unlink()


def test_nothing_is_in_plain_either_once_the_server_has_stopped(server, told):
    server.stop()

    assert found(told.nowhere, folders(server)) == set()


def test_the_log_says_no_more_than_what_kind_of_thing_went_wrong(server, told):
    assert set(server.log.read_text().splitlines()) <= {"WARNING django.request warning 404"}


def test_a_word_in_a_table_would_be_found_in_its_dump_and_its_backup(server, told, tmp_path):
    """The positive control, on a copy of the copy."""
    another = copy_of(server).another(tmp_path / "data")
    _plant(another, told.words["Ana step"])
    taken = take(another, tmp_path)

    for folder in (taken.dumps, taken.backup):
        assert {hit.partition(" in ")[0] for hit in found(told.words, [folder])} == {"Ana step"}
    assert found(told.words, [tmp_path / "away"]) == set()


def _plant(made: Made, word: str) -> None:
    table, row = "CREATE TABLE planted (words text)", f"INSERT INTO planted VALUES ('{word}')"
    if ON_POSTGRES:
        with psycopg.connect(made.addresses["DATABASE_URL"], autocommit=True) as postgres:
            postgres.execute(table)
            postgres.execute(row)
        return
    with closing(sqlite3.connect(made.folder / DATA)) as database:
        database.execute(table)
        database.execute(row)
        database.commit()
