"""Every way a person's own particulars change."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from interwoven.apps.accounts.locks import lock_people
from interwoven.apps.accounts.models import Consent, Person, PrivateLock, Profile
from interwoven.apps.accounts.pages import Called
from interwoven.core.consent import ConsentKind
from interwoven.core.locking import Lock
from interwoven.core.people import Seat
from interwoven.infra import drafts
from interwoven.infra.actions import action
from interwoven.infra.crypto.rows import read


class AddressTaken(Exception):
    """Somebody has this address already."""


@action("person.introduced")
def introduce(*, by: Seat, name: str, pronouns: str, now: datetime) -> None:
    """Keep what a new person is called, and that they said yes to keeping answers, as an adult."""
    profile = Profile(person_id=by.person)
    profile.put(Called(name, pronouns))
    profile.save(force_insert=True)
    Consent.objects.create(person_id=by.person, kind=ConsentKind.ADULT, given_on=now.date())
    lock = PrivateLock(person_id=by.person)
    lock.put(Lock())  # now, and with it the key: the age of neither tells anything later
    lock.save(force_insert=True)


@action("person.renamed")
def rename(*, by: Seat, name: str, pronouns: str, now: datetime) -> bool:
    """Change what this person is called. Says whether it was anything else before."""
    profile = Profile.objects.get(person_id=by.person)
    if read(profile, Called, seat=by) == Called(name, pronouns):
        return False
    profile.revision += 1
    profile.put(Called(name, pronouns))
    profile.save()
    return True


@action("address.changed")
def change_address(*, by: Seat, address: str, now: datetime) -> None:
    """Sign in with another address from now on. Raises `AddressTaken`, and then nothing changed."""
    try:
        with transaction.atomic():
            Person.objects.filter(pk=by.person).update(email=address.lower())
            EmailAddress.objects.filter(user_id=by.person).update(email=address.lower())
    except IntegrityError:
        raise AddressTaken from None


@action("consent.given")
def consent(*, by: Seat, kind: ConsentKind, now: datetime) -> None:
    """Record a yes. Saying it twice is saying it once."""
    said = Consent(person_id=by.person, kind=kind, given_on=now.date())
    Consent.objects.bulk_create([said], ignore_conflicts=True)  # the table allows one that stands


@action("consent.withdrawn")
def withdraw(*, by: Seat, kind: ConsentKind, now: datetime) -> None:
    Consent.objects.standing(by).filter(kind=kind).update(withdrawn_on=now.date())


@action("lock.set")
def set_lock(*, by: Seat, typed: str, now: datetime) -> None:
    """From now on this opens the pages that show again what this person kept."""
    row, lock = _lock_of(by)
    _keep_lock(row, lock.set_to(make_password(typed)))


@action("lock.taken_off")
def take_lock_off(*, by: Seat, now: datetime) -> None:
    row, lock = _lock_of(by)
    _keep_lock(row, lock.set_to(""))


@action("lock.forgotten")
def forget_lock(*, by: Seat, now: datetime) -> None:
    """Have the lock open by itself in three days."""
    row, lock = _lock_of(by)
    _keep_lock(row, lock.forgotten(now))


@action("lock.remembered")
def remember_lock(*, by: Seat, now: datetime) -> None:
    row, lock = _lock_of(by)
    _keep_lock(row, lock.remembered(now))


@action("pages.shut")
def shut_for_three_days(*, by: Seat, now: datetime) -> None:
    """Close what shows again what was kept: a letter is about to be believed.

    What lies half done goes with it, since it shows as well what was typed before.
    """
    row, lock = _lock_of(by)
    _keep_lock(row, lock.after_a_letter(now))
    drafts.drop_all(seat=by)


def _lock_of(by: Seat) -> tuple[PrivateLock, Lock]:
    lock_people(by.person)  # two windows may be setting the first of all
    row = PrivateLock.objects.select_for_update().filter(person_id=by.person).first()
    if row is None:
        return PrivateLock(person_id=by.person, revision=0), Lock()
    return row, read(row, Lock, seat=by)


def _keep_lock(row: PrivateLock, lock: Lock) -> None:
    row.revision += 1
    row.put(lock)
    row.save()
