"""How one value is sealed: the field format, version 1.

    0x01 | kid 16 | salt 24 | commitment 32 | AES-256-GCM(ciphertext and tag)

A fresh salt gives every value its own key, so the nonce may be zero. AES-GCM alone does not
commit to a key; the 32 bytes of commitment do. The value is padded to 64, 128, 256 … bytes, so
that its length says little. Its place (model, row, owner, class, revision) is authenticated:
a value moved to another place does not open.
"""

from __future__ import annotations

import hmac
import os
import struct
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interwoven.infra.errors import Unreadable

VERSION = b"\x01"
INFO = b"field/v1"
SALT, COMMITMENT, TAG = 24, 32, 16
HEADER = 1 + 16 + SALT + COMMITMENT
NONCE = bytes(12)


def seal(key: bytes, kid: UUID, text: bytes, place: tuple[str, ...]) -> bytes:
    """Seal `text` under `key` for this place alone."""
    salt = os.urandom(SALT)
    once, commitment = _derive(key, salt)
    bound = _bound(kid, place)
    return VERSION + kid.bytes + salt + commitment + AESGCM(once).encrypt(NONCE, _pad(text), bound)


def unseal(key: bytes, kid: UUID, sealed: bytes, place: tuple[str, ...]) -> bytes:
    """Open a sealed value in its place. Raises `Unreadable` for every kind of wrong."""
    if len(sealed) < HEADER + TAG or sealed[:1] != VERSION or sealed[1:17] != kid.bytes:
        raise Unreadable
    once, expected = _derive(key, sealed[17 : 17 + SALT])
    if not hmac.compare_digest(expected, sealed[17 + SALT : HEADER]):
        raise Unreadable
    try:
        return _unpad(AESGCM(once).decrypt(NONCE, sealed[HEADER:], _bound(kid, place)))
    except InvalidTag:
        raise Unreadable from None


def kid_of(sealed: bytes) -> UUID:
    """Which key a sealed value asks for. Raises `Unreadable`."""
    if len(sealed) < HEADER + TAG or sealed[:1] != VERSION:
        raise Unreadable
    return UUID(bytes=sealed[1:17])


def _derive(key: bytes, salt: bytes) -> tuple[bytes, bytes]:
    both = HKDF(hashes.SHA256(), 64, salt, INFO).derive(key)
    return both[:32], both[32:]


def _bound(kid: UUID, place: tuple[str, ...]) -> bytes:
    """Every part with its length before it, so that no two places read the same."""
    parts = [INFO, kid.bytes, *(part.encode() for part in place)]
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def _pad(text: bytes) -> bytes:
    size = 64
    while size < len(text) + 4:
        size *= 2
    return struct.pack(">I", len(text)) + text + bytes(size - len(text) - 4)


def _unpad(padded: bytes) -> bytes:
    length = int(struct.unpack(">I", padded[:4])[0])
    return padded[4 : 4 + length]
