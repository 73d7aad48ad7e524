"""Tokens are kept as marks that cannot be used; cookies are whole, in time and ours, or nothing."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from interwoven.infra.crypto import tokens
from interwoven.infra.errors import Unreadable

NOW = datetime(2027, 3, 1, 20, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
VALUE = {"picks": [1, 2], "said": "a word 🧶"}


@pytest.fixture
def cookie() -> str:
    return tokens.seal_cookie("round", VALUE, until=LATER)


def test_tokens_are_long_and_never_the_same():
    many = {tokens.new_token() for _ in range(1000)}

    assert len(many) == 1000
    assert all(len(base64.urlsafe_b64decode(token + "=")) == 32 for token in many)


def test_a_code_is_six_digits_to_say_aloud():
    many = [tokens.new_code() for _ in range(2000)]

    assert all(len(code) == 6 and code.isdecimal() for code in many)
    assert len({code[0] for code in many}) == 10


def test_a_mark_knows_its_token_for_its_purpose_alone():
    token = tokens.new_token()
    mark = tokens.fingerprint("invitation", token)

    assert mark == tokens.fingerprint("invitation", token)
    assert mark != tokens.fingerprint("recovery", token)
    assert mark != tokens.fingerprint("invitation", tokens.new_token())
    assert token.encode() not in mark
    assert len(mark) == 32


def test_a_mark_cannot_be_made_without_the_root(settings):
    token = tokens.new_token()
    mark = tokens.fingerprint("invitation", token)
    settings.SECRETS = replace(settings.SECRETS, root=bytes(32))

    assert mark != tokens.fingerprint("invitation", token)


def test_words_sealed_with_a_token_open_with_it_alone():
    token = tokens.new_token()
    sealed = tokens.seal_with_token(token, "Ana")

    assert tokens.open_with_token(token, sealed) == "Ana"
    assert b"Ana" not in sealed
    for other in (tokens.new_token(), token[:-1], ""):
        with pytest.raises(Unreadable):
            tokens.open_with_token(other, sealed)


def test_a_cookie_gives_back_what_was_put_in(cookie):
    assert tokens.open_cookie("round", cookie, now=NOW) == VALUE


def test_a_browser_cannot_read_its_cookie(cookie):
    raw = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))

    assert b"picks" not in raw
    assert b"word" not in raw


def test_a_cookie_ends_at_its_time(cookie):
    assert tokens.open_cookie("round", cookie, now=LATER) == VALUE
    with pytest.raises(Unreadable):
        tokens.open_cookie("round", cookie, now=LATER + timedelta(seconds=1))


def test_a_cookie_of_one_purpose_does_not_serve_another(cookie):
    with pytest.raises(Unreadable):
        tokens.open_cookie("session", cookie, now=NOW)


def test_a_cookie_of_another_copy_does_not_open(cookie, settings):
    settings.SECRETS = replace(settings.SECRETS, root=bytes(32))

    with pytest.raises(Unreadable):
        tokens.open_cookie("round", cookie, now=NOW)


def test_a_cookie_changed_in_any_letter_does_not_open(cookie):
    for at in range(len(cookie) - 1):
        other = "A" if cookie[at] != "A" else "B"
        with pytest.raises(Unreadable):
            tokens.open_cookie("round", cookie[:at] + other + cookie[at + 1 :], now=NOW)


@pytest.mark.parametrize("text", ["", "A", "AAAA", "é", "🧶" * 40, "A" * 5000, "=", "\0"])
def test_what_was_never_a_cookie_does_not_open(text):
    with pytest.raises(Unreadable):
        tokens.open_cookie("round", text, now=NOW)
