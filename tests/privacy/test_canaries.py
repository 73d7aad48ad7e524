"""What people typed is nowhere in plain: not in databases, their journals, the keyring, or the log.

A served copy, two people and a whole journey; every text has a word of its own in it. Then every
file of the copy is searched for each word, as it is and as it might be written otherwise.
"""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from itertools import chain
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import psycopg
import pytest

from tests.apps.couples.people import PASSWORD
from tests.apps.guarding import device
from tests.journeys.server import Server

BEGAN = datetime(2026, 4, 1, 18, tzinfo=UTC)  # in a week that asks the monthly questions
EVENING = datetime(2026, 4, 5, 19, 0, 10, tzinfo=UTC)


class Person:
    """A browser without scripts, and one word for each thing this person types."""

    def __init__(self, server: Server, name: str) -> None:
        self.server, self.name = server, name
        self.words: dict[str, str] = {}
        self.jar = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.jar))
        self.opener.addheaders = [("User-Agent", self.word("browser"))]

    def word(self, what: str) -> str:
        return self.words.setdefault(what, f"Zq{self.name}{what}Xk")

    def see(self, path: str) -> str:
        with self.opener.open(self.server.address + path, timeout=20) as answer:
            return answer.read().decode()

    def send(self, page: str, path: str, **fields: str) -> str:
        """Send a form of this page, with what is hidden in it."""
        seen = self.see(page)
        for name in ("csrfmiddlewaretoken", "submission_id", "revision"):
            if found := re.search(rf'name="{name}" value="([^"]*)"', seen):
                fields.setdefault(name, found[1])
        address = self.server.address + path
        headers = {"Origin": self.server.address, "Referer": f"{address}?{self.word('before')}"}
        request = Request(address, urlencode(fields).encode(), headers)
        with self.opener.open(request, timeout=20) as answer:
            return answer.read().decode()

    def bring(self, file: str) -> None:
        """Bring a file back, as a browser sends it."""
        page = self.see("/me/bring-back/")
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)[1]
        of_form = '--b\r\nContent-Disposition: form-data; name="'
        body = f'{of_form}csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        body += f'{of_form}file"; filename="{self.word("file")}.json"\r\n\r\n{file}\r\n--b--\r\n'
        headers = {"Origin": self.server.address, "Content-Type": "multipart/form-data; boundary=b"}
        address = f"{self.server.address}/me/bring-back/"
        self.opener.open(Request(address, body.encode(), headers), timeout=20).close()

    def sign_up(self) -> None:
        who = {"email": f"{self.name.lower()}@example.org", "password1": PASSWORD}
        texts = {"name": self.word("name"), "pronouns": self.word("pronouns")}
        self.send("/sign-up/", "/sign-up/", **who, **texts, adult="on", consent="on")


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("canaries"), BEGAN)
    yield server
    if server.process.poll() is None:
        server.stop()


@pytest.fixture(scope="module")
def typed(server) -> dict[str, str]:
    """Everything two people typed, by who and what, after a whole journey."""
    ana, bo = Person(server, "Ana"), Person(server, "Bo")
    ana.sign_up()
    bo.sign_up()
    token, code = _invited(ana)
    bo.see(f"/i/{token}/")
    bo.send("/invitation/answer/", "/invitation/answer/", code=code)
    found = re.search(r'name="invitation" value="([^"]+)"', ana.see("/invite/"))
    ana.send("/invite/", "/invite/confirm/", **({"invitation": found[1]} if found else {}))
    for person in (ana, bo):
        _a_week(person)
    ana.send("/check-in/", "/check-in/", step=ana.word("toolong") * 40)
    _what_goes_wrong(ana)
    server.clock_to(EVENING)
    for person in (ana, bo):
        _answer(person)
    _one_thing(ana, bo)
    cleo = Person(server, "Cleo")
    cleo.sign_up()
    _take_along_and_bring_back(ana, cleo)
    _a_lock(cleo)
    assert bo.word("step") in ana.see("/map/"), "the journey did not come as far as the map"
    assert ana.word("wish") in bo.see("/one-thing/")
    dan = Person(server, "Dan")
    dan.sign_up()
    secrets = {"token": token, "password": PASSWORD, **_turn_codes_on(server, dan)}
    secrets |= {f"{cookie.name} of Bo": cookie.value or "" for cookie in bo.jar}
    return {f"Ana {k}": w for k, w in ana.words.items()} | {
        **{f"Bo {k}": w for k, w in bo.words.items()},
        **{f"Cleo {k}": w for k, w in cleo.words.items()},
        **{f"Dan {k}": w for k, w in dan.words.items()},
        **secrets,
    }


