"""Two hundred wrong passwords, codes, digits or locks lock nobody out.

Guessing is slowed. Whoever it is tried on waits for a minute at the door, for an hour at the codes
of an app, for a quarter of an hour at their lock, and never longer, once nobody guesses any more.
While somebody does, a passkey goes past it, and whoever is signed in stays so.

At each door it is tried with two hundred. What follows from that is tried with fewer, which are as
many to the limits: every try past a limit is the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from interwoven.apps.accounts import limits
from interwoven.apps.accounts.models import Person
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.actions import Answer, answer, invite
from interwoven.apps.couples.seats import seat_of
from tests.apps.accounts.asking import FORGOTTEN, change, follow
from tests.apps.accounts.door import (
    ANA,
    BO,
    OTHER_PASSWORD,
    PASSWORD,
    Browser,
    link_in,
    sign_in,
    sign_up,
)
from tests.apps.couples.conftest import TUESDAY
from tests.apps.couples.people import invited
from tests.apps.guarding.device import (
    AFTER_PASSWORD,
    PASSKEY_DOOR,
    answers,
    asked_on,
    at_the_door,
    code_of,
    is_in,
    make_passkey,
    passkey_door,
    turn_on,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
MANY = 200
FEWER = 40
LOCK = "73 91 55"
DIGITS = [f"{n:06d}" for n in range(MANY)]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def ana(clock) -> Browser:
    return sign_up(ANA)


def fill(browser: Browser, path: str, times: int, **typed: list[str] | str) -> Iterator[Browser]:
    """Send the form of this page again and again; what is a list is each time the next of it."""
    form = browser.open(path).kept
    for n in range(times):
        each = {name: one if isinstance(one, str) else one[n] for name, one in typed.items()}
        browser.answer = browser.client.post(path, form | each)
        yield browser


def guess(browser: Browser, path: str, times: int, **typed: list[str] | str) -> Browser:
    return list(fill(browser, path, times, **typed))[-1]


def guess_passwords(times: int) -> None:
    wrong = [f"{n} {OTHER_PASSWORD}" for n in range(times)]
    last = guess(Browser(), "/sign-in/", times, login=ANA["email"], password=wrong)
    assert "many tries" in last.beside["password"]


def test_two_hundred_passwords_keep_her_waiting_for_a_minute_at_the_door_and_not_longer(ana, clock):
    guess_passwords(MANY)

    assert ana.signed_in
    assert sign_in(ANA["email"]).beside
    clock.shift(timedelta(seconds=60))
    assert sign_in(ANA["email"]).went == (303, "/today/")


def test_nobody_waits_anywhere_else_for_passwords_tried_at_the_door(ana):
    guess_passwords(FEWER)

    assert ana.send("/me/address/", email="new@home.example", password=PASSWORD).went[1] == "/me/"
    ana.send("/me/lock/", lock=LOCK, password=PASSWORD)
    assert "Your lock is on" in ana.open("/me/lock/").page


def test_a_passkey_goes_past_many_passwords(ana):
    device = make_passkey(ana, "alone")
    guess_passwords(FEWER)
    browser = passkey_door()

    browser.resend(PASSKEY_DOOR, credential=device.uses(asked_on(browser.page)))

    assert is_in(browser)


def test_a_letter_goes_past_many_passwords(ana, mailoutbox):
    guess_passwords(FEWER)
    Browser().send(FORGOTTEN, email=ANA["email"])

    change(follow(link_in(mailoutbox[0].body)), "gravel lantern pony")

    assert sign_in(ANA["email"], "gravel lantern pony").went == (303, "/today/")


def test_passwords_tried_in_her_own_browser_keep_nobody_out_at_the_door(ana, clock):
    guess(ana, "/me/address/", FEWER, email="new@home.example", password="not this one")

    assert ana.send("/me/address/", email="new@home.example", password=PASSWORD).went[1] != "/me/"
    assert sign_in(ANA["email"]).went == (303, "/today/")
    clock.shift(timedelta(seconds=60))
    assert ana.send("/me/address/", email="new@home.example", password=PASSWORD).went[1] == "/me/"


def guess_codes(times: int) -> None:
    assert "code" in guess(at_the_door(), AFTER_PASSWORD, times, code=DIGITS).beside


def test_two_hundred_codes_keep_her_waiting_for_an_hour_and_not_longer(ana, clock):
    secret, _ = turn_on(ana)
    clock.shift(timedelta(minutes=5))
    guess_codes(MANY)

    assert is_in(ana)
    clock.shift(timedelta(minutes=59))
    assert at_the_door().resend(AFTER_PASSWORD, code=code_of(secret)).beside
    clock.shift(timedelta(minutes=2))
    assert is_in(at_the_door().resend(AFTER_PASSWORD, code=code_of(secret)))


def test_the_recovery_codes_are_all_good_after_many_wrong_ones(ana, clock):
    _, codes = turn_on(ana)
    guess_codes(FEWER)
    clock.shift(timedelta(minutes=61))

    assert all(is_in(at_the_door().resend(AFTER_PASSWORD, code=code)) for code in codes)


def test_a_passkey_goes_past_many_codes(ana):
    turn_on(ana)
    device = make_passkey(ana, "after")
    guess_codes(FEWER)
    browser = Browser()
    browser.client.defaults["HTTP_HOST"] = "localhost"
    browser.send("/sign-in/", login=ANA["email"], password=PASSWORD).open(AFTER_PASSWORD)
    assert browser.answer.status_code == 200

    answers(browser, AFTER_PASSWORD, device.uses(asked_on(browser.page)))

    assert is_in(browser)


def test_two_hundred_digits_end_the_link_and_another_one_works(ana, clock):
    sign_up(BO)
    hers, his = Person.objects.order_by("email")
    seat, his = seat_of(hers), seat_of(his)
    token, code = invited(hers, TUESDAY)
    wrong = [digits for digits in DIGITS if digits != code]
    came = [answer(by=his, token=token, code=one, now=TUESDAY) for one in wrong]

    assert came[:4] == [Answer.WRONG_CODE] * 4
    assert set(came[4:]) == {Answer.GONE}
    assert answer(by=his, token=token, code=code, now=TUESDAY) is Answer.GONE
    invite(by=seat, now=TUESDAY)
    letter = couples.invite_page(seat=seat, now=TUESDAY).letter
    assert answer(by=his, token=letter.token, code=letter.code, now=TUESDAY) is Answer.TAKEN


def test_two_hundred_locks_keep_her_waiting_for_a_quarter_of_an_hour_and_not_longer(ana, clock):
    ana.send("/me/lock/", lock=LOCK, password=PASSWORD)
    clock.shift(timedelta(minutes=10))
    for _ in fill(ana, "/me/unlock/", MANY, lock=DIGITS):
        clock.shift(timedelta(seconds=4))  # over 13 minutes; only the first five count

    assert ana.send("/me/unlock/", lock=LOCK).went == (303, "/me/unlock/?next=%2Fme%2F")
    clock.shift(timedelta(minutes=2))
    assert ana.send("/me/unlock/", lock=LOCK).went == (303, "/me/")
    assert "This is behind your lock" not in ana.open("/weeks/now/").page


def test_asking_about_a_thousand_others_makes_nobody_forget_what_was_tried_on_her(ana):
    """The memory of Django's own forgets what is oldest when 300 other things are counted."""
    guess_passwords(FEWER)
    for n in range(1000):
        limits.enough(f"letters:{n}", most=3, seconds=3600)

    assert "many tries" in sign_in(ANA["email"]).beside["password"]


def test_a_clock_that_is_put_back_keeps_nobody_waiting_for_the_day_to_come_again(ana, clock):
    ana.send("/me/lock/", lock=LOCK, password=PASSWORD)
    clock.move_to(TUESDAY + timedelta(days=1), tick=False)
    guess_passwords(FEWER)
    guess(ana, "/me/unlock/", FEWER, lock=DIGITS)
    clock.move_to(TUESDAY + timedelta(minutes=20), tick=False)

    assert sign_in(ANA["email"]).went == (303, "/today/")
    assert ana.send("/me/unlock/", lock=LOCK).went == (303, "/me/")
