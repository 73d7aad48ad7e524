"""Find, make and unwrap data keys. Keys belong to a person and class, or to a couple and epoch.

A key is written to the keyring before anything it seals is written to the data: an orphan key
is harmless, an orphan row would be lost.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import Error as DatabaseError
from django.db import IntegrityError, models, transaction

from interwoven.infra.errors import KeysAway, Unreadable
from interwoven.infra.keyring.models import DataKey

KEPT = 4096  # unwrapped keys held in memory by one process
_at_hand: dict[tuple[UUID, UUID | None], Key] = {}  # by id and reader
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


def destroy(subject: UUID) -> None:
    """Destroy every key of a person or a couple: what was sealed under one opens never again."""
    DataKey.objects.filter(subject=subject).delete()
    forget()


def exist(subject: UUID) -> bool:
    """Whether a person or a couple has any key."""
    return DataKey.objects.filter(subject=subject).exists()


def turn(subject: Subject) -> Subject:
    """Make the key of the subject's next epoch, for whatever is sealed from now on."""
    following = replace(subject, epoch=subject.epoch + 1)
    fetched(following)
    return following


def forget() -> None:
    """Drop every key held in memory, and what was read with one, so that none is used again."""
    for clear in (_key_of.cache_clear, _at_hand.clear, *_forgotten_too):
        clear()


def also_forget(clear: Callable[[], None]) -> None:
    """Have something else dropped from memory whenever keys are."""
    _forgotten_too.append(clear)


@lru_cache(maxsize=KEPT)
def _key_of(subject: Subject) -> Key:
    named = {"subject": subject.id, "key_class": subject.key_class, "epoch": subject.epoch}
    row = DataKey.objects.filter(**named).first()
    return _unwrap(row or _make(subject))


def _key_with(kid: UUID, reader: UUID | None) -> Key:
    if (kid, reader) not in _at_hand:
        if len(_at_hand) >= KEPT:
            _at_hand.clear()
        _at_hand.update(((key.kid, reader), key) for key in _epochs_with(kid))
    return _at_hand[kid, reader]


def _epochs_with(kid: UUID) -> Iterator[Key]:
    """This key, and those of its subject's other epochs. Raises `Unreadable`.

    One statement for all of them: a page with words from before and after a turn asks no more than
    a page with words of one epoch.
    """
    of = DataKey.objects.filter(pk=kid).values("subject")
    rows = list(DataKey.objects.filter(subject__in=of))
    asked = next((row for row in rows if row.kid == kid), None)
    if asked is None:
        raise Unreadable
    yield _unwrap(asked)
    for row in rows:
        if row.key_class == asked.key_class and row.kid != kid:
            with suppress(KeysAway):  # it is missed when it is asked for
                yield _unwrap(row)


def _make(subject: Subject) -> DataKey:
    key = Key(uuid4(), subject, AESGCM.generate_key(256))
    named = {"subject": subject.id, "key_class": subject.key_class, "epoch": subject.epoch}
    try:
        with transaction.atomic(using="keyring"):
            number = _newest()  # asked inside, so that a rotation cannot slip in between
            wrapped = _wrap(key, number)
            return DataKey.objects.create(kid=key.kid, kek=number, wrapped=wrapped, **named)
    except IntegrityError:  # another request made it first
        return DataKey.objects.get(**named)


def rewrap(number: int, most: int) -> int:
    """Wrap up to `most` keys by this key file instead of another, and say how many they were.

    One transaction. A key destroyed meanwhile stays destroyed. Raises `KeysAway`.
    """
    with transaction.atomic(using="keyring"):
        rows = list(DataKey.objects.exclude(kek=number).order_by("kid")[:most])
        for row in rows:
            wrapped = _wrap(_unwrap(row), number)
            same = DataKey.objects.filter(pk=row.pk, kek=row.kek)
            same.update(kek=number, wrapped=wrapped)
    return len(rows)


def counted() -> dict[int, int]:
    """How many keys each key file wraps."""
    found = DataKey.objects.values_list("kek").annotate(models.Count("kid")).order_by("kek")
    return dict(found)


def _wrap(key: Key, number: int) -> bytes:
    nonce = os.urandom(12)
    place = _place(key.kid, key.subject, number)
    return nonce + AESGCM(_kek(number)).encrypt(nonce, key.secret, place)


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
    if number not in settings.SECRETS.keks:
        settings.SECRETS.learn()  # a rotation adds one while this runs
    try:
        found: bytes = settings.SECRETS.keks[number]
    except KeyError:
        raise KeysAway from None
    return found


def _newest() -> int:
    settings.SECRETS.learn()
    if not settings.SECRETS.keks:
        raise KeysAway
    return max(settings.SECRETS.keks)


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


def prove_all() -> int:
    """Unwrap every kept key, and say how many there are. Raises `KeysAway`."""
    count = 0
    for row in DataKey.objects.order_by("kid").iterator():
        _unwrap(row)
        count += 1
    return count
