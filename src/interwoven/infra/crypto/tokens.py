"""Secrets that travel: invitation tokens kept only as HMACs, and small sealed cookies.

Every purpose has its own key, derived from the root secret by name.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import secrets
import struct
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from interwoven.infra.crypto import envelope
from interwoven.infra.errors import Unreadable

NO_KID = UUID(int=0)


def new_token() -> str:
    """256 bits, for a link."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Six digits, to be said aloud."""
    return f"{secrets.randbelow(10**6):06d}"


def fingerprint(purpose: str, token: str) -> bytes:
    """What is kept of a token: enough to know it again, not enough to use it."""
    return hmac.new(_purpose_key(purpose), token.encode(), hashlib.sha256).digest()


def seal_with_token(token: str, text: str) -> bytes:
    """Seal a few words for whoever holds the token, and for nobody else."""
    key = _derived(token.encode(), "token/words/v1")
    return envelope.seal(key, NO_KID, text.encode(), ("token",))


def open_with_token(token: str, sealed: bytes) -> str:
    """The words sealed with this token. Raises `Unreadable`."""
    key = _derived(token.encode(), "token/words/v1")
    return envelope.unseal(key, NO_KID, sealed, ("token",)).decode()


def seal_cookie(purpose: str, value: object, *, until: datetime) -> str:
    """A value a browser may carry for us but not read, until a time."""
    body = struct.pack(">q", int(until.timestamp())) + json.dumps(value).encode()
    sealed = envelope.seal(_purpose_key(purpose), NO_KID, body, ("cookie", purpose))
    return base64.urlsafe_b64encode(sealed).decode().rstrip("=")


def open_cookie(purpose: str, cookie: str, *, now: datetime) -> object:
    """What `seal_cookie` put in, if it is whole and still valid. Raises `Unreadable`."""
    try:
        sealed = base64.urlsafe_b64decode(cookie + "=" * (-len(cookie) % 4))
    except (binascii.Error, ValueError):
        raise Unreadable from None
    body = envelope.unseal(_purpose_key(purpose), NO_KID, sealed, ("cookie", purpose))
    if struct.unpack(">q", body[:8])[0] < now.timestamp():
        raise Unreadable
    value: object = json.loads(body[8:])
    return value


def _purpose_key(purpose: str) -> bytes:
    return _derived(settings.SECRETS.root, f"purpose/{purpose}/v1")


def _derived(secret: bytes, name: str) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, name.encode()).derive(secret)
