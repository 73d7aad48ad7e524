"""Recovery codes: ten, shown for a while, each good once, made anew for the password."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.apps.accounts.door import OTHER_PASSWORD, PASSWORD
from tests.apps.guarding.device import (
    AFTER_PASSWORD,
    OVERVIEW,
    RECOVERY,
    at_the_door,
    code_of,
    is_in,
    recovery_codes_on,
    turn_on,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def test_each_signs_in_once(ana):
    _, codes = turn_on(ana)

    assert at_the_door().resend(AFTER_PASSWORD, code=codes[3]).went == (303, "/today/")
    assert "code" in at_the_door().resend(AFTER_PASSWORD, code=codes[3]).beside
    assert is_in(at_the_door().resend(AFTER_PASSWORD, code=codes[4].replace(" ", "")))
    assert "8 of ten are left" in ana.open(OVERVIEW).page


def test_once_somebody_has_them_no_page_shows_them_again(ana):
    _, codes = turn_on(ana)

    ana.open(RECOVERY).resend(RECOVERY, do="kept")

    assert ana.went == (303, OVERVIEW)
    for page in (ana.open(RECOVERY).page, ana.open(OVERVIEW).page):
        assert recovery_codes_on(page) == []
        assert not any(code in page for code in codes)
    assert is_in(at_the_door().resend(AFTER_PASSWORD, code=codes[0]))


def test_they_are_shown_for_half_an_hour_at_most(ana):
    turn_on(ana)

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert recovery_codes_on(ana.open(RECOVERY).page) == []


def test_new_ones_are_made_for_the_password_and_the_old_ones_end(ana):
    secret, old = turn_on(ana)
    ana.open(RECOVERY).resend(RECOVERY, do="kept")

    ana.send(RECOVERY, password=OTHER_PASSWORD, do="anew")
    assert "not your password" in ana.open(RECOVERY).beside["password"]
    ana.resend(RECOVERY, password=PASSWORD, do="anew")
    new = recovery_codes_on(ana.open(RECOVERY).page)

    assert len(new) == 10
    assert not set(new) & set(old)
    assert "code" in at_the_door().resend(AFTER_PASSWORD, code=old[0]).beside
    assert is_in(at_the_door().resend(AFTER_PASSWORD, code=new[0]))
    assert is_in(at_the_door().resend(AFTER_PASSWORD, code=code_of(secret, steps=1)))


def test_making_new_ones_signs_out_everywhere_but_here(ana):
    _, codes = turn_on(ana)
    elsewhere = at_the_door().resend(AFTER_PASSWORD, code=codes[0])
    ana.open(RECOVERY).resend(RECOVERY, do="kept")

    ana.send(RECOVERY, password=PASSWORD, do="anew")

    assert (is_in(ana), is_in(elsewhere)) == (True, False)


def test_there_are_none_where_nothing_is_on(ana):
    assert ana.open(RECOVERY).answer.status_code == 404

    fields = ana.open("/me/sign-in/codes/").kept | {"password": PASSWORD, "do": "anew"}
    answer = ana.client.post(RECOVERY, fields)

    assert (answer.status_code, answer.headers["Location"]) == (303, OVERVIEW)
    assert ana.open(RECOVERY).answer.status_code == 404
