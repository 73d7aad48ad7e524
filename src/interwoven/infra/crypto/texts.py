"""A short text of one person's that lies in a row of a library's, sealed as our own rows are.

It is bound to its person: put in another person's row it does not open there.
"""

from __future__ import annotations

import base64
import binascii
from uuid import UUID

from interwoven.infra.crypto import envelope, keys
from interwoven.infra.crypto.keys import KeyClass, Subject
from interwoven.infra.errors import Unreadable


def seal_text(person: UUID, purpose: str, text: str) -> str:
    """Seal a text under this person's private key. Raises `KeysAway`."""
    key = keys.for_sealing(Subject(person, KeyClass.PRIVATE))
    sealed = envelope.seal(key.secret, key.kid, text.encode(), _place(person, purpose))
    return base64.b64encode(sealed).decode()


def open_text(person: UUID, purpose: str, sealed: str) -> str:
    """What was sealed for this person and purpose. Raises `Unreadable` or `KeysAway`."""
    try:
        body = base64.b64decode(sealed, validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable from None
    key = keys.for_opening(envelope.kid_of(body), person)
    if key.subject != Subject(person, KeyClass.PRIVATE):
        raise Unreadable
    return envelope.unseal(key.secret, key.kid, body, _place(person, purpose)).decode()


def _place(person: UUID, purpose: str) -> tuple[str, ...]:
    return ("text", purpose, str(person), KeyClass.PRIVATE)
