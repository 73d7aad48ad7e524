"""Find, make and unwrap data keys. Keys belong to a person and class, or to a couple and epoch.

A key is written to the keyring before anything it seals is written to the data: an orphan key
is harmless, an orphan row would be lost.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import IntegrityError, transaction

from interwoven.infra.errors import KeysAway, Unreadable
from interwoven.infra.keyring.models import DataKey

KEPT = 4096  # unwrapped keys held in memory by one process
_forgotten_too: list[Callable[[], None]] = []


class KeyClass(StrEnum):
    PRIVATE = "private"  # one person's answers, drafts and invitations
    PROFILE = "profile"  # one person's name and pronouns
    OPENED = "opened"  # what a couple opened to each other


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose key: a person's for private and profile, a couple's for what is opened."""

    id: UUID
    key_class: KeyClass
    epoch: int = 1


@dataclass(frozen=True, slots=True)
class Key:
    kid: UUID
    subject: Subject
    secret: bytes

    def __repr__(self) -> str:
        return f"Key({str(self.kid)[:8]})"


def for_sealing(subject: Subject) -> Key:
    """The subject's key, made now if there is none. Raises `KeysAway`."""
    try:
        return _key_of(subject)
    except DatabaseError as error:
        raise KeysAway from error


def for_opening(kid: UUID, reader: UUID | None = None) -> Key:
    """The key with this id, kept in memory for each reader apart.

    Raises `KeysAway`, or `Unreadable` if it was destroyed.
    """
    try:
        return _key_with(kid, reader)
    except DatabaseError as error:
        raise KeysAway from error


def fetched(*subjects: Subject) -> tuple[Key, ...]:
    """The subjects' keys, of one class and epoch, from the keyring and never from memory.

    Where one person's act needs the other's key, it must not show in its statements whether the
    other was here lately. Made now if there are none. Raises `KeysAway`.
    """
    named = {"key_class": subjects[0].key_class, "epoch": subjects[0].epoch}
    try:
        rows = DataKey.objects.filter(subject__in=[one.id for one in subjects], **named)
        found = {row.subject: row for row in rows}
        return tuple(_unwrap(found.get(one.id) or _make(one)) for one in subjects)
    except DatabaseError as error:
        raise KeysAway from error


def forget() -> None:
    """Drop every key held in memory, and what was read with one, so that none is used again."""
    for clear in (_key_of.cache_clear, _key_with.cache_clear, *_forgotten_too):
        clear()


def also_forget(clear: Callable[[], None]) -> None:
    """Have something else dropped from memory whenever keys are."""
    _forgotten_too.append(clear)


@lru_cache(maxsize=KEPT)
def _key_of(subject: Subject) -> Key:
    named = {"subject": subject.id, "key_class": subject.key_class, "epoch": subject.epoch}
    row = DataKey.objects.filter(**named).first()
    return _unwrap(row or _make(subject))


@lru_cache(maxsize=KEPT)
def _key_with(kid: UUID, reader: UUID | None) -> Key:
    row = DataKey.objects.filter(pk=kid).first()
    if row is None:
        raise Unreadable
    return _unwrap(row)


def _make(subject: Subject) -> DataKey:
    number = max(settings.SECRETS.keks)
    kid, secret = uuid4(), AESGCM.generate_key(256)
    nonce = os.urandom(12)
    place = _place(kid, subject, number)
    row = DataKey(
        kid=kid,
        subject=subject.id,
        key_class=subject.key_class,
        epoch=subject.epoch,
        kek=number,
        wrapped=nonce + AESGCM(_kek(number)).encrypt(nonce, secret, place),
    )
    try:
        with transaction.atomic(using="keyring"):
            row.save(force_insert=True)
    except IntegrityError:  # another request made it first
        row = DataKey.objects.get(
            subject=subject.id, key_class=subject.key_class, epoch=subject.epoch
        )
    return row


def _unwrap(row: DataKey) -> Key:
    wrapped = bytes(row.wrapped)
    try:
        subject = Subject(row.subject, KeyClass(row.key_class), row.epoch)
        place = _place(row.kid, subject, row.kek)
        secret = AESGCM(_kek(row.kek)).decrypt(wrapped[:12], wrapped[12:], place)
    except (InvalidTag, ValueError):  # another key file, or a row that was altered or cut short
        raise KeysAway from None
    return Key(row.kid, subject, secret)


def _kek(number: int) -> bytes:
    try:
        found: bytes = settings.SECRETS.keks[number]
    except KeyError:
        raise KeysAway from None
    return found


def _place(kid: UUID, subject: Subject, number: int) -> bytes:
    return f"{kid}|{subject.id}|{subject.key_class}|{subject.epoch}|{number}".encode()


def prove() -> None:
    """Unwrap one kept key for each key file in use, so that a wrong one stops the start.

    Raises `KeysAway`.
    """
    try:
        for number in DataKey.objects.values_list("kek", flat=True).distinct():
            _unwrap(DataKey.objects.filter(kek=number)[0])
    except DatabaseError as error:
        raise KeysAway from error
