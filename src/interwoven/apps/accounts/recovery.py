"""A new password for whoever can read the letters of an address; for nobody, the same work.

Asking tells nothing: whether or not somebody has the address, one statement looks for them and one
letter is written. A letter to nobody is dropped instead of being queued. The link names no one: who
it is for is sealed in it. It is good for an hour, and for one change.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from interwoven.apps.accounts import limits
from interwoven.apps.accounts.models import Person
from interwoven.infra.crypto import tokens
from interwoven.infra.errors import Unreadable

SUBJECT = "The link you asked for"
PURPOSE = "new-password"
LETTERS_AN_HOUR, AN_HOUR = 3, 3600  # to one address; in seconds

generator = default_token_generator


def ask(*, address: str, now: datetime) -> None:
    """Send a link to whoever has this address."""
    person = Person.objects.filter(email=address.lower(), is_active=True).first()
    letter = _letter(person or Person(email=address), now)
    enough = _enough_for_now(address)
    if person is not None and settings.CAN_MAIL and not enough:
        letter.send()


def _enough_for_now(address: str) -> bool:
    """Count the letters asked for at this address.

    Whoever asks for more gets the same answer and no letter: a refusal would tell the one how
    often the other has asked.
    """
    counter = f"letters:{tokens.fingerprint(PURPOSE, address.lower()).hex()}"
    return limits.enough(counter, most=LETTERS_AN_HOUR, seconds=AN_HOUR)


def person_behind(sealed: str, *, now: datetime) -> Person | None:
    """Whom a link is for, if it is whole and young enough."""
    try:
        found = tokens.open_cookie(PURPOSE, sealed, now=now)
    except Unreadable:
        return None
    return Person.objects.filter(pk=UUID(str(found)), is_active=True).first()


def _letter(person: Person, now: datetime) -> EmailMessage:
    return EmailMessage(
        subject=SUBJECT,
        body=render_to_string("account/email/new_password.txt", {"link": _link(person, now)}),
        to=[person.email],
        headers={"Auto-Submitted": "auto-generated"},
    )


def _link(person: Person, now: datetime) -> str:
    until = now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    named = {
        "uidb36": tokens.seal_cookie(PURPOSE, person.pk.hex, until=until),
        "key": generator.make_token(person),
    }
    path: str = reverse("account_reset_password_from_key", kwargs=named)
    return f"{settings.PUBLIC_ADDRESS}{path}"
