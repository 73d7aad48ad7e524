"""Passkeys: made for the password, used after it or instead of it, and removed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.utils import timezone

from interwoven.infra.sessions import SessionStore
from tests.apps.accounts.door import ANA, OTHER_PASSWORD, PASSWORD, Browser, sign_in
from tests.apps.guarding.device import (
    AFTER_PASSWORD,
    FLAG,
    OVERVIEW,
    PASSKEY,
    PASSKEY_DOOR,
    RECOVERY,
    REMOVE,
    Device,
    answers,
    asked_on,
    at_the_door,
    is_in,
    make_passkey,
    passkey_door,
    recovery_codes_on,
    turn_on,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


def after_password() -> Browser:
    browser = Browser()
    browser.client.defaults["HTTP_HOST"] = "localhost"
    browser.send("/sign-in/", login=ANA["email"], password=PASSWORD)
    assert browser.went == (303, AFTER_PASSWORD)
    return browser.open(AFTER_PASSWORD)


def test_what_the_device_keeps_tells_nothing(ana):
    ana.send(PASSKEY, password=PASSWORD, kind="alone", do="begin")
    asked = asked_on(ana.open(PASSKEY).page)

    assert asked["rp"] == {"name": "A few words", "id": "testserver"}
    assert asked["user"]["name"] == asked["user"]["displayName"] == "A few words"
    assert "ana" not in json.dumps(asked).lower().replace(asked["user"]["id"].lower(), "")


@pytest.mark.parametrize(("kind", "listed"), [("after", "discouraged"), ("alone", "required")])
def test_only_one_that_may_come_alone_is_to_be_listed_by_the_device(ana, kind, listed):
    ana.send(PASSKEY, password=PASSWORD, kind=kind, do="begin")

    chosen = asked_on(ana.open(PASSKEY).page)["authenticatorSelection"]
    assert chosen["residentKey"] == listed


def test_no_browser_is_asked_before_the_password_is_given(ana):
    ana.send(PASSKEY, password=OTHER_PASSWORD, kind="alone", do="begin")
    assert "not your password" in ana.open(PASSKEY).beside["password"]

    ana.resend(PASSKEY, password=PASSWORD, kind="?", do="begin")
    assert "Pick one of these." in ana.open(PASSKEY).page
    assert "data-asked" not in ana.page


def test_one_signs_in_without_the_password(ana):
    device = make_passkey(ana, "alone")
    browser = passkey_door("/privacy/")

    browser.resend(PASSKEY_DOOR, credential=device.uses(asked_on(browser.page)))

    assert browser.went == (303, "/privacy/")
    assert is_in(browser)


def test_one_signs_in_after_the_password(ana):
    device = make_passkey(ana, "after")
    browser = after_password()
    asked = asked_on(browser.page)
    assert len(asked["allowCredentials"]) == 1

    answers(browser, AFTER_PASSWORD, device.uses(asked))

    assert browser.went == (303, "/today/")
    assert is_in(browser)


def test_one_that_comes_after_the_password_never_comes_instead_of_it(ana):
    """Whatever the device made of it: some list every passkey they have."""
    device = make_passkey(ana, "after")
    browser = passkey_door()

    browser.resend(PASSKEY_DOOR, credential=device.uses(asked_on(browser.page)))

    assert browser.went == (303, PASSKEY_DOOR)
    assert "opens nothing here" in browser.open(PASSKEY_DOOR).page
    assert not is_in(browser)


def test_with_a_passkey_the_password_alone_opens_nothing(ana):
    make_passkey(ana, "alone")

    assert not is_in(at_the_door())


def test_recovery_codes_come_with_the_first_and_stand_in_for_it(ana):
    make_passkey(ana, "after")
    codes = recovery_codes_on(ana.open(RECOVERY).page)
    ana.resend(RECOVERY, do="kept")
    make_passkey(ana, "alone")

    assert ana.went == (303, OVERVIEW)
    assert len(codes) == 10
    assert is_in(at_the_door().resend(AFTER_PASSWORD, code=codes[0]))


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"flags": FLAG.UP},  # nobody showed the device who they are
        {"flags": FLAG.UV},
    ],
)
def test_what_was_not_said_here_or_by_its_owner_opens_nothing(ana, changed):
    device = make_passkey(ana, "alone")
    browser = passkey_door()

    browser.resend(PASSKEY_DOOR, credential=device.uses(asked_on(browser.page), **changed))

    assert browser.went == (303, PASSKEY_DOOR)
    assert not is_in(browser)


def test_what_somebody_overheard_opens_nothing_later(ana):
    device = make_passkey(ana, "alone")
    browser = passkey_door()
    heard = device.uses(asked_on(browser.page))
    browser.resend(PASSKEY_DOOR, credential=heard)
    assert is_in(browser)

    again = passkey_door().resend(PASSKEY_DOOR, credential=heard)

    assert not is_in(again)


def test_another_device_that_says_it_is_this_one_opens_nothing(ana):
    device, other = make_passkey(ana, "alone"), Device()
    other.id, other.person = device.id, device.person
    browser = passkey_door()

    browser.resend(PASSKEY_DOOR, credential=other.uses(asked_on(browser.page)))

    assert not is_in(browser)


def test_nobody_signs_in_as_somebody_else_with_a_passkey_of_their_own(ana, bo):
    mine, theirs = make_passkey(ana, "alone"), make_passkey(bo, "alone")
    theirs.person = mine.person
    browser = passkey_door()

    browser.resend(PASSKEY_DOOR, credential=theirs.uses(asked_on(browser.page)))
    assert not is_in(browser)

    second = after_password()
    answers(second, AFTER_PASSWORD, theirs.uses(asked_on(second.page)))
    assert second.answer.status_code == 200
    assert not is_in(second)


ODD = ["", "x", "[]", "{}", "null", "9" * 50, "[" * 30_000, '{"id":"a","rawId":"b"}', "\x00"]
ODD += ['{"id":"YQ","rawId":"YQ","type":"public-key","response":{"clientDataJSON":"e30"}}']
ODD += [
    '{"id":"YQ","rawId":"YQ","response":{"clientDataJSON":"e30","attestationObject":"YQ",'
    '"authenticatorData":"YQ","signature":"YQ","userHandle":"YQ"}}'
]


@pytest.mark.parametrize("odd", ODD, ids=range(len(ODD)))
def test_whatever_a_stranger_sends_is_answered_and_opens_nothing(ana, odd):
    make_passkey(ana, "alone")
    first = passkey_door().resend(PASSKEY_DOOR, credential=odd)
    second = answers(after_password(), AFTER_PASSWORD, odd)
    ana.send(PASSKEY, password=PASSWORD, kind="after", do="begin")
    ana.open(PASSKEY).resend(PASSKEY, credential=odd)

    assert first.went == (303, PASSKEY_DOOR)
    assert second.answer.status_code == 200
    assert (is_in(first), is_in(second)) == (False, False)
    assert ana.went == (303, PASSKEY)
    assert "No passkey came of it." in ana.open(PASSKEY).page
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_a_changed_answer_never_breaks_a_page(ana):
    device = make_passkey(ana, "alone")
    browser = passkey_door()
    whole = json.loads(device.uses(asked_on(browser.page)))
    for part in whole["response"]:
        for other in ("", "AA", "_" * 99, None, 7, ["x"], {"a": 1}):
            odd = whole | {"response": whole["response"] | {part: other}}
            answer = browser.resend(PASSKEY_DOOR, credential=json.dumps(odd))
            assert answer.went == (303, PASSKEY_DOOR), (part, other)
            browser.open(PASSKEY_DOOR)
    assert not is_in(browser)


def test_a_passkey_made_elsewhere_or_too_late_is_none(ana):
    ana.client.defaults["HTTP_HOST"] = "localhost"
    ana.send(PASSKEY, password=PASSWORD, kind="after", do="begin")
    answer = Device().makes(asked_on(ana.open(PASSKEY).page), origin="https://evil.example")
    ana.resend(PASSKEY, credential=answer)
    assert ana.went == (303, PASSKEY)

    ana.send(PASSKEY, password=PASSWORD, kind="alone", do="begin")
    answer = Device().makes(asked_on(ana.open(PASSKEY).page), flags=FLAG.UP)
    ana.resend(PASSKEY, credential=answer)
    assert ana.went == (303, PASSKEY)

    ana.send(PASSKEY, password=PASSWORD, kind="after", do="begin")
    answer = Device().makes(asked_on(ana.open(PASSKEY).page))
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        ana.resend(PASSKEY, credential=answer)

    assert not Authenticator.objects.exists()


def test_only_what_is_needed_of_it_is_kept(ana):
    make_passkey(ana, "after")

    data = Authenticator.objects.get(type="webauthn").data
    assert data["name"] == ""
    assert set(data["credential"]) == {"id", "rawId", "type", "response", "clientExtensionResults"}
    assert set(data["credential"]["response"]) == {"clientDataJSON", "attestationObject"}


def test_a_change_of_passkeys_signs_out_everywhere_but_here(ana):
    elsewhere = sign_in(ANA["email"])
    device = make_passkey(ana, "alone")
    assert (is_in(ana), is_in(elsewhere)) == (True, False)

    again = passkey_door()
    again.resend(PASSKEY_DOOR, credential=device.uses(asked_on(again.page)))
    assert is_in(again)
    remove(ana, PASSWORD)
    assert (is_in(ana), is_in(again)) == (True, False)


def remove(browser: Browser, password: str) -> Browser:
    browser.open(REMOVE)
    which = browser.page.split('name="which" value="')[1].split('"')[0]
    return browser.resend(REMOVE, which=which, password=password)


def test_a_passkey_that_is_removed_opens_nothing_and_the_last_takes_the_recovery_codes(ana):
    device = make_passkey(ana, "alone")
    remove(ana, OTHER_PASSWORD)
    assert "not your password" in ana.open(REMOVE).beside["password"]

    remove(ana, PASSWORD)

    assert ana.went == (303, OVERVIEW)
    browser = passkey_door()
    browser.resend(PASSKEY_DOOR, credential=device.uses(asked_on(browser.page)))
    assert not is_in(browser)
    assert not Authenticator.objects.exists()
    assert ana.open(REMOVE).answer.status_code == 404
    assert sign_in(ANA["email"]).went == (303, "/today/")


def test_nobody_removes_a_passkey_of_somebody_else(ana, bo):
    make_passkey(ana, "alone")
    make_passkey(bo, "alone")
    which = ana.open(REMOVE).page.split('name="which" value="')[1].split('"')[0]

    bo.open(REMOVE).resend(REMOVE, which=which, password=PASSWORD)
    assert bo.went == (303, OVERVIEW)
    assert Authenticator.objects.filter(type="webauthn").count() == 2


def test_no_page_shows_the_number_of_a_row(ana, bo):
    """It would tell how many others made something meanwhile."""
    make_passkey(ana, "alone")
    number = Authenticator.objects.get(type="webauthn").pk
    Authenticator.objects.filter(pk=number).update(id=918273)

    for path in (OVERVIEW, REMOVE):
        assert "918273" not in ana.open(path).page


def test_ten_are_as_many_as_fit(ana):
    for _ in range(10):
        make_passkey(ana, "after")
        cache.clear()  # passwords are not to be tried as often as that
    ana.send(PASSKEY, password=PASSWORD, kind="after", do="begin")
    ana.resend(PASSKEY, credential=Device().makes(asked_on(ana.open(PASSKEY).page)))

    assert ana.went == (303, PASSKEY)
    assert "Ten passkeys are as many as fit." in ana.open(PASSKEY).page


def test_looking_at_the_door_leaves_nothing_behind():
    browser = Browser().open("/sign-in/")
    browser.open(PASSKEY_DOOR)

    assert browser.went == (303, "/sign-in/")
    assert browser.session == ""


def test_whoever_is_signed_in_is_led_on(ana):
    assert ana.open(PASSKEY_DOOR).went == (303, "/today/")


def test_somebody_without_a_passkey_is_not_offered_one_after_the_password(ana):
    turn_on(ana)

    assert "data-passkey" not in at_the_door().page


def test_guessing_at_passkeys_slows_nobody_down(ana, bo):
    device = make_passkey(bo, "alone")
    for _ in range(70):
        passkey_door().resend(PASSKEY_DOOR, credential="{}")
    browser = passkey_door()

    browser.resend(PASSKEY_DOOR, credential=device.uses(asked_on(browser.page)))

    assert is_in(browser)


def test_no_passkey_is_made_without_the_password_by_what_was_asked_at_the_door(ana):
    """Whoever holds the phone finds the question of the last sign-in in the session still."""
    turn_on(ana)
    codes = recovery_codes_on(ana.open(RECOVERY).page)
    browser = after_password()
    browser.resend(AFTER_PASSWORD, code=codes[0])
    store = SessionStore(browser.session)
    asked = {"challenge": store["mfa.webauthn.state"]["challenge"], "rp": {"id": "localhost"}}

    made = Device().makes(asked | {"user": {"id": ""}})
    browser.open(PASSKEY)
    answers(browser, PASSKEY, made)

    assert not Authenticator.objects.filter(type="webauthn").exists()
