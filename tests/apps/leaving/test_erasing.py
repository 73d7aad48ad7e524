"""Erasing oneself: rows, keys, and a ledger that no backup gets around."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import OperationalError
from django.test import Client

from interwoven.apps.accounts.models import Person
from interwoven.apps.checkins.models import CheckIn, Opening
from interwoven.apps.leaving import lasting, traces
from interwoven.apps.leaving.jobs import go_on
from interwoven.infra import ledger
from interwoven.infra.crypto import keys
from interwoven.infra.keyring.models import DataKey
from interwoven.infra.models import AuditEntry
from tests.apps.checkins.two import OUR_EVENING, answer, text
from tests.apps.couples.people import PASSWORD, client_of, invited, make_person

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
OTHERS = {  # tables that name a person, and in which rows stay
    "checkins.Response": "said to the other: theirs as well",
    "infra.AuditEntry": "names nobody any more",
    "couples.Membership": "the name they had for the other",
}


def erase(browser: Client, password: str = PASSWORD):
    return browser.post("/me/erase/", {"password": password})


@pytest.fixture
def opened(two):
    answer(two.ana)
    answer(two.bo, emotional_felt="8")
    two.our_evening_comes()
    two.opening = Opening.objects.get()
    return two


def test_a_wrong_password_erases_nobody(two, ledger_file):
    assert erase(two.ana, "not her password").headers["Location"] == "/me/erase/"

    assert "Nothing was erased." in text(two.ana, "/me/erase/")
    assert not ledger_file.exists()


def test_whoever_is_erased_is_signed_out_and_can_never_sign_in_again(two):
    answered = erase(two.ana)

    assert answered.headers["Location"] == "/"
    assert '"cookies"' in answered.headers["Clear-Site-Data"]
    assert two.ana.get("/today/").status_code == 302
    sent = {"login": two.people["Ana"].email, "password": PASSWORD}
    assert Client().post("/sign-in/", sent).status_code == 200


def test_the_address_is_free_again(two):
    address = two.people["Ana"].email
    erase(two.ana)

    assert not Person.objects.filter(email=address).exists()
    assert Person.objects.get(pk=two.people["Ana"].pk).email.endswith("@erased.invalid")


def test_nothing_that_is_hers_alone_is_left_and_no_key_to_it(opened):
    ana = opened.people["Ana"].pk
    invited(make_person("Cem"), OUR_EVENING)
    erase(opened.ana)

    for model, column in traces.THEIRS:
        assert not model._default_manager.filter(**{column: ana}).exists(), model
    assert not DataKey.objects.filter(subject=ana).exists()
    assert not AuditEntry.objects.filter(person=ana).exists()


def test_every_table_that_names_a_person_is_emptied_or_excused():
    emptied = {model._meta.label for model, _ in traces.THEIRS}
    naming = {
        model._meta.label
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.name in {"person", "author", "inviter", "user"} and field.concrete
    }

    assert naming - emptied == OTHERS.keys()


def test_what_opened_stays_with_him_and_what_is_his_own_too(opened):
    before = text(opened.bo, "/map/"), text(opened.bo, "/weeks/")
    erase(opened.ana)

    assert "Ana: felt 6, hoped for 8" in text(opened.bo, "/map/")
    assert strip(text(opened.bo, "/map/")) == strip(before[0])
    assert strip(text(opened.bo, "/weeks/")) == strip(before[1])
    assert CheckIn.objects.filter(author=opened.people["Bo"]).count() == 1


def strip(page: str) -> str:
    import re

    return re.sub(r'value="[^"]{36,}"', "", page)


def test_an_invitation_she_had_answered_makes_no_couple(two):
    from interwoven.apps.couples import actions as couples
    from interwoven.apps.couples.seats import seat_of
    from interwoven.infra.errors import NotNow

    cem, dee = make_person("Cem"), make_person("Dee")
    token, code = invited(cem, OUR_EVENING)
    couples.answer(by=seat_of(dee), token=token, code=code, now=OUR_EVENING)
    erase(client_of(dee))

    with pytest.raises(NotNow):
        couples.confirm(by=seat_of(cem), now=OUR_EVENING)


def test_the_ledger_names_nobody(two, ledger_file):
    ana = two.people["Ana"]
    erase(two.ana)

    written = ledger_file.read_text()
    assert ledger.mark_of(ana.pk) in written
    assert ana.pk.hex not in written
    assert str(ana.pk) not in written
    assert ana.email not in written
    assert ledger_file.stat().st_mode & 0o777 == 0o600


def halt(*args, **kwargs):
    raise KeyboardInterrupt


def fail(*args, **kwargs):
    raise OperationalError("away")


def test_an_erasure_that_was_halted_before_the_keys_goes_on_at_the_next_start(two, monkeypatch):
    answer(two.ana)
    with monkeypatch.context() as patched:
        patched.setattr("interwoven.apps.leaving.erasing.keys.destroy", halt)
        with pytest.raises(KeyboardInterrupt):
            erase(two.ana)

    assert lasting.go_on(OUR_EVENING) == 0
    assert not CheckIn.objects.exists()
    assert not keys.exist(two.people["Ana"].pk)
    assert two.bo.get("/today/").status_code == 200


def test_where_the_keys_are_away_it_is_done_and_they_go_within_the_hour(two, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("interwoven.apps.leaving.erasing.keys.destroy", fail)
        assert erase(two.ana).headers["Location"] == "/"
    assert keys.exist(two.people["Ana"].pk)

    go_on(OUR_EVENING)

    assert not keys.exist(two.people["Ana"].pk)


def test_one_that_was_told_to_have_failed_does_not_come_about_later(two, monkeypatch):
    note = ledger.note

    def note_and_fail(mark):  # as where the disk is full at the very last
        note(mark)
        fail()

    with monkeypatch.context() as patched:
        patched.setattr(ledger, "note", note_and_fail)
        assert erase(two.ana).status_code == 503

    assert lasting.go_on(OUR_EVENING) == 0
    assert two.ana.get("/today/").status_code == 200
    assert erase(two.ana).headers["Location"] == "/"
    assert ledger.mark_of(two.people["Ana"].pk) in ledger.noted()


def test_without_a_ledger_nobody_is_erased(two):
    assert lasting.go_on(OUR_EVENING) == 0
    assert Person.objects.filter(is_active=True).count() == 2


def test_a_line_that_was_cut_short_is_nobodys(two, ledger_file):
    ledger_file.write_text(ledger.mark_of(two.people["Ana"].pk)[:-1])

    assert lasting.go_on(OUR_EVENING) == 0
