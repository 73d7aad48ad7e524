"""Nobody finds out at a door whether somebody has an account here: not by what comes back, and not
by the work it takes. Work is counted in statements and in runs of the password hash, the one thing
here that takes long. Signing up, and taking another address, are conceded: see SECURITY.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.models import EmailAddress
from django.contrib.auth import hashers
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.utils import timezone

from interwoven.apps.accounts import recovery
from interwoven.apps.accounts.models import Person
from interwoven.apps.couples import actions as couples
from interwoven.apps.couples.models import Invitation
from interwoven.apps.couples.seats import seat_of
from interwoven.apps.leaving import erasing
from interwoven.infra.crypto import keys
from tests.apps.accounts.asking import FORGOTTEN, TOKEN
from tests.apps.accounts.door import ANA, BO, OTHER_PASSWORD, PASSWORD, Browser, sign_up
from tests.apps.couples.conftest import TUESDAY
from tests.apps.couples.people import invited, pair
from tests.apps.guarding.device import turn_on
from tests.privacy.harness import statements

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

NOBODY = "eve@home.example"  # as many letters as Ana's
Work = dict[str, object]
runs: list[str] = []


class Counting(hashers.MD5PasswordHasher):
    """Quick, and notes each run of what takes long in the product."""

    def encode(self, password: str, salt: str) -> str:
        runs.append("hash")
        return super().encode(password, salt)


@pytest.fixture(autouse=True)
def _runs_are_counted_and_the_clock_stands_still(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = [f"{__name__}.Counting"]
    with time_machine.travel(TUESDAY, tick=False):
        yield


def work(ask: Callable[[], HttpResponse]) -> Work:
    """All that comes back, and all that was done for it."""
    keys.forget()
    runs.clear()
    with statements("default") as data, statements("keyring") as keyring:
        answer = ask()
    return {
        "status": answer.status_code,
        "headers": sorted(answer.items()),
        "cookies": sorted((name, len(one.value)) for name, one in answer.cookies.items()),
        "body": TOKEN.sub(b"", answer.content),
        "statements": data,
        "keyring": keyring,
        "hashes": len(runs),
    }


def sending(path: str, **typed: str) -> Work:
    """A form that is sent from a browser nobody used before."""
    browser = Browser().open(path)
    found = work(lambda: browser.resend(path, **typed).answer)
    found["body"] = found["body"].replace(typed.get("login", "-").encode(), b"")
    if found["status"] == 303:
        found["then"] = TOKEN.sub(b"", browser.open(browser.went[1]).answer.content)
    return found


def signing_in(email: str, password: str = OTHER_PASSWORD) -> Work:
    return sending("/sign-in/", login=email, password=password)


def as_she_is(ana: Browser) -> None:
    """Somebody like everybody."""


def with_codes(ana: Browser) -> None:
    turn_on(ana)


def closed(ana: Browser) -> None:
    Person.objects.update(is_active=False)


def without_a_password(ana: Browser) -> None:
    Person.objects.update(password=hashers.make_password(None))


def without_the_librarys_row(ana: Browser) -> None:
    EmailAddress.objects.all().delete()


HERS = (as_she_is, with_codes, closed, without_a_password, without_the_librarys_row)


@pytest.mark.parametrize("hers", HERS, ids=lambda hers: hers.__name__)
def test_a_wrong_password_is_answered_alike_for_an_account_and_for_none(ana, hers):
    hers(ana)
    cache.clear()

    nobody = signing_in(NOBODY)

    assert nobody["hashes"] == 1
    assert b"don\xe2\x80\x99t belong together" in nobody["body"]
    assert signing_in(ANA["email"]) == nobody
    assert signing_in(ANA["email"].upper())["statements"] == nobody["statements"]


def test_the_eleventh_try_is_refused_alike_for_an_account_and_for_none(ana):
    for email in (NOBODY, ANA["email"]):
        for _ in range(10):
            signing_in(email)

    nobody = signing_in(NOBODY)

    assert nobody["hashes"] == 0
    assert b"many tries for one account" in nobody["body"]
    assert signing_in(ANA["email"]) == nobody
    assert signing_in(ANA["email"], PASSWORD) == nobody


@pytest.mark.parametrize("hers", HERS, ids=lambda hers: hers.__name__)
@pytest.mark.parametrize("times", [1, 4])
def test_asking_for_a_letter_is_answered_alike_for_an_account_and_for_none(ana, hers, times):
    hers(ana)
    nobody = [sending(FORGOTTEN, email=NOBODY) for _ in range(times)]
    known = [sending(FORGOTTEN, email=ANA["email"]) for _ in range(times)]

    assert known == nobody
    assert nobody[0]["hashes"] == 0
    assert len(mail.outbox) == (0 if hers is closed else min(times, 3))


def test_a_letter_that_cannot_be_sent_is_asked_for_alike(ana, settings):
    settings.CAN_MAIL = False

    def ask(email: str) -> Work:
        browser = Browser().open("/sign-in/")
        return work(lambda: browser.resend(FORGOTTEN, email=email).answer)

    assert ask(ANA["email"]) == ask(NOBODY)


def test_whoever_does_not_know_the_password_finds_out_no_address_by_taking_it(ana):
    sign_up(BO)

    def ask(email: str) -> Work:
        ana.open("/me/address/")
        found = work(lambda: ana.resend("/me/address/", email=email, password="not hers").answer)
        shown = ana.open("/me/address/").page.replace(email, "")
        return found | {"then": TOKEN.sub(b"", shown.encode())}

    _, nobodys, taken = ask("dora@home.example"), ask("cy@home.example"), ask(BO["email"])

    assert taken == nobodys
    assert taken["status"] == 303
    assert "account with this address" not in taken["then"].decode()
    assert Person.objects.filter(email=ANA["email"]).exists()


def test_saying_that_the_other_is_here_takes_as_long_after_they_were_erased(ana, bo):
    now, (hers, his) = timezone.now(), Person.objects.order_by("email")
    pair(hers, his, now)

    def ask() -> Work:
        bo.open("/settle/")
        return work(lambda: bo.resend("/together/here-too/", password="not hers").answer)

    _, there = ask(), ask()
    erasing.erase(by=seat_of(hers), now=now)
    erased = ask()

    assert there["hashes"] == 1
    assert erased == there


ENDED = ("expired", "taken back", "guessed at", "answered by another", "confirmed")


@pytest.fixture
def person(ana) -> Person:
    return Person.objects.get(email=ANA["email"])


@pytest.mark.parametrize("how", ENDED)
@pytest.mark.parametrize("somebody", [False, True], ids=["signed out", "signed in"])
def test_a_link_that_ended_and_one_that_never_was_are_answered_alike(ana, person, how, somebody):
    now = timezone.now()
    token, _ = invited(person, now)
    end(person, token, how)
    browser = sign_up(BO | {"email": "di@home.example"}) if somebody else Browser()

    with time_machine.travel(now + timedelta(hours=80 if how == "expired" else 1), tick=False):
        browser.open("/me/")  # a day's use is noted before
        found, never = (follow(browser, one) for one in (token, "A" * len(token)))

    assert found == never
    assert [one["status"] for one in found] == [200, 200, 303 if somebody else 302]


def end(person: Person, token: str, how: str) -> None:
    now = timezone.now()
    row = Invitation.objects.filter(inviter=person)
    if how == "taken back":
        couples.take_back(by=seat_of(person), now=now)
    if how == "guessed at":
        row.update(tries_left=0, state="closed")
    if how in ("answered by another", "confirmed"):
        sign_up(BO)
        other = Person.objects.get(email=BO["email"])
        row.update(state="answered", answered_by=other)
    if how == "confirmed":
        row.update(state="closed")


def follow(browser: Browser, token: str) -> list[Work]:
    """Whoever holds this link opens it, and types six digits where they may."""
    opened = work(lambda: browser.open(f"/i/{token}/").answer)
    opened["body"] = opened["body"].replace(token.encode(), b"")
    page = work(lambda: browser.open("/invitation/").answer)
    form = browser.open("/me/" if browser.signed_in else "/sign-in/").kept
    sent = {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"], "code": "123456"}
    digits = work(lambda: browser.client.post("/invitation/answer/", sent))
    return [opened, page, digits]


def test_the_same_test_sees_a_hash_that_is_not_run(ana, monkeypatch):
    """A fault that is planted: no password is hashed for somebody who is not there."""
    monkeypatch.setattr(AuthenticationBackend, "_mitigate_timing_attack", lambda *_: None)

    assert signing_in(NOBODY)["hashes"] != signing_in(ANA["email"])["hashes"]


def test_the_same_test_sees_a_letter_that_is_not_written(ana, monkeypatch):
    """Another one: whoever has no account is not looked for a second time."""
    true = recovery._enough_for_now

    def for_some(address: str) -> bool:
        known = Person.objects.filter(email=address).first()
        return true(address) if known is None else known.check_password("")

    monkeypatch.setattr(recovery, "_enough_for_now", for_some)
    nobody, known = sending(FORGOTTEN, email=NOBODY), sending(FORGOTTEN, email=ANA["email"])

    assert known["hashes"] != nobody["hashes"]
