"""Guessing is slowed, by account: never for good, and never for the other of the two."""

from __future__ import annotations

import pytest
from allauth.core.internal import ratelimit

from tests.apps.accounts.door import ANA, OTHER_PASSWORD, Browser, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

TRIES = 10
WAIT = "That was many tries for one account in a short time. Wait a minute, then try again."


def guess(email: str, times: int = TRIES) -> None:
    for _ in range(times):
        assert sign_in(email, OTHER_PASSWORD).beside["password"] != WAIT


@pytest.mark.parametrize("email", ["ana@home.example", "nobody@home.example"])
def test_after_ten_wrong_passwords_one_is_asked_to_wait_known_or_not(ana, email):
    guess(email)

    browser = sign_in(email, OTHER_PASSWORD)

    assert browser.answer.status_code == 200
    assert browser.beside == {"password": WAIT}
    assert browser.kept["login"] == email


def test_a_minute_later_the_right_password_signs_in(ana, monkeypatch):
    guess("ana@home.example")
    assert sign_in("ana@home.example").beside == {"password": WAIT}
    now = ratelimit.time.time()
    monkeypatch.setattr(ratelimit.time, "time", lambda: now + 61)

    assert sign_in("ana@home.example").went == (303, "/today/")


def test_one_partners_wrong_tries_do_not_slow_the_other_on_the_same_network(ana, bo):
    guess("ana@home.example")

    assert sign_in("bo@home.example").went == (303, "/today/")


def test_the_other_sees_the_same_bytes_whether_or_not_one_was_slowed(ana, bo):
    before = sign_in("bo@home.example", OTHER_PASSWORD).beside
    guess("ana@home.example")

    assert sign_in("bo@home.example", OTHER_PASSWORD).beside == before


def test_whoever_is_signed_in_stays_so_while_somebody_guesses(ana):
    guess("ana@home.example")

    assert ana.signed_in


def test_another_name_of_the_machine_is_not_another_ten_tries(ana, settings):
    settings.ALLOWED_HOSTS = ["*"]
    guess("ana@home.example", TRIES // 2)
    for _ in range(TRIES // 2):
        browser = Browser()
        browser.client.defaults["HTTP_HOST"] = "127.0.0.1"
        browser.send("/sign-in/", login="ANA@home.example", password=OTHER_PASSWORD)

    assert sign_in("ana@home.example").beside == {"password": WAIT}


def test_signing_in_again_and_again_is_never_slowed(ana):
    for _ in range(TRIES * 2):
        assert sign_in("ana@home.example").went == (303, "/today/")


def test_signing_up_very_often_is_answered_in_our_own_words():
    browser = Browser().open("/sign-up/")
    for _ in range(60):
        browser.client.post("/sign-up/", browser.kept)

    often = browser.resend("/sign-up/", **ANA)

    assert often.answer.status_code == 429
    assert "nothing is locked. Wait a minute, then try again." in often.page
    assert "<title>A few words</title>" in often.page


def test_a_connection_without_an_address_may_sign_up_too():
    browser = Browser()
    browser.client.defaults["REMOTE_ADDR"] = ""

    assert browser.send("/sign-up/", **ANA).went[0] == 303
