"""Reading a person's own particulars."""

from __future__ import annotations

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
    kinds = Consent.objects.standing(seat).values_list("kind", flat=True)
    return frozenset(ConsentKind(kind) for kind in kinds)
