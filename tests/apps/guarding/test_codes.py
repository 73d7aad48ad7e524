"""Codes of an app: on by a password and a code, asked for at the door, off by the password."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.utils import timezone

from tests.apps.accounts.door import ANA, OTHER_PASSWORD, PASSWORD, Browser, sign_in
from tests.apps.guarding.device import (
    AFTER_PASSWORD,
    CODES,
    OVERVIEW,
    RECOVERY,
    at_the_door,
    code_of,
    is_in,
    recovery_codes_on,
    secret_on,
    turn_on,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WRONG = "That is not a code that is good now. Please look once more."


def test_the_secret_is_shown_for_the_password_alone(ana):
    ana.send(CODES, password=OTHER_PASSWORD, do="begin")

    assert ana.went == (303, CODES)
    assert "not your password" in ana.open(CODES).beside["password"]
    assert '<p class="address">' not in ana.page

    ana.resend(CODES, password=PASSWORD, do="begin")
    secret = secret_on(ana.open(CODES).page)
    assert len(secret.replace(" ", "")) == 32
    assert "<svg" in ana.page
    assert secret_on(ana.open(CODES).page) == secret  # looking again is no other secret


def test_nothing_is_on_before_one_code_was_right(ana):
    ana.send(CODES, password=PASSWORD, do="begin")
    secret = secret_on(ana.open(CODES).page)
    wrong = f"{(int(code_of(secret)) + 1) % 10**6:06d}"
    if wrong in {code_of(secret, steps=step) for step in (-1, 0, 1)}:
        wrong = f"{(int(wrong) + 1) % 10**6:06d}"

    ana.resend(CODES, code=wrong, do="confirm")

    assert "not the code of this secret" in ana.open(CODES).beside["code"]
    assert secret_on(ana.page) == secret
    assert sign_in(ANA["email"]).went == (303, "/today/")


def test_the_secret_on_trial_is_forgotten_after_half_an_hour(ana):
    ana.send(CODES, password=PASSWORD, do="begin")
    secret = secret_on(ana.open(CODES).page)

    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert '<p class="address">' not in ana.open(CODES).page
        ana.resend(CODES, code=code_of(secret), do="confirm")

    assert not Authenticator.objects.exists()


def test_a_code_is_asked_for_after_the_password_and_then_one_is_in(ana):
    secret, _ = turn_on(ana)
    browser = at_the_door()

    assert not is_in(browser)
    browser.resend(AFTER_PASSWORD, code=code_of(secret))

    assert browser.went == (303, "/today/")
    assert is_in(browser)


def test_where_one_was_going_survives_the_second_question(ana):
    secret, _ = turn_on(ana)
    browser = Browser().open("/sign-in/?next=/privacy/")
    browser.resend("/sign-in/", login=ANA["email"], password=PASSWORD)

    browser.open(AFTER_PASSWORD).resend(AFTER_PASSWORD, code=code_of(secret))

    assert browser.went == (303, "/privacy/")


def test_the_password_alone_opens_nothing(ana):
    turn_on(ana)
    browser = at_the_door()

    for path in ("/today/", "/me/", CODES):
        assert browser.open(path).went[0] == 302, path
    wrong = at_the_door().resend(AFTER_PASSWORD, code="000000")
    assert wrong.beside == {"code": WRONG}
    assert not is_in(wrong)


def test_a_code_is_good_once_for_as_long_as_a_slow_clock_would_take_it(ana):
    secret, _ = turn_on(ana)
    code = code_of(secret, steps=1)  # of a phone whose clock is fast
    at_the_door().resend(AFTER_PASSWORD, code=code)

    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        again = at_the_door().resend(AFTER_PASSWORD, code=code)

    assert again.beside == {"code": WRONG}


def test_a_code_of_two_minutes_ago_is_refused(ana):
    secret, _ = turn_on(ana)

    assert at_the_door().resend(AFTER_PASSWORD, code=code_of(secret, steps=-4)).beside


def test_the_second_question_is_for_whoever_gave_the_password(ana):
    turn_on(ana)

    assert Browser().open(AFTER_PASSWORD).went == (302, "/sign-in/")
    assert ana.open(AFTER_PASSWORD).went == (302, "/today/")


def test_turning_it_on_signs_out_everywhere_but_here(ana):
    elsewhere = sign_in(ANA["email"])

    turn_on(ana)

    assert is_in(ana)
    assert not is_in(elsewhere)


def test_it_is_turned_off_by_the_password_and_elsewhere_one_is_signed_out(ana):
    secret, _ = turn_on(ana)
    elsewhere = at_the_door()
    elsewhere.resend(AFTER_PASSWORD, code=code_of(secret))
    assert is_in(elsewhere)

    ana.send(CODES, password=OTHER_PASSWORD, do="off")
    assert "not your password" in ana.open(CODES).beside["password"]
    at_the_door()
    ana.resend(CODES, password=PASSWORD, do="off")

    assert ana.went == (303, OVERVIEW)
    assert not is_in(elsewhere)
    assert sign_in(ANA["email"]).went == (303, "/today/")
    assert not Authenticator.objects.exists()  # recovery codes stand in for nothing now
    assert ana.open(RECOVERY).answer.status_code == 404


def test_turning_it_on_twice_turns_it_on_once(ana):
    ana.send(CODES, password=PASSWORD, do="begin")
    secret = secret_on(ana.open(CODES).page)
    fields = ana.kept | {"code": code_of(secret), "do": "confirm"}

    ana.client.post(CODES, fields)
    again = ana.client.post(CODES, fields)

    assert (again.status_code, again.headers["Location"]) == (303, CODES)
    assert Authenticator.objects.filter(type="totp").count() == 1


def test_no_secret_and_no_recovery_code_lies_in_plain(ana):
    secret, codes = turn_on(ana)
    rows = list(Authenticator.objects.values_list("data", flat=True))
    plain = json.dumps(rows)

    assert len(rows) == 2
    assert secret.replace(" ", "") not in plain
    for code in codes:
        assert code.replace(" ", "") not in plain
    assert set(rows[0]) | set(rows[1]) == {"secret", "seed", "used_mask"}


def test_a_secret_moved_to_another_person_opens_nothing(ana, bo):
    secret, _ = turn_on(ana)
    turn_on(bo)
    moved = Authenticator.objects.get(user__email=ANA["email"], type="totp").data
    Authenticator.objects.filter(user__email="bo@home.example", type="totp").update(data=moved)

    browser = at_the_door(email="bo@home.example")
    browser.resend(AFTER_PASSWORD, code=code_of(secret))

    assert browser.beside == {"code": WRONG}


def test_no_row_tells_the_hour_of_anything(ana):
    with time_machine.travel("2026-03-04T17:23:45Z", tick=False):
        secret, _ = turn_on(sign_in(ANA["email"]))
        at_the_door().resend(AFTER_PASSWORD, code=code_of(secret, steps=1))

    for row in Authenticator.objects.all():
        assert row.created_at.isoformat() == "2026-03-04T00:00:00+00:00"
        assert row.last_used_at is None


def test_after_ten_wrong_codes_one_waits_and_the_other_of_the_two_does_not(ana, bo):
    turn_on(ana)
    bos, _ = turn_on(bo)
    browser = at_the_door()
    for _ in range(10):
        assert browser.resend(AFTER_PASSWORD, code="000000").beside == {"code": WRONG}

    assert "many tries" in browser.resend(AFTER_PASSWORD, code="000000").beside["code"]
    other = at_the_door(email="bo@home.example")
    assert other.resend(AFTER_PASSWORD, code=code_of(bos)).went == (303, "/today/")


def test_after_thirty_in_an_hour_one_waits_and_a_new_password_ends_the_waiting(ana):
    secret, _ = turn_on(ana)
    began = timezone.now()
    with time_machine.travel(began) as clock:
        for minute in range(4):
            clock.move_to(began + timedelta(minutes=2 * minute))
            browser = at_the_door()
            for _ in range(8):
                browser.resend(AFTER_PASSWORD, code="000000")
        assert "Wait an hour" in browser.beside["code"]
        ana.open("/password/another/")
        ana.send("/password/another/", oldpassword=PASSWORD, password1=OTHER_PASSWORD)
        clock.move_to(began + timedelta(minutes=12))

        entered = at_the_door(OTHER_PASSWORD).resend(AFTER_PASSWORD, code=code_of(secret))

    assert entered.went == (303, "/today/")


def test_whoever_is_signed_in_stays_so_while_somebody_guesses(ana):
    turn_on(ana)
    browser = at_the_door()
    for _ in range(40):
        browser.resend(AFTER_PASSWORD, code="123456")

    assert is_in(ana)


@pytest.mark.parametrize("code", ["", " ", "\x00", "½½½½½½", "9" * 5000, "１２３４５６", "-1"])
def test_an_odd_code_is_no_code(ana, code):
    turn_on(ana)

    assert "code" in at_the_door().resend(AFTER_PASSWORD, code=code).beside
    assert ana.resend(CODES, do="confirm", code=code).went == (303, CODES)


@pytest.mark.parametrize("do", ["", "begin ", "\x00", "OFF"])
def test_a_form_that_is_none_of_ours_does_nothing(ana, do):
    turn_on(ana)

    assert ana.send(CODES, password=PASSWORD, do=do).went == (303, CODES)
    at_the_door()


def test_the_librarys_own_pages_are_not_there(ana):
    for path in ("/2fa/", "/accounts/2fa/totp/activate/", "/reauthenticate/", "/2fa/authenticate/"):
        assert ana.open(path).answer.status_code == 404, path


def test_the_keeper_can_make_the_password_enough_again(ana, capsys):
    from django.core.management import CommandError, call_command

    turn_on(ana)

    call_command("password_alone", ANA["email"].upper())

    assert "The password is enough now." in capsys.readouterr().out
    assert sign_in(ANA["email"]).went == (303, "/today/")
    with pytest.raises(CommandError):
        call_command("password_alone", "nobody@home.example")


def test_recovery_codes_come_with_it_and_are_ten(ana):
    _, codes = turn_on(ana)

    assert len(set(codes)) == 10
    assert recovery_codes_on(ana.open(RECOVERY).page) == codes


def test_one_can_go_back_to_the_password_and_sign_in_as_somebody_else(ana, bo):
    turn_on(ana)
    browser = at_the_door()
    assert browser.open("/sign-in/").went == (302, AFTER_PASSWORD)

    browser.open(AFTER_PASSWORD).resend(AFTER_PASSWORD, do="back")

    assert browser.went == (303, "/sign-in/")
    browser.send("/sign-in/", login="bo@home.example", password=PASSWORD)
    assert is_in(browser)


def test_a_restored_copy_is_tried_for_these_secrets_too(ana):
    from interwoven.upkeep import trial
    from interwoven.upkeep.errors import Refused

    turn_on(ana)
    assert trial.open_everything().rows[trial.SIGN_IN] == 2

    broken = Authenticator.objects.get(type="totp")
    broken.data["secret"] = broken.data["secret"][:-8] + "AAAAAAA="
    broken.save()

    with pytest.raises(Refused, match="do not open"):
        trial.open_everything()
