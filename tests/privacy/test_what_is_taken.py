"""What somebody gets who has taken a part of a copy, line by line of the table in SECURITY.md.

Lines that are shown elsewhere are named there. Here: each database alone and both of them, the
secrets alone and with the data, a link, a cookie, and that what lies in plain is what is conceded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings as product
from django.db import transaction

from interwoven.apps.accounts import invited, recovery
from interwoven.apps.accounts.models import Person
from interwoven.apps.guarding.rows import secrets_that_open
from interwoven.apps.rounds import cookie as rounds
from interwoven.infra.crypto import envelope, keys
from interwoven.infra.crypto.rows import SealedRow, prove
from interwoven.infra.crypto.tokens import open_cookie
from interwoven.infra.errors import KeysAway, Unreadable
from interwoven.infra.keyring.models import DataKey
from tests.apps.couples.people import PASSWORD
from tests.privacy.conceded import (
    CONCEDED,
    OF_THE_LIBRARIES,
    SEALED,
    is_padded,
    plain_columns,
    wrongly_shaped,
)
from tests.privacy.filled import LOCK, cells, columns, fill, signed_in
from tests.privacy.world import Stage, World, address_of
from tests.rules.tree import ROOT

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
PAGE = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
EVERY_KIND = [model for model in apps.get_models() if issubclass(model, SealedRow)]
NEW_PASSWORD = "kettle orbit mossy lane"


@pytest.fixture(scope="module")
def world(stage: Stage) -> Iterator[World]:
    """Something in every table. Nothing in it is changed but within `put_back`."""
    with stage.world() as world:
        fill(world)
        yield world


@contextmanager
def put_back() -> Iterator[None]:
    """What is done meanwhile is undone in both databases."""
    with transaction.atomic(), transaction.atomic(using="keyring"):
        keys.forget()
        try:
            yield
        finally:
            for alias in ("default", "keyring"):
                transaction.set_rollback(True, using=alias)
            keys.forget()


def every_row() -> list[SealedRow]:
    return [row for model in EVERY_KIND for row in model.objects.all()]


def opening() -> tuple[int, int]:
    """How many rows, and how many secrets for signing in, open with what is at hand."""
    return sum(map(opens, every_row())), sum(secrets_that_open())


def opens(row: SealedRow) -> bool:
    try:
        prove(row)
    except (Unreadable, KeysAway):
        return False
    return True


@contextmanager
def other_secrets() -> Iterator[None]:
    """As on a machine to which both databases were carried, and nothing besides."""
    before = product.SECRETS
    made = replace(before, root=bytes(32), keks=dict.fromkeys(before.keks, bytes(32)), folder=None)
    product.SECRETS = made
    keys.forget()
    try:
        yield
    finally:
        product.SECRETS = before
        keys.forget()


def test_there_is_something_of_every_kind_and_with_all_of_it_everything_opens(world):
    """The positive control of all below."""
    empty = [model._meta.label for model in EVERY_KIND if not model.objects.exists()]

    assert empty == []
    assert opening() == (len(every_row()), 2)
    assert Authenticator.objects.count() == 3


def test_the_data_without_the_keyring_open_nothing(world):
    with put_back():
        DataKey.objects.all().delete()
        keys.forget()
        assert opening() == (0, 0)


def test_the_two_databases_without_the_secrets_open_nothing(world):
    with other_secrets():
        assert opening() == (0, 0)


def test_nothing_that_lies_in_a_database_is_a_key_to_what_lies_there(world):
    """The most capable reader: every 32 bytes of every column are tried as a key on every row."""
    tried = list(keys_in(cells("default", "keyring")))
    assert len(tried) > 300

    assert not [row for row in every_row() if any(opens_by(key, row) for key in tried)]


def test_the_same_reader_finds_the_key_where_it_is(world):
    """The positive control: a key that lies about opens what it sealed."""
    row = every_row()[0]
    true = keys.for_opening(envelope.kid_of(bytes(row.sealed))).secret

    assert opens_by(true, row)
    assert true in keys_in([("x", "y", b"\x00" + true + b"\x00")])
    assert true in keys_in([("x", "y", true.hex())])


def keys_in(found) -> Iterator[bytes]:
    for _, _, value in found:
        whole = value.encode() if isinstance(value, str) else value
        if isinstance(value, str):
            with suppress(ValueError):
                yield from _pieces(bytes.fromhex(value))
        if isinstance(whole, bytes | memoryview):
            yield from _pieces(bytes(whole)[:64])


def _pieces(whole: bytes) -> Iterator[bytes]:
    yield from (whole[at : at + 32] for at in range(len(whole) - 31))


def opens_by(key: bytes, row: SealedRow) -> bool:
    """Whether a key commits to a sealed value: all that is needed, and quick to see."""
    sealed = bytes(row.sealed)
    salt, commitment = sealed[17 : 17 + envelope.SALT], sealed[17 + envelope.SALT : envelope.HEADER]
    return envelope._derive(key, salt)[1] == commitment


def test_every_column_in_plain_is_one_that_is_conceded(world):
    found = {name for name in columns("default", "keyring") if not OF_THE_LIBRARIES.match(name)}

    assert found - {*SEALED} == plain_columns() - {"account_emailaddress.email"}
    assert {*SEALED} <= found


@pytest.mark.parametrize("phrase", CONCEDED)
def test_what_is_conceded_is_said(phrase):
    told = PAGE.partition("## What a compromise")[2].partition("To the **partner**")[0]

    assert phrase in " ".join(told.split())


def test_in_every_column_lies_what_it_is_for_and_no_word(world):
    assert set(wrongly_shaped(cells("default", "keyring"))) == set()


def test_a_word_or_an_hour_in_a_column_is_found():
    planted = [
        ("checkins_checkin", "week", "2026-04-05 19:02:11"),
        ("infra_auditentry", "event", "Ana kept a week"),
        ("checkins_checkin", "sealed", b"by the river"),
        ("checkins_checkin", "mood", "low"),
    ]

    assert len(set(wrongly_shaped(planted))) == len(planted)


def test_every_length_is_one_of_the_steps(world):
    assert [row for row in every_row() if not is_padded(bytes(row.sealed))] == []


def test_the_keyring_tells_whose_keys_there_are_and_unwraps_none_of_them(world):
    people = {person.pk for person in Person.objects.all()}

    assert people <= set(DataKey.objects.values_list("subject", flat=True))
    with other_secrets(), pytest.raises(KeysAway):
        keys.prove_all()


def test_the_secrets_alone_open_a_captured_cookie_and_no_others_do(world):
    browser = world.browsers["Nobody"]
    browser.get(f"/i/{world.link}/")
    invitation, played = browser.kept[invited.COOKIE], browser.kept[rounds.NAME]

    assert open_cookie(invited.COOKIE, invitation, now=world.now) == world.link
    assert open_cookie(rounds.NAME, played, now=world.now)
    with other_secrets():
        for name, cookie in ((invited.COOKIE, invitation), (rounds.NAME, played)):
            with pytest.raises(Unreadable):
                open_cookie(name, cookie, now=world.now)


def test_the_data_and_the_secrets_give_a_link_to_a_new_password_while_the_copy_runs(world):
    """Whoever has both can write the letter themselves. It gives what a mailbox gives."""
    ana = Person.objects.get(email=address_of("Ana"))
    path = re.search(r"/password/new/\S+", recovery._letter(ana, world.now).body)[0].rstrip(".")
    with put_back():
        DataKey.objects.all().delete()  # they do not have the keyring
        keys.forget()
        assert opening() == (0, 0)
    with put_back():
        thief = world.browsers["Nobody"]
        form = thief.get(path).headers["Location"]
        thief.post(form, {"password1": NEW_PASSWORD})
        thief.post("/sign-in/", {"login": address_of("Ana"), "password": NEW_PASSWORD})
        assert signed_in(thief)
        assert b"by the river" not in thief.get("/weeks/now/", follow=True).content
        thief.post("/sign-out/")


def test_a_link_without_the_digits_gives_the_inviters_name_and_who_keeps_the_copy(world):
    thief = world.browsers["Nobody"]
    thief.get(f"/i/{world.link}/")
    shown = thief.get("/invitation/").content.decode()

    assert "Ivy" in shown
    assert 'href="/keeper/"' in shown
    assert address_of("Ivy") not in shown
    told = {name for name in ("Ana", "Bo", "Dee", "Eli", "Jo") if re.search(rf"\b{name}\b", shown)}
    assert told <= {product.KEEPER_NAME}
    assert world.code not in shown


def test_a_stolen_cookie_signs_in_until_its_owner_signs_out_and_takes_nothing_along(world):
    owner, thief = world.browsers["Dee"], world.browsers["Nobody"]
    thief.cookies["session"] = owner.kept["session"]
    with put_back():
        assert signed_in(thief)
        sent = {"password": "not this one", "as": "json"}
        assert thief.post("/me/take-along/", sent)["Location"] == "/me/take-along/"
        assert PASSWORD.encode() not in thief.get("/me/").content
        owner.post("/sign-out/")
        assert not signed_in(thief)


def test_a_phone_with_the_lock_closed_shows_nothing_its_owner_kept(world):
    ana = world.browsers["Ana"]
    assert b"by the river" in ana.get("/weeks/now/").content
    with put_back():
        ana.post("/sign-out/")
        world.sign_in("Ana")
        pages = [ana.get(path).content for path in ("/weeks/now/", "/check-in/", "/weeks/")]
        assert not [page for page in pages if b"by the river" in page]
        ana.post("/me/unlock/", {"lock": LOCK, "next": "/weeks/now/"})
        assert b"by the river" in ana.get("/weeks/now/").content