def _invited(person: Person) -> tuple[str, str]:
    shown = person.send("/invite/", "/invite/")
    code = re.sub(r"\D", "", re.search(r"\b\d{3}\D{0,3}\d{3}\b", _plain(shown))[0])
    return re.search(r"/i/([\w-]{40,})/", shown)[1], code


def _plain(page: str) -> str:
    return re.sub(r"<[^>]+>", "", page.split("<main")[1])


def _a_week(person: Person) -> None:
    marks = {"emotional_felt": "6", "emotional_hoped": "8", "physical_felt": "5"}
    person.send("/check-in/", "/check-in/", **marks, step=f"{person.word('step')} on Sunday")
    person.send("/check-in/choose/", "/check-in/choose/", do="open")


def _what_goes_wrong(person: Person) -> None:
    """Addresses, questions and forms that are no good, and a password that is not hers."""
    for path in (f"/{person.word('address')}/", f"/i/{person.word('link')}/"):
        with suppress(HTTPError):
            person.see(path)
    person.see(f"/weeks/?before={person.word('question')}")
    person.send("/together/", "/together/come-in/")
    person.send("/together/", "/together/here-too/", password=person.word("guess"))
    person.send("/settle/", "/settle/", day="1", time=person.word("time"), zone="UTC")
    person.send("/me/", "/me/", name="", pronouns=person.word("draft"))


def _answer(person: Person) -> None:
    path = re.search(r'action="(/map/[0-9a-f-]+/answer/)"', person.see("/map/"))[1]
    words = f"{person.word('answer')}, and more"
    person.send("/map/", path, part="step", reply="words", words=words)


def _one_thing(ana: Person, bo: Person) -> None:
    ana.send("/one-thing/", "/one-thing/", strand="emotional")
    for person in (ana, bo):
        texts = {"works": person.word("works"), "wish": person.word("wish")}
        person.send("/one-thing/", "/one-thing/say/", **texts)
    day = (EVENING + timedelta(days=2)).date().isoformat()
    act = {"what": ana.word("what"), "whose": "b", "day": day, "minutes": "30"}
    ana.send("/one-thing/", "/one-thing/propose/", **act)


def _take_along_and_bring_back(ana: Person, cleo: Person) -> None:
    """A file of all that is Ana's goes out; one of Cleo's comes in, and one that is wrong."""
    taken = ana.send("/me/take-along/", "/me/take-along/", password=PASSWORD)
    assert ana.word("step") in taken, "the file was not taken along"
    brought = taken.replace(ana.word("step"), cleo.word("broughtstep"))
    cleo.bring('{"format":"' + cleo.word("wrongfile"))
    cleo.bring(brought)
    assert "My answers" in cleo.see("/weeks/"), "the file was not brought back"


def _turn_codes_on(server: Server, dan: Person) -> dict[str, str]:
    """What an app and a sheet of paper hold from now on, and no database in plain."""
    later = EVENING + timedelta(hours=1)
    server.clock_to(later)
    shown = dan.send(device.CODES, device.CODES, do="begin", password=PASSWORD)
    secret = device.secret_on(shown).replace(" ", "")
    code = device.code_of(secret, at=later.timestamp())
    shown = dan.send(device.CODES, device.CODES, do="confirm", code=code)
    recovery = device.recovery_codes_on(shown)[0].replace(" ", "")
    return {"secret of the app": secret, "recovery code": recovery}


