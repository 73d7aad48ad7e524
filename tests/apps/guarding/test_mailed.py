"""A new password by mail takes away what was turned on lately, and nothing that has been on longer.

So whoever knew the password for a while keeps its owner out for no longer than that; and whoever
reads the letters alone gets past a code or a passkey for fourteen days, and then never.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail

from interwoven.infra.models import AuditEntry
from tests.apps.accounts.asking import FORGOTTEN, change, follow
from tests.apps.accounts.door import ANA, OTHER_PASSWORD, PASSWORD, Browser, link_in, sign_in
from tests.apps.guarding.device import (
    AFTER_PASSWORD,
    OVERVIEW,
    PASSKEY_DOOR,
    RECOVERY,
    Device,
    asked_on,
    at_the_door,
    code_of,
    is_in,
    make_passkey,
    passkey_door,
    recovery_codes_on,
    turn_on,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

LATE = datetime(2027, 3, 1, 23, 59, tzinfo=UTC)  # and kept is the day alone
LAST_OF_IT = datetime(2027, 3, 15, 23, 59, tzinfo=UTC)
AFTER_IT = datetime(2027, 3, 16, tzinfo=UTC)
EVENT = "sign_in.new_ones_gone"


@pytest.fixture
def at(ana) -> Callable[[datetime], object]:
    """Move to another time; it is late on the first day."""
    with time_machine.travel(LATE) as clock:
        yield clock.move_to


def new_password_by_mail(address: str = ANA["email"]) -> None:
    """As whoever reads the letters of this address does, be it their owner or not."""
    Browser().send(FORGOTTEN, email=address)
    changed = change(follow(link_in(mail.outbox[-1].body)), OTHER_PASSWORD)
    assert changed.went == (303, "/password/new/done/")
    assert "turned on in the last 14 days is off now" in changed.open(changed.went[1]).page


def kinds() -> list[str]:
    return sorted(Authenticator.objects.values_list("type", flat=True))


def by_passkey(device: Device) -> Browser:
    browser = passkey_door()
    return browser.resend(PASSKEY_DOOR, credential=device.uses(asked_on(browser.page)))


@pytest.mark.parametrize(
    "guard",
    [
        turn_on,
        lambda thief: make_passkey(thief, "alone"),
        lambda thief: make_passkey(thief, "after"),
    ],
    ids=["codes", "alone", "after"],
)
def test_whoever_knew_the_password_and_turned_something_on_is_out_by_a_new_one(at, guard):
    thief = sign_in(ANA["email"])
    theirs = guard(thief)
    at(LAST_OF_IT)
    at_the_door()  # Ana, who is asked for what she does not have
    new_password_by_mail()

    assert sign_in(ANA["email"], OTHER_PASSWORD).went == (303, "/today/")
    assert kinds() == []
    assert not is_in(thief)
    assert sign_in(ANA["email"]).went[0] == 200
    if isinstance(theirs, Device):
        assert not is_in(by_passkey(theirs))


def test_what_an_owner_has_had_on_for_longer_stays_and_opens(at):
    secret, [code, *_] = turn_on(sign_in(ANA["email"]))
    at(AFTER_IT)
    new_password_by_mail()

    assert not is_in(at_the_door(OTHER_PASSWORD))
    assert is_in(at_the_door(OTHER_PASSWORD).resend(AFTER_PASSWORD, code=code_of(secret)))
    assert is_in(at_the_door(OTHER_PASSWORD).resend(AFTER_PASSWORD, code=code))


@pytest.mark.parametrize("guard", [turn_on, lambda owner: make_passkey(owner, "after")])
@pytest.mark.parametrize(("when", "gets_in"), [(LATE, True), (LAST_OF_IT, True), (AFTER_IT, False)])
def test_who_reads_the_letters_alone_gets_past_it_for_fourteen_days_and_then_not(
    at, guard, when, gets_in
):
    guard(sign_in(ANA["email"]))
    at(when)
    new_password_by_mail()

    assert is_in(sign_in(ANA["email"], OTHER_PASSWORD)) is gets_in


def test_a_second_letter_takes_no_more_than_the_first(at):
    turn_on(sign_in(ANA["email"]))
    at(AFTER_IT)
    new_password_by_mail()
    at(AFTER_IT + timedelta(days=30))
    new_password_by_mail()

    assert not is_in(at_the_door(OTHER_PASSWORD))


def test_of_several_only_the_new_ones_go_and_recovery_codes_can_be_made_again(at):
    owner = sign_in(ANA["email"])
    device = make_passkey(owner, "alone")
    at(AFTER_IT)
    owner = by_passkey(device)
    owner.send(RECOVERY, password=PASSWORD, do="anew")
    owner.send("/me/sign-in/codes/", password=PASSWORD, do="begin")
    turn_on_beside(owner)
    assert kinds() == ["recovery_codes", "totp", "webauthn"]
    new_password_by_mail()
    assert kinds() == ["webauthn"]

    at(AFTER_IT + timedelta(days=4))  # what shows anything is closed for 72 hours
    owner = by_passkey(device)
    assert "0 of ten are left" in owner.open(OVERVIEW).page
    owner.send(RECOVERY, password=OTHER_PASSWORD, do="anew")
    assert len(recovery_codes_on(owner.open(RECOVERY).page)) == 10


def turn_on_beside(owner: Browser) -> None:
    """Codes, for somebody who has recovery codes already."""
    from tests.apps.guarding.device import CODES, secret_on

    secret = secret_on(owner.open(CODES).page)
    assert owner.resend(CODES, code=code_of(secret), do="confirm").went == (303, OVERVIEW)


def test_it_is_nothing_to_anybody_else(at, bo):
    turn_on(sign_in(ANA["email"]))
    turn_on(sign_in("bo@home.example"))
    new_password_by_mail()

    assert {*Authenticator.objects.values_list("user__email", flat=True)} == {"bo@home.example"}


def test_where_nothing_was_turned_on_lately_nothing_is_noted(at):
    new_password_by_mail()
    assert not AuditEntry.objects.filter(event=EVENT).exists()


def test_that_something_went_is_noted_by_the_day(at):
    turn_on(sign_in(ANA["email"]))
    at(LAST_OF_IT)
    new_password_by_mail()

    assert AuditEntry.objects.get(event=EVENT).day == LAST_OF_IT.date()


def test_a_password_changed_with_the_old_one_takes_nothing_away(at):
    owner = sign_in(ANA["email"])
    turn_on(owner)
    owner.open("/password/another/")
    owner.send("/password/another/", oldpassword=PASSWORD, password1=OTHER_PASSWORD)

    assert not is_in(at_the_door(OTHER_PASSWORD))


def test_a_link_that_nobody_followed_takes_nothing_away(at):
    turn_on(sign_in(ANA["email"]))
    Browser().send(FORGOTTEN, email=ANA["email"])
    follow(link_in(mail.outbox[-1].body))

    assert not is_in(at_the_door())


def test_the_pages_where_it_is_turned_on_say_so(at):
    owner = sign_in(ANA["email"])
    for path in (OVERVIEW, "/me/sign-in/codes/", "/me/sign-in/passkey/"):
        assert "For the 14 days after the day" in owner.open(path).page, path
