"""Reading a person's own particulars."""

from __future__ import annotations

from collections.abc import Sequence

from interwoven.apps.accounts.models import Consent, Profile
from interwoven.apps.accounts.pages import Called
from interwoven.core.consent import ConsentKind
from interwoven.core.people import Seat
from interwoven.infra.crypto.rows import read


def called(*, seat: Seat) -> Called:
    """What this person is called."""
    return read(Profile.objects.get(person_id=seat.person), Called, seat=seat)


def consents(*, seat: Seat) -> frozenset[ConsentKind]:
    """What this person has said yes to and not taken back."""
    return consents_of(seats=(seat,))[0]


def consents_of(*, seats: Sequence[Seat]) -> tuple[frozenset[ConsentKind], ...]:
    """The same of several people, in their order. One statement."""
    standing = Consent.objects.standing(*seats).values_list("person_id", "kind")
    given = list(standing)
    return tuple(
        frozenset(ConsentKind(kind) for person, kind in given if person == seat.person)
        for seat in seats
    )
