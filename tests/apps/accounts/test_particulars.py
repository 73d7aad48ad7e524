"""What a person says about themselves, and what they say yes to and take back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from interwoven.apps.accounts import actions, queries
from interwoven.apps.accounts.models import Consent, Person, Profile
from interwoven.apps.accounts.pages import Called
from interwoven.core.consent import ConsentKind
from interwoven.core.people import Seat
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotThere, Unreadable
from interwoven.infra.models import AuditEntry

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

NOW = datetime(2026, 3, 1, 19, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=3)


def someone(name: str = "Ana", pronouns: str = "") -> Seat:
    person = Person.objects.create_user(f"{name}@Home.example".replace(" ", ""))
    seat = Seat(person.pk)
    actions.introduce(by=seat, name=name, pronouns=pronouns, now=NOW)
    return seat


def events() -> list[str]:
    return list(AuditEntry.objects.order_by("day", "event").values_list("event", flat=True))


def test_whoever_is_introduced_is_called_that():
    seat = someone("Ana", "she/her")

    assert queries.called(seat=seat) == Called("Ana", "she/her")
    assert queries.consents(seat=seat) == {ConsentKind.ADULT}
    assert Consent.objects.get().given_on == NOW.date()


def test_nobody_is_introduced_twice():
    seat = someone()

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.introduce(by=seat, name="Anna", pronouns="", now=LATER)

    assert queries.called(seat=seat) == Called("Ana")
    assert Consent.objects.count() == 1


def test_a_new_name_takes_the_place_of_the_old():
    seat = someone("Ana", "she/her")
    before = bytes(Profile.objects.get().sealed)

    actions.rename(by=seat, name="Robin", pronouns="", now=LATER)

    assert queries.called(seat=seat) == Called("Robin")
    assert bytes(Profile.objects.get().sealed) != before
    assert events() == ["person.introduced", "person.renamed"]


def test_nobody_but_oneself_reads_a_profile():
    seat, other = someone("Ana"), someone("Bo")

    with pytest.raises(NotThere):
        read(Profile.objects.get(person_id=seat.person), Called, seat=other)


def test_an_earlier_name_cannot_be_put_back_from_outside():
    seat = someone("Ana")
    row = Profile.objects.get()
    actions.rename(by=seat, name="Robin", pronouns="", now=LATER)

    Profile.objects.update(sealed=row.sealed)

    with pytest.raises(Unreadable):
        queries.called(seat=seat)


def test_a_yes_is_taken_back_and_given_again():
    seat = someone()
    actions.consent(by=seat, kind=ConsentKind.BELIEFS, now=NOW)
    actions.withdraw(by=seat, kind=ConsentKind.BELIEFS, now=LATER)
    assert queries.consents(seat=seat) == {ConsentKind.ADULT}

    actions.consent(by=seat, kind=ConsentKind.BELIEFS, now=LATER)

    assert queries.consents(seat=seat) == {ConsentKind.ADULT, ConsentKind.BELIEFS}
    days = Consent.objects.filter(kind=ConsentKind.BELIEFS).order_by("given_on")
    assert list(days.values_list("given_on", "withdrawn_on")) == [
        (NOW.date(), LATER.date()),
        (LATER.date(), None),
    ]


def test_a_yes_said_twice_is_one_yes():
    seat = someone()

    for now in (NOW, LATER):
        actions.consent(by=seat, kind=ConsentKind.BELIEFS, now=now)

    assert Consent.objects.get(kind=ConsentKind.BELIEFS).given_on == NOW.date()


def test_the_database_itself_refuses_a_second_standing_yes():
    seat = someone()
    twice = {"person_id": seat.person, "kind": ConsentKind.ADULT, "given_on": NOW.date()}

    with pytest.raises(IntegrityError), transaction.atomic():
        Consent.objects.create(**twice)


def test_taking_back_what_was_never_given_changes_nothing():
    seat = someone()

    actions.withdraw(by=seat, kind=ConsentKind.BELIEFS, now=LATER)

    assert Consent.objects.count() == 1
    assert queries.consents(seat=seat) == {ConsentKind.ADULT}


def test_what_one_says_yes_to_says_nothing_for_the_other():
    ana, bo = someone("Ana"), someone("Bo")
    actions.consent(by=ana, kind=ConsentKind.BELIEFS, now=NOW)
    actions.withdraw(by=bo, kind=ConsentKind.ADULT, now=NOW)

    assert queries.consents(seat=ana) == {ConsentKind.ADULT, ConsentKind.BELIEFS}
    assert queries.consents(seat=bo) == frozenset()


def test_an_account_made_by_hand_signs_in_with_its_address_in_small_letters():
    someone("Ana")

    assert Person.objects.get().email == "ana@home.example"
