"""Which passwords will do, and how they are kept."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from interwoven.apps.accounts.models import Person
from interwoven.config import settings as product
from tests.apps.accounts.door import ANA, OTHER_PASSWORD, PASSWORD, sign_in, sign_up

TOO_COMMON = [
    "password1234", "Password1234", "P@ssw0rd1234", "p4ssw0rd!!!!", "passwordpassword",
    "Password Password 1", "pass word 1234", "qwertyuiop12", "qwertyuiopas", "1qaz2wsx3edc",
    "123456789012", "12345678901a", "098765432109", "abcdefghijkl", "zyxwvutsrqponm",
    "aaaaaaaaaaaa", "aaaaaaaaaaab", "abcabcabcabc", "111122223333", "iloveyouiloveyou1",
    "letmein letmein", "Welcome2024!!", "monkey monkey monkey", "interwoven12", "Interwoven!!!",
    "    password    ", "............", "12/12/1212/12",
]  # fmt: skip
GOOD = [
    "correct horse battery", "marmalade sunday river", "kettle-orbit-moss", "a blue fish sings",
    "x9$kLq2!vNz8", "mandag tirsdag onsdag", "éèàùçôîûëïöü", "私は毎日猫と散歩する森の中で",
    "🦊🌧️🪑📚 slowly then", "the cat sat on it", "Grandma's 3rd violin",
]  # fmt: skip


@pytest.mark.parametrize("password", TOO_COMMON)
def test_what_many_people_use_will_not_do_in_any_disguise(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)

    assert "password_too_common" in [error.code for error in refused.value.error_list]


@pytest.mark.parametrize("password", GOOD)
def test_a_few_unrelated_words_or_a_machines_own_will_do(password):
    assert validate_password(password) is None


@pytest.mark.parametrize(("length", "will_do"), [(11, False), (12, True)])
def test_twelve_characters_are_enough(length, will_do):
    password = "orbit kettle"[:length]

    if will_do:
        assert validate_password(password) is None
    else:
        with pytest.raises(ValidationError, match="Use 12 characters or more"):
            validate_password(password)


@pytest.mark.parametrize(
    "password",
    [
        "ana.borg@home.example",
        "ANA.BORG@HOME.EXAMPLE",
        "ana.borg@home.example1",
        "ana.borgana.borg",
    ],
)
def test_ones_own_address_will_not_do(password):
    with pytest.raises(ValidationError, match="That is your address"):
        validate_password(password, Person(email="ana.borg@home.example"))


def test_the_longest_there_can_be_is_looked_at_quickly():
    """What is longer is refused by the field. Without a limit this took gigabytes."""
    assert validate_password("".join(chr(0x4E00 + n) for n in range(256))) is None


@pytest.mark.django_db(databases=["default", "keyring"])
def test_passwords_are_kept_as_argon2id(settings):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    sign_up(ANA)

    kept = Person.objects.get().password
    assert kept.startswith("argon2$argon2id$")
    memory = Argon2PasswordHasher().decode(kept)["memory_cost"]
    assert memory >= 19_456  # kibibytes: the least that OWASP names for Argon2id
    assert sign_in("ana@home.example").went == (303, "/today/")
    assert "password" in sign_in("ana@home.example", OTHER_PASSWORD).beside


def test_the_product_hashes_with_argon2_and_nothing_else():
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


@pytest.mark.django_db(databases=["default", "keyring"])
def test_an_unknown_address_costs_one_hash_like_a_known_one(settings, monkeypatch):
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    sign_up(ANA)
    hashed: list[str] = []
    for work in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, work, counted(work, hashed))

    known, of_known = asked_of_the_database("ana@home.example", hashed)
    unknown, of_unknown = asked_of_the_database("nobody@home.example", hashed)

    assert of_known == of_unknown == [OTHER_PASSWORD]
    assert known == unknown


def counted(work: str, hashed: list[str]):
    real = getattr(Argon2PasswordHasher, work)

    def wrapper(hasher, password, *rest):
        hashed.append(password)
        return real(hasher, password, *rest)

    return wrapper


def asked_of_the_database(email: str, hashed: list[str]) -> tuple[list[str], list[str]]:
    hashed.clear()
    with CaptureQueriesContext(connection) as asked:
        assert "password" in sign_in(email, OTHER_PASSWORD).beside
    varying = re.compile(rf"{re.escape(email)}|_django_curs_\w+")  # PostgreSQL numbers its cursors
    statements = [varying.sub("?", query["sql"]) for query in asked.captured_queries]
    return statements, hashed.copy()


@pytest.mark.django_db(databases=["default", "keyring"])
def test_a_password_is_taken_exactly_as_it_was_typed():
    typed = "  Marmalade  Sunday  River  "
    sign_up(ANA | {"password1": typed})

    assert sign_in("ana@home.example", typed).went == (303, "/today/")
    for near in (typed.strip(), typed.lower(), PASSWORD):
        assert "password" in sign_in("ana@home.example", near).beside
