"""Somebody has a dump of every table, and tries all that lies in it wherever a secret is asked for.

Several browsers are signed in at that moment, one waits for a code, one for a passkey, one came by
an invitation, one by a letter, and one is in a round.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.test.client import ClientHandler
from django.urls import NoReverseMatch, resolve, reverse

from interwoven.apps.accounts import invited, recovery
from interwoven.apps.accounts.models import Person
from interwoven.apps.couples import queries
from interwoven.infra.crypto.tokens import open_cookie
from interwoven.infra.errors import Unreadable
from interwoven.infra.models import Session
from interwoven.infra.sessions import hashed
from tests.apps.couples.people import PASSWORD
from tests.privacy.browser import Browser
from tests.privacy.conceded import OF_THE_LIBRARIES
from tests.privacy.filled import cells, fill, plainly, signed_in
from tests.privacy.world import Stage, World, address_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
LINK = re.compile(r"/password/new/[^\s.]+")
HERE = {"HTTP_HOST": "localhost"}


@pytest.fixture(scope="module")
def world(stage: Stage) -> Iterator[World]:
    with stage.world() as world:
        fill(world)
        begin_more(world)
        yield world


@pytest.fixture(scope="module")
def dumped(world) -> set[str]:
    """Every text and every bytes in any table of ours, as they lie there and might be read."""
    found = cells("default", "keyring")
    ours = (value for table, _, value in found if not OF_THE_LIBRARIES.match(table))
    return {text for value in ours for text in readings(value)}


def begin_more(world: World) -> None:
    """Sessions of every kind there is: at the door for a code and a passkey, and by a letter."""
    waits, asks, follows = (Browser(world.handler) for _ in range(3))
    sent = {"login": address_of("Bo"), "password": PASSWORD}
    assert waits.post("/sign-in/", sent)["Location"] == "/sign-in/code/"
    assert asks.post("/sign-in/passkey/", {}, **HERE)["Location"] == "/sign-in/passkey/"
    follows.get(link_for(world, "Dee"))
    for browser in (waits, asks, follows):
        assert Session.objects.filter(pk=hashed(browser.kept["session"])).exists()


def link_for(world: World, name: str) -> str:
    person = Person.objects.get(email=address_of(name))
    return LINK.search(recovery._letter(person, world.now).body)[0]


def readings(value: Any) -> Iterator[str]:
    """A value of a dump, and what it is when it is decoded or written otherwise."""
    if isinstance(value, bytes | memoryview):
        yield from _of_bytes(bytes(value))
        return
    if value is None or isinstance(value, int):
        return
    text = plainly(value)
    yield from (text, *re.findall(r"[\w+/=-]{6,}", text))
    with suppress(ValueError):
        yield from _of_bytes(bytes.fromhex(text))
    with suppress(binascii.Error, ValueError):
        yield from _of_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    with suppress(json.JSONDecodeError, TypeError):
        yield from re.findall(r"[\w-]{6,}", str(json.loads(text)))


def _of_bytes(content: bytes) -> Iterator[str]:
    yield content.hex()
    for encode in (base64.b64encode, base64.urlsafe_b64encode):
        yield encode(content).decode()
        yield encode(content).decode().rstrip("=")
    with suppress(UnicodeDecodeError):
        yield content.decode("ascii")


def fresh(world: World, name: str = "", cookie: str = "") -> Browser:
    """A browser that nobody has used, with one cookie in it."""
    return Browser(world.handler, {name: cookie} if name else {})


def test_there_is_enough_to_try(world, dumped):
    assert len(dumped) > 400
    assert Session.objects.count() >= 9
    session = world.browsers["Dee"].kept["session"]
    assert hashed(session) in dumped


def test_nothing_in_the_dump_signs_in(world, dumped):
    assert [text for text in dumped if signed_in(fresh(world, "session", text))] == []


def test_the_true_cookie_does_and_would_be_found_in_a_dump_that_had_it(world):
    """The positive control."""
    true = world.browsers["Dee"].kept["session"]

    assert signed_in(fresh(world, "session", true))
    for value in (true, true.encode(), true.encode().hex(), {"a": true}, f"session:{true};"):
        assert true in readings(value)


def test_nothing_in_the_dump_is_an_invitation(world, dumped):
    seat = world.seat("Dee")
    taken = [text for text in dumped if queries.invitation(token=text, seat=seat, now=world.now)]

    assert taken == []
    assert queries.invitation(token=world.link, seat=seat, now=world.now)
    assert [text for text in dumped if carries(text, world)] == []
    assert carries(world.browsers["Jo"].kept[invited.COOKIE], world)


def carries(cookie: str, world: World) -> bool:
    """Whether this is a cookie of an invitation that somebody came by."""
    with suppress(Unreadable):
        return bool(open_cookie(invited.COOKIE, cookie, now=world.now))
    return False


def test_nothing_in_the_dump_is_a_link_to_a_new_password(world, dumped):
    true = resolve(link_for(world, "Dee")).kwargs
    assert leads_on(world, true)

    assert [text for text in dumped if recovery.person_behind(text, now=world.now)] == []
    assert [text for text in dumped if leads_on(world, true | {"key": text})] == []


def leads_on(world: World, named: dict[str, str]) -> bool:
    """Whether there is a page behind the link on which a password can be set."""
    try:
        path = reverse("account_reset_password_from_key", kwargs=named)
    except NoReverseMatch:
        return False
    return fresh(world).get(path).status_code == 302


def test_nothing_in_the_dump_is_the_token_of_a_form(world, dumped):
    strict = ClientHandler(enforce_csrf_checks=True)
    strict.load_middleware()
    owner = Browser(strict, world.browsers["Jo"].kept)
    page = owner.get("/me/").content.decode()
    true = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    sent = {"name": "Jo", "pronouns": ""}

    for text in dumped:
        answer = owner.post("/me/", sent | {"csrfmiddlewaretoken": text})
        assert answer.status_code == 403, text
    assert owner.post("/me/", sent | {"csrfmiddlewaretoken": true}).status_code == 303
