"""The field format, against vectors from a second implementation, and against every tampering."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from interwoven.infra.crypto import envelope
from interwoven.infra.errors import Unreadable

HERE = Path(__file__).parent
VECTORS = json.loads((HERE / "vectors.json").read_text(encoding="ascii"))
KEY, KID = bytes(range(32)), UUID("11111111-1111-4111-8111-111111111111")
PLACE = ("rounds.Answer", "row", "owner", "private", "1")
SAID = "Ana was here"
SEALED = envelope.seal(KEY, KID, SAID.encode(), PLACE)

every_vector = pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector["name"])


def text_of(vector) -> bytes:
    said, times = vector["text"]
    return (said * times).encode()


def sealed_as_in(vector, monkeypatch) -> bytes:
    monkeypatch.setattr(envelope.os, "urandom", lambda size: bytes.fromhex(vector["salt"]))
    key, kid = bytes.fromhex(vector["key"]), UUID(vector["kid"])
    return envelope.seal(key, kid, text_of(vector), tuple(vector["place"]))


@every_vector
def test_sealing_gives_the_bytes_the_other_implementation_gives(vector, monkeypatch):
    found = sealed_as_in(vector, monkeypatch)

    assert hashlib.sha256(found).hexdigest() == vector["digest"]
    assert "sealed" not in vector or found.hex() == vector["sealed"]


@every_vector
def test_what_the_other_implementation_sealed_opens(vector, monkeypatch):
    sealed = bytes.fromhex(vector.get("sealed", "")) or sealed_as_in(vector, monkeypatch)
    key, kid = bytes.fromhex(vector["key"]), UUID(vector["kid"])

    assert hashlib.sha256(sealed).hexdigest() == vector["digest"]
    assert envelope.unseal(key, kid, sealed, tuple(vector["place"])) == text_of(vector)
    assert envelope.kid_of(sealed) == kid


def test_the_vectors_are_those_the_other_implementation_writes():
    written = subprocess.run(
        [sys.executable, str(HERE / "vectors.py")], capture_output=True, check=True
    )

    assert json.loads(written.stdout) == VECTORS


def refused(sealed=SEALED, *, key=KEY, kid=KID, place=PLACE) -> None:
    with pytest.raises(Unreadable) as found:
        envelope.unseal(key, kid, sealed, place)
    assert str(found.value) == ""


def test_untouched_it_opens():
    assert envelope.unseal(KEY, KID, SEALED, PLACE) == SAID.encode()


def test_one_bit_changed_anywhere_is_refused():
    for bit in range(len(SEALED) * 8):
        flipped = bytearray(SEALED)
        flipped[bit // 8] ^= 1 << bit % 8
        refused(bytes(flipped))


def test_cut_short_anywhere_or_made_longer_is_refused():
    for length in range(len(SEALED)):
        refused(SEALED[:length])
    refused(SEALED + b"\0")


@pytest.mark.parametrize("part", range(len(PLACE)))
def test_every_part_of_the_place_counts(part):
    for other in ("", "other", PLACE[part - 1], PLACE[part] + "\0"):
        refused(place=(*PLACE[:part], other, *PLACE[part + 1 :]))


def test_a_place_cannot_be_spelled_another_way():
    refused(place=PLACE[:-1])
    refused(place=(*PLACE, ""))
    refused(place=("rounds.Answerrow", "", *PLACE[2:]))
    refused(place=("rounds.Answerr", "ow", *PLACE[2:]))
    refused(place=tuple(reversed(PLACE)))


def test_another_key_does_not_open_it():
    refused(key=bytes(32))


def test_under_another_key_id_it_does_not_open_even_with_the_same_key():
    other = uuid4()

    refused(kid=other)
    refused(SEALED[:1] + other.bytes + SEALED[17:], kid=other)


@pytest.mark.parametrize("version", [b"\x00", b"\x02", b"\xff"])
def test_an_unknown_version_is_refused(version):
    refused(version + SEALED[1:])
    with pytest.raises(Unreadable):
        envelope.kid_of(version + SEALED[1:])


@pytest.mark.parametrize(
    "sealed", [b"", b"\x01", SEALED[:88], SAID.encode() * 20], ids=["", "version", "cut", "words"]
)
def test_what_was_never_sealed_asks_for_no_key(sealed):
    with pytest.raises(Unreadable):
        envelope.kid_of(sealed)


@pytest.mark.parametrize(
    ("letters", "room"),
    [(0, 64), (1, 64), (60, 64), (61, 128), (124, 128), (125, 256), (4092, 4096), (4093, 8192)],
)
def test_a_length_shows_only_as_the_next_power_of_two(letters, room):
    sealed = envelope.seal(KEY, KID, b"x" * letters, PLACE)

    assert len(sealed) == envelope.HEADER + room + envelope.TAG
    assert envelope.unseal(KEY, KID, sealed, PLACE) == b"x" * letters


def test_the_same_words_sealed_again_share_no_salt_no_commitment_and_no_ciphertext():
    many = [envelope.seal(KEY, KID, b"yes", PLACE) for _ in range(20_000)]

    assert len({one[17:41] for one in many}) == len(many)
    assert len({one[41:73] for one in many}) == len(many)
    assert len({one[73:] for one in many}) == len(many)
