"""What one person does in two windows in the same moment, and what two strangers do."""

from __future__ import annotations

from collections import Counter
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.test import Client

from interwoven.apps.accounts.models import Consent, Person, PrivateLock, Profile
from interwoven.apps.couples.models import Couple, Membership, Parting
from interwoven.apps.guarding.queries import secret_on_trial
from interwoven.infra.crypto.keys import KeyClass, Subject, fetched
from interwoven.infra.keyring.models import DataKey
from interwoven.infra.models import FormDraft, Submission
from tests.apps.checkins.two import WEDNESDAY
from tests.apps.couples.people import PASSWORD
from tests.apps.guarding.device import code_of
from tests.apps.races import at_once, elsewhere
from tests.faults.holding import together
from tests.faults.windows import (
    client_elsewhere,
    count,
    ends,
    races,
    sent,
    shown,
    twice,
)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keyring"])


@races("accounts.Person.email", "account.EmailAddress.unique_verified_email",
       "account.EmailAddress.unique_primary_email", "account.EmailAddress.user+email",
       "accounts.Profile.person")  # fmt: skip
def test_of_two_who_sign_up_with_one_address_one_is_told_that_it_is_taken(two, shared):
    form = {"name": "Cleo", "email": "cleo@example.org", "password1": "kettle orbit mossy lane"}
    form |= {"adult": "on", "consent": "on"}
    shared()

    came = at_once(*[sent(Client(), "/sign-up/", **form)] * 3)

    assert Counter(one.status_code for one in came) == {303: 1, 200: 2}
    told = [one.content.decode() for one in came if one.status_code == 200]
    assert all("There is an account with this address already." in page for page in told)
    assert count(Person, email="cleo@example.org") == count(EmailAddress) == 1
    assert count(Profile) == 3


@races("accounts.Person.email")
def test_of_two_who_take_one_other_address_one_is_told_that_it_is_taken(two, shared):
    form = {"email": "new@example.org", "password": PASSWORD}
    shared()

    came = ends(*(sent(browser, "/me/address/", **form) for browser in (two.ana, two.bo)))

    assert sorted(came) == [(303, "/me/"), (303, "/me/address/")]
    assert count(Person, email="new@example.org") == 1
    taken, refused = came.index((303, "/me/")), came.index((303, "/me/address/"))
    browsers = (two.ana, two.bo)
    assert "new@example.org" in shown(browsers[taken], "/me/")
    assert "There is an account with this address already" in shown(
        browsers[refused], "/me/address/"
    )


@races("accounts.PrivateLock.person")
def test_a_first_lock_set_in_two_windows_is_set(two, shared, monkeypatch):
    PrivateLock.objects.all().delete()  # somebody whose account is older than locks
    together(monkeypatch, "interwoven.apps.accounts.actions.make_password")
    shared()

    came = ends(
        sent(two.ana, "/me/lock/", lock="first one", password=PASSWORD),
        sent(two.ana, "/me/lock/", lock="other one", password=PASSWORD),
    )

    assert came[0] in came[1:] or (303, "/me/unlock/") in came  # the later one is asked for it
    assert {status for status, _ in came} == {303}
    assert count(PrivateLock) == 1
    assert "This is behind your lock" in shown(client_elsewhere(two.people["Ana"]), "/weeks/now/")


@races("accounts.Consent.one_standing_consent_per_kind")
def test_a_yes_said_in_two_windows_is_said_once(two, shared):
    shared()

    assert twice(two.ana, "/me/beliefs/", do="give") == [(303, "/me/")] * 2
    assert count(Consent, kind="beliefs", withdrawn_on=None) == 1


@races("infra.Submission.one_use_per_submission")
def test_a_form_sent_twice_at_once_is_taken_once(two, shared):
    form = {"day": "4", "time": "20:00", "zone": "UTC", "strand": "all"}
    submission = str(uuid4())
    before = Couple.objects.get().revision
    shared()

    came = twice(two.ana, "/settle/", submission_id=submission, **form)

    assert came == [(303, "/settle/")] * 2
    assert count(Submission, token=submission) == 1
    assert count(Couple, revision=before + 1) == 1


