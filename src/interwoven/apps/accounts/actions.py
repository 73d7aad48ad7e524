"""Every way a person's own particulars change."""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.accounts.models import Consent, Profile
from interwoven.apps.accounts.pages import Called
from interwoven.core.consent import ConsentKind
from interwoven.core.people import Seat
from interwoven.infra.actions import action
from interwoven.infra.crypto.keys import KeyClass, Subject, for_sealing
from interwoven.infra.crypto.rows import read


@action("person.introduced")
def introduce(*, by: Seat, name: str, pronouns: str, now: datetime) -> None:
    """Keep what a new person is called, and that they said yes to keeping answers, as an adult."""
    profile = Profile(person_id=by.person)
    profile.put(Called(name, pronouns))
    profile.save(force_insert=True)
    Consent.objects.create(person_id=by.person, kind=ConsentKind.ADULT, given_on=now.date())
    for_sealing(Subject(by.person, KeyClass.PRIVATE))  # made now: its age tells nothing later


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


@action("consent.given")
def consent(*, by: Seat, kind: ConsentKind, now: datetime) -> None:
    """Record a yes. Saying it twice is saying it once."""
    said = Consent(person_id=by.person, kind=kind, given_on=now.date())
    Consent.objects.bulk_create([said], ignore_conflicts=True)  # the table allows one that stands


@action("consent.withdrawn")
def withdraw(*, by: Seat, kind: ConsentKind, now: datetime) -> None:
    Consent.objects.standing(by).filter(kind=kind).update(withdrawn_on=now.date())
