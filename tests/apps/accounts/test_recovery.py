"""A forgotten password: a letter, a link, a new password, and nothing that tells who has one."""

from __future__ import annotations

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings as current
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from interwoven.apps.accounts import recovery
from interwoven.apps.accounts.models import Person
from tests.apps.accounts.asking import FORGOTTEN, change, everything, follow
from tests.apps.accounts.door import (
    OTHER_PASSWORD,
    PASSWORD,
    Browser,
    link_in,
    sign_in,
)

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def link(ana) -> str:
    """The path of the link that was sent to Ana."""
    return asked("ana@home.example")


def asked(address: str) -> str:
    assert Browser().send(FORGOTTEN, email=address).went == (303, FORGOTTEN + "sent/")
    return link_in(mail.outbox[-1].body)


def test_a_link_leads_to_a_new_password_and_that_one_signs_in(link):
    browser = change(follow(link), OTHER_PASSWORD)

    assert browser.went == (303, "/password/new/done/")
    assert 'href="/sign-in/"' in browser.open("/password/new/done/").page
    assert not browser.signed_in
    assert sign_in("ana@home.example", OTHER_PASSWORD).went == (303, "/today/")
    assert "password" in sign_in("ana@home.example", PASSWORD).beside


def test_the_letter_holds_a_link_and_nothing_about_anybody(link):
    (letter,) = mail.outbox

    assert letter.to == ["ana@home.example"]
    assert letter.subject == recovery.SUBJECT
    assert letter.message().get_content_type() == "text/plain"
    person = Person.objects.get()
    for words in ("Ana", "she/her", "Interwoven", "ana@", person.pk.hex, str(person.pk), "<"):
        assert words not in letter.body
        assert words not in letter.subject
    assert letter.body.count("http") == 1
    assert f"{current.PUBLIC_ADDRESS}/password/new/" in letter.body


def test_every_letter_says_the_same_but_for_its_link(ana, bo):
    asked("ana@home.example")
    asked("bo@home.example")
    first, second = mail.outbox

    assert first.subject == second.subject
    assert re.sub(r"http\S+", "", first.body) == re.sub(r"http\S+", "", second.body)
    assert len(first.body) == len(second.body)


def test_the_link_is_to_the_public_address_whatever_the_request_was_addressed_to(ana, settings):
    settings.PUBLIC_ADDRESS = "https://us.example"
    settings.ALLOWED_HOSTS = ["us.example", "testserver", "other.example"]
    Browser().send(FORGOTTEN, email="ana@home.example")
    ana.client.defaults["HTTP_HOST"] = "other.example"
    ana.send(FORGOTTEN, email="ana@home.example")

    assert [letter.body.count("https://us.example/password/new/") for letter in mail.outbox] == [
        1,
        1,
    ]


def test_neither_the_address_bar_nor_the_history_keeps_the_key(link):
    browser = follow(link)
    shown = browser.answer.request["PATH_INFO"]

    assert shown.endswith("-set-password/")
    assert Person.objects.get().pk.hex not in shown
    assert link.rsplit("-", 2)[1:] != shown.rsplit("-", 2)[1:]
    assert "opens nothing any more" in Browser().open(shown).page


def test_a_password_that_will_not_do_is_said_beside_it(link):
    browser = follow(link)

    assert change(browser, "short").beside == {"password1": "Use 12 characters or more."}
    assert browser.kept["password1"] == ""
    assert change(browser, "ana@home.example").beside == {"password1": "That is your address."}
    assert change(browser, OTHER_PASSWORD).went == (303, "/password/new/done/")


def test_a_link_works_once(link):
    change(follow(link), OTHER_PASSWORD)

    assert "opens nothing any more" in follow(link).page


def test_a_link_ends_when_the_password_has_been_changed_by_another(link):
    second = asked("ana@home.example")
    change(follow(second), OTHER_PASSWORD)

    assert "opens nothing any more" in follow(link).page


def test_a_link_is_good_for_an_hour(ana):
    now, person = timezone.now(), Person.objects.get()
    sealed = recovery._link(person, now).split("/new/")[1].rsplit("-", 2)[0]

    assert recovery.person_behind(sealed, now=now + timedelta(minutes=59)) == person
    assert recovery.person_behind(sealed, now=now + timedelta(minutes=61)) is None