def _a_lock(person: Person) -> None:
    """A private lock, and what was tried in its place."""
    set_to = {"do": "set", "lock": person.word("lock"), "password": PASSWORD}
    assert "Your lock is on" in person.send("/me/lock/", "/me/lock/", **set_to)
    guess = person.word("lockguess")
    assert "That doesn’t open it" in _tried(person, guess)


def _tried(person: Person, typed: str) -> str:
    """Signed in anew, as the lock is open still where it was set."""
    person.send("/me/", "/sign-out/")
    who = {"login": f"{person.name.lower()}@example.org", "password": PASSWORD}
    person.send("/sign-in/", "/sign-in/", **who)
    return person.send("/me/unlock/", "/me/unlock/", lock=typed, next="/weeks/now/")


def folders(server: Server) -> list[Path]:
    """Where the copy keeps things: its own folder, and PostgreSQL's if that is used."""
    kept = [server.log.parent]
    given = os.environ.get("DATABASE_URL", "")
    if given.startswith("postgres"):
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
            kept.append(Path(connection.execute("SHOW data_directory").fetchone()[0]))
    return kept


def spellings(word: str) -> set[bytes]:
    """A word as it might be written: plain, wide, in base64 at any place, in hex, in per cent."""
    plain = word.encode()
    in_base64 = {base64.b64encode(b"x" * n + plain)[4 if n else 0 : -4] for n in range(3)}
    wide = {word.encode("utf-16-le"), word.encode("utf-16-be")}
    other = {plain.hex().encode(), plain.hex().upper().encode(), quote(word).encode()}
    return {plain, *wide, *in_base64, *other}


def found(words: dict[str, str], where: list[Path]) -> set[str]:
    hits = set()
    sought = {name: spellings(word) for name, word in words.items()}
    for path in chain.from_iterable(map(files, where)):
        with suppress(FileNotFoundError):
            held = path.read_bytes()
            hits |= {
                f"{name} in {path.name}"
                for name, ways in sought.items()
                if any(way in held for way in ways)
            }
    return hits


def files(folder: Path) -> Iterator[Path]:
    """Every file there. Beside this copy, PostgreSQL holds databases that come and go meanwhile."""
    for inside, _, names in os.walk(folder, onerror=_unless_gone):
        yield from (Path(inside, name) for name in names if Path(inside, name).is_file())


def _unless_gone(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise error


def test_nothing_that_was_typed_is_anywhere_in_plain(server, typed):
    assert len(typed) > 25
    assert len(typed["session of Bo"]) > 25
    assert any("-wal" in path.name for path in server.log.parent.rglob("*")), "still running"

    assert found(typed, folders(server)) == set()


@pytest.mark.parametrize("write", [str.encode, lambda word: word.encode("utf-16-le"),
    lambda word: base64.b64encode(b"He wrote: " + word.encode() + b".")])  # fmt: skip
def test_one_word_written_down_anywhere_would_be_found(server, typed, write):
    """The positive control."""
    planted = server.log.parent / "data" / "planted.bin"
    planted.write_bytes(b"\x00\x01" + write(typed["Ana step"]) + b"\x02")
    try:
        assert found(typed, folders(server)) == {"Ana step in planted.bin"}
    finally:
        planted.unlink()


def test_nothing_is_in_plain_either_once_the_server_has_stopped(server, typed):
    server.stop()

    assert found(typed, folders(server)) == set()


def test_the_log_says_no_more_than_what_kind_of_thing_went_wrong(server, typed):
    assert set(server.log.read_text().splitlines()) <= {"WARNING django.request warning 404"}
