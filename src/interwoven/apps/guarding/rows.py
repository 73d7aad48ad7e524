"""The rows that guard one person's signing in. They are the library's; nobody else sees any."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import decrypt
from django.db.models import QuerySet

from interwoven.apps.guarding.adapter import secrets_of
from interwoven.core.people import Seat
from interwoven.infra.crypto import tokens
from interwoven.infra.errors import KeysAway, Unreadable

SEALED = ("secret", "seed")  # what of a row's data is
NEW = timedelta(days=14)  # for as long a new password by mail takes it away again
SHORT = 16  # letters, plenty to tell ten passkeys apart


def rows_of(seat: Seat) -> QuerySet[Authenticator]:
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user_id=seat.person)
    return found


def passkeys_of(seat: Seat) -> list[Authenticator]:
    return list(rows_of(seat).filter(type=Authenticator.Type.WEBAUTHN).order_by("pk"))


def new_ones(seat: Seat, now: datetime) -> QuerySet[Authenticator]:
    """What was turned on today or on one of the fourteen days before. Kept is the day alone."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return rows_of(seat).filter(created_at__gte=today - NEW)


def named(passkey: Authenticator) -> str:
    """What a page calls it. The number of its row would tell how many others made one since."""
    credential = str(passkey.data["credential"]["id"])
    return tokens.fingerprint("passkey", credential).hex()[:SHORT]


def secrets_that_open() -> Iterator[bool]:
    """For every secret that is kept, whoever it belongs to, whether it opens. For a trial."""
    for row in Authenticator.objects.order_by("pk").iterator():
        for name in SEALED:
            if name in row.data:
                yield _opens(row, str(row.data[name]))


def _opens(row: Authenticator, sealed: str) -> bool:
    with secrets_of(row.user_id):
        try:
            decrypt(sealed)
        except (Unreadable, KeysAway):
            return False
    return True