@races("infra.FormDraft.one_draft_per_author_form")
def test_a_form_to_be_mended_that_is_sent_twice_waits_once(two, shared):
    shared()

    assert twice(two.ana, "/me/", name="", pronouns="half of them") == [(303, "/me/")] * 2
    assert count(FormDraft) == 1
    assert "half of them" in shown(two.ana, "/me/")


@races("infra.FormDraft.one_draft_per_author_form")
def test_mended_in_one_window_and_sent_wrong_in_another_it_waits_or_not(two, shared):
    two.ana.post("/me/", {"name": "", "pronouns": "half"})
    shared()

    came = ends(
        sent(two.ana, "/me/", name="Ana Two", pronouns=""),
        sent(two.ana, "/me/", name="", pronouns="half"),
    )

    assert came == [(303, "/me/")] * 2
    assert count(FormDraft) <= 1


@races("keyring.DataKey.one_key_per_subject_class_epoch")
def test_a_key_that_many_need_first_at_once_is_one_key(two, shared):
    needed = Subject(uuid4(), KeyClass.OPENED)
    shared()

    came = at_once(*[lambda: fetched(needed)[0].kid] * 4)

    assert len(set(came)) == 1
    assert elsewhere(DataKey.objects.filter(subject=needed.id).count) == 1


@races("mfa.Authenticator.unique_authenticator_type")
def test_codes_turned_on_in_two_windows_are_on_once(two, shared):
    two.ana.post("/me/sign-in/codes/", {"do": "begin", "password": PASSWORD})
    secret = secret_on_trial(seat=two.seat("Ana"), now=WEDNESDAY)
    shared()

    came = twice(two.ana, "/me/sign-in/codes/", do="confirm", code=code_of(secret))

    assert {status for status, _ in came} == {303}
    kinds = elsewhere(lambda: sorted(Authenticator.objects.values_list("type", flat=True)))
    assert kinds == ["recovery_codes", "totp"]


@races("mfa.Authenticator.unique_authenticator_type")
def test_recovery_codes_made_anew_in_two_windows_are_there_once(two, shared):
    two.ana.post("/me/sign-in/codes/", {"do": "begin", "password": PASSWORD})
    code = code_of(secret_on_trial(seat=two.seat("Ana"), now=WEDNESDAY))
    two.ana.post("/me/sign-in/codes/", {"do": "confirm", "code": code})
    shared()

    came = twice(two.ana, "/me/sign-in/recovery/", do="anew", password=PASSWORD)

    assert came == [(303, "/me/sign-in/recovery/")] * 2
    assert count(Authenticator, type="recovery_codes") == 1


def test_left_in_two_windows_it_is_left_once_and_both_are_told_so(two, shared):
    shared()

    came = twice(two.ana, "/me/leave/")

    assert came == [(303, "/me/left/")] * 2
    assert count(Parting) == 1
    assert count(Membership, ended_on=None) == 1


def test_left_by_both_at_once_both_have_left(two, shared):
    shared()

    came = ends(sent(two.ana, "/me/leave/"), sent(two.bo, "/me/leave/"))

    assert came == [(303, "/me/left/")] * 2
    assert count(Parting) == 2
    assert count(Couple, ended_on=None) == 0
    assert count(Membership, ended_on=None) == 0


@pytest.mark.parametrize("other", ["/me/erase/", "/me/leave/"])
def test_erased_in_one_window_and_gone_by_another_nothing_is_left(two, shared, other):
    shared()

    came = ends(
        sent(two.ana, "/me/erase/", password=PASSWORD), sent(two.ana, other, password=PASSWORD)
    )

    assert {status for status, _ in came} <= {302, 303, 404}
    assert came[0][1] in ("/", "/me/erase/")
    assert count(Membership, ended_on=None) == 1
    assert count(Person, is_active=False) == 1
    assert count(Parting) == count(PrivateLock, person=two.people["Ana"]) == 0
