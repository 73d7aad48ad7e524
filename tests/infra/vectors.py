"""A second implementation of the field format, written apart from the first, for its vectors.

python tests/infra/vectors.py > tests/infra/vectors.json
"""

import hashlib
import hmac
import json
import struct
import sys

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

PLACE = ["rounds.Answer", "6f1c0f3e-0000-4000-8000-000000000001", "private", "1"]
TEXTS = {  # name: what is said, how often
    "empty": ["", 1],
    "one letter": ["a", 1],
    "59 bytes": ["a", 59],
    "60 bytes, the last that fit in 64": ["a", 60],
    "61 bytes, the first that do not": ["a", 61],
    "an emoji of four bytes": ["\U0001f9f6", 1],
    "emoji up to the edge": ["\U0001f9f6", 15],
    "a zero byte at the end": ["a\0", 1],
    "64 kB": ["x", 65536],
}


def hkdf(secret, salt, info, length):
    prk = hmac.new(salt, secret, hashlib.sha256).digest()
    block, out = b"", b""
    for count in range(1, length // 32 + 1):
        block = hmac.new(prk, block + info + bytes([count]), hashlib.sha256).digest()
        out += block
    return out


def sealed(key, kid, salt, text, place):
    both = hkdf(key, salt, b"field/v1", 64)
    room = next(64 << n for n in range(32) if 64 << n >= 4 + len(text))
    padded = (struct.pack(">I", len(text)) + text).ljust(room, b"\0")
    parts = [b"field/v1", kid, *[part.encode() for part in place]]
    bound = b"".join(struct.pack(">I", len(part)) + part for part in parts)
    return b"\1" + kid + salt + both[32:] + AESGCM(both[:32]).encrypt(bytes(12), padded, bound)


def vector(number, name, said):
    key, kid, salt = (
        hashlib.sha256(f"{part} {number}".encode()).digest()[:size]
        for part, size in (("key", 32), ("kid", 16), ("salt", 24))
    )
    found = sealed(key, kid, salt, (said[0] * said[1]).encode(), PLACE)
    short = {"sealed": found.hex()} if len(found) < 512 else {}
    digest = hashlib.sha256(found).hexdigest()
    head = {"name": name, "key": key.hex(), "kid": kid.hex(), "salt": salt.hex(), "place": PLACE}
    return {**head, "text": said, "digest": digest, **short}


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps([vector(n, *pair) for n, pair in enumerate(TEXTS.items())], indent=1) + "\n"
    )
