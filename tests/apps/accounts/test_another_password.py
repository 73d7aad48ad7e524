"""Changing the password while signed in: it asks for the one now, and ends every other session."""

from __future__ import annotations

import pytest

from tests.apps.accounts.door import OTHER_PASSWORD, PASSWORD, sign_in

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
PAGE = "/password/another/"


def test_a_new_password_signs_in_and_the_old_one_does_not(ana):
    ana.open(PAGE)
    ana.send(PAGE, oldpassword=PASSWORD, password1=OTHER_PASSWORD)

    assert ana.went == (303, "/me/")
    assert sign_in("ana@home.example", OTHER_PASSWORD).went == (303, "/today/")
    assert "password" in sign_in("ana@home.example", PASSWORD).beside


def test_it_signs_out_everywhere_but_here(ana):
    elsewhere = sign_in("ana@home.example", PASSWORD)

    ana.open(PAGE)
    ana.send(PAGE, oldpassword=PASSWORD, password1=OTHER_PASSWORD)

    assert ana.signed_in
    assert not elsewhere.signed_in


def test_without_the_one_now_nothing_changes(ana):
    ana.open(PAGE)
    ana.send(PAGE, oldpassword="somebody else’s guess", password1=OTHER_PASSWORD)

    assert "oldpassword" in ana.beside
    assert sign_in("ana@home.example", PASSWORD).went == (303, "/today/")


def test_a_common_one_is_refused_beside_its_field(ana):
    ana.open(PAGE)
    ana.send(PAGE, oldpassword=PASSWORD, password1="password1234")

    assert "password1" in ana.beside


def test_guessing_the_one_now_is_slowed_down(ana):
    for n in range(30):
        ana.open(PAGE)
        ana.send(PAGE, oldpassword=f"guess number {n} of many", password1=OTHER_PASSWORD)

    ana.open(PAGE)
    ana.send(PAGE, oldpassword=PASSWORD, password1=OTHER_PASSWORD)

    assert ana.went[0] == 429
