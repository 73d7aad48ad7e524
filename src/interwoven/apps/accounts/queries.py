"""Reading a person's own particulars."""

from __future__ import annotations

from collections.abc import Sequence

from interwoven.apps.accounts.models import Consent, Person, PrivateLock, Profile
from interwoven.apps.accounts.pages import Called, Yes
from interwoven.core.consent import ConsentKind
from interwoven.core.locking import Lock
from interwoven.core.people import Seat
from interwoven.infra.crypto.rows import read


def called(*, seat: Seat) -> Called:
    """What this person is called."""
    return read(Profile.objects.get(person_id=seat.person), Called, seat=seat)


def private_lock(*, seat: Seat) -> Lock:
    """This person's lock, whether or not it is set. One statement."""
    row = PrivateLock.objects.filter(person_id=seat.person).first()
    return read(row, Lock, seat=seat) if row else Lock()


def address(*, seat: Seat) -> str:
    """The address this person signs in with."""
    return str(Person.objects.values_list("email", flat=True).get(pk=seat.person))


def consents(*, seat: Seat) -> frozenset[ConsentKind]:
    """What this person has said yes to and not taken back."""
    return consents_of(seats=(seat,))[0]


def every_yes(*, seat: Seat) -> tuple[Yes, ...]:
    """Every yes this person ever said, with its days, those taken back among them."""
    said = Consent.objects.filter(person_id=seat.person).order_by(
        "given_on", "kind", "withdrawn_on"
    )
    return tuple(Yes(ConsentKind(row.kind), row.given_on, row.withdrawn_on) for row in said)


def consents_of(*, seats: Sequence[Seat]) -> tuple[frozenset[ConsentKind], ...]:
    """The same of several people, in their order. One statement."""
    standing = Consent.objects.standing(*seats).values_list("person_id", "kind")
    given = list(standing)
    return tuple(
        frozenset(ConsentKind(kind) for person, kind in given if person == seat.person)
        for seat in seats
    )