def test_a_link_of_one_person_changes_nobody_elses_password(ana, bo, link):
    other = asked("bo@home.example")
    of_ana, of_bo = (path.removesuffix("/").rsplit("-", 2) for path in (link, other))

    for mixed in ([of_ana[0], *of_bo[1:]], [of_bo[0], *of_ana[1:]]):
        assert "opens nothing any more" in follow("-".join(mixed) + "/").page


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_link_that_lost_or_changed_a_letter_opens_nothing(link, part):
    parts = link.removesuffix("/").rsplit("-", 2)
    for broken in (parts[part][:-1], parts[part][:-1] + ("a" if parts[part][-1] != "a" else "b")):
        path = "-".join([*parts[:part], broken, *parts[part + 1 :]]) + "/"
        assert "opens nothing any more" in follow(path).page


@pytest.mark.parametrize("path", ["-", "a-b", "é-a-b", "%00-a-b", "a-b-" + "c" * 5000, "../a-b-c"])
def test_an_address_that_was_never_a_link_opens_nothing(path):
    answer = Browser().open(f"/password/new/{path}/").answer

    assert answer.status_code in (200, 404)
    assert b'type="password"' not in answer.content


def test_a_new_password_ends_every_session_there_was(ana, link):
    assert ana.signed_in

    change(follow(link), OTHER_PASSWORD)

    assert not ana.signed_in


def test_following_a_link_of_ones_own_while_somebody_else_is_signed_in_signs_them_out(bo, link):
    bo.open(link)
    bo.open(bo.went[1])
    change(bo, OTHER_PASSWORD)

    assert bo.went == (303, "/password/new/done/")
    assert not bo.signed_in
    assert sign_in("bo@home.example", PASSWORD).went == (303, "/today/")


def test_a_link_begins_again_with_the_tries_that_failed(ana, link):
    for _ in range(10):
        sign_in("ana@home.example", "wrong " * 3)
    change(follow(link), OTHER_PASSWORD)

    assert sign_in("ana@home.example", OTHER_PASSWORD).went == (303, "/today/")


def test_asking_tells_nothing_of_whether_an_address_has_an_account(ana):
    known, unknown = everything("ana@home.example"), everything("bob@home.example")

    assert known == unknown
    assert len(known[4]) == 1
    assert len(mail.outbox) == 1


def test_an_account_that_is_closed_is_asked_for_like_any_other(ana):
    before = everything("ana@home.example")
    Person.objects.update(is_active=False)

    assert everything("ana@home.example") == before
    assert len(mail.outbox) == 1


def test_the_letter_is_written_for_nobody_too_so_that_time_does_not_tell(ana, monkeypatch):
    written = []
    write = recovery._letter
    monkeypatch.setattr(
        recovery, "_letter", lambda person, now: written.append(person) or write(person, now)
    )
    everything("ana@home.example")
    everything("bob@home.example")

    assert len(written) == 2


def test_an_address_that_is_none_is_told_so(ana):
    browser = Browser().send(FORGOTTEN, email="ana home")

    assert browser.beside == {
        "email": "That doesn’t look like an e-mail address. It has an @ and a dot."
    }
    assert browser.kept["email"] == "ana home"


def test_three_letters_an_hour_are_enough_for_one_address_and_nobody_is_told(ana):
    for address in ("ana@home.example", "bob@home.example"):
        answers = [Browser().send(FORGOTTEN, email=address) for _ in range(5)]
        answers.append(Browser().send(FORGOTTEN, email=address.upper()))
        assert {answer.went for answer in answers} == {(303, FORGOTTEN + "sent/")}

    assert len(mail.outbox) == 3


def test_a_copy_that_cannot_send_says_whom_to_ask(ana, settings):
    settings.CAN_MAIL, settings.KEEPER, settings.KEEPER_NAME = False, "other", "Cem"
    browser = Browser().open(FORGOTTEN)

    assert "This copy cannot send letters" in browser.page
    assert "Ask whoever keeps this copy" in browser.page
    assert "<strong>Cem</strong> keeps this copy." in browser.page
    assert "<form" not in browser.page.split("<main")[1]


def test_a_copy_that_cannot_send_sends_nothing_to_a_form_left_open(ana, settings):
    browser = Browser().open(FORGOTTEN)
    settings.CAN_MAIL = False

    assert browser.resend(FORGOTTEN, email="ana@home.example").went == (303, FORGOTTEN)
    assert mail.outbox == []


def test_whoever_keeps_the_copy_can_have_a_new_password_typed_there(ana, monkeypatch):
    monkeypatch.setattr("getpass.getpass", lambda prompt: OTHER_PASSWORD)

    call_command("changepassword", "ana@home.example", stdout=StringIO())

    assert not ana.signed_in
    assert sign_in("ana@home.example", OTHER_PASSWORD).went == (303, "/today/")
