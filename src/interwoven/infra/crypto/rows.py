"""Rows that hold people's words: one sealed value each, opened only for a seat that holds it.

`read` is the only way to open a row, and it asks whose eyes. A private or profile row opens for
its owner; an opened row opens for the couple it belongs to. To show somebody what their partner
sees, a page looks on from the partner's seat: then nothing but opened rows opens at all.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, TypeVar, cast

from cattrs.preconf.json import make_converter
from django.db import models

from interwoven.core.people import Seat
from interwoven.infra.crypto import envelope, keys
from interwoven.infra.crypto.keys import Key, KeyClass, Subject
from interwoven.infra.errors import NotThere, Unreadable

T = TypeVar("T")
KEPT = 2048  # opened values held in memory by one process

converter = make_converter()
_onlooker: ContextVar[uuid.UUID | None] = ContextVar("onlooker", default=None)


class SealedRow(models.Model):
    """A row whose words are one sealed value, bound to this row, its owner and its revision."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    revision = models.PositiveIntegerField(default=1)
    sealed = models.BinaryField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__}({str(self.id)[:8]})"

    def subject(self) -> Subject:
        """Whose key seals this row."""
        raise NotImplementedError

    def put(self, value: object, key: Key | None = None) -> None:
        """Seal `value` into this row, with a key at hand or its subject's. The caller saves."""
        self.sealed = seal_value(self, value, key or keys.for_sealing(self.subject()))

    def place_of(self, subject: Subject) -> tuple[str, ...]:
        """What the sealed value is bound to."""
        name = self._meta.label
        return (name, str(self.id), str(subject.id), subject.key_class, str(self.revision))


def seal_value(row: SealedRow, value: object, key: Key) -> bytes:
    text = json.dumps(converter.unstructure(value), ensure_ascii=False, separators=(",", ":"))
    return envelope.seal(key.secret, key.kid, text.encode(), row.place_of(row.subject()))


def read(row: SealedRow, kind: type[T], *, seat: Seat) -> T:
    """Open a row for this seat. Raises `NotThere`, `Unreadable` or `KeysAway`."""
    subject, onlooker = row.subject(), _onlooker.get()
    if not _holds(seat, subject) or (onlooker and subject.key_class is not KeyClass.OPENED):
        raise NotThere
    return unseal_value(row, kind, reader=onlooker or seat.person)


@contextmanager
def onlooking(person: uuid.UUID) -> Iterator[None]:
    """Read from somebody else's seat for this person: what is opened to that seat, and no more.

    What is held in memory meanwhile is this person's. So neither finds out by how long an answer
    takes whether the other looked at the same thing.
    """
    token = _onlooker.set(person)
    try:
        yield
    finally:
        _onlooker.reset(token)


def unseal_value(row: SealedRow, kind: type[T], *, reader: uuid.UUID | None = None) -> T:
    """Open a row for the machine itself, inside an action that opens for both. Not for pages.

    What is held in memory is held for each reader apart: a page must not be quicker because
    somebody else looked at the same thing first.
    """
    sealed = bytes(row.sealed)
    key = keys.for_opening(envelope.kid_of(sealed), reader)
    subject = row.subject()
    if key.subject != subject:
        raise Unreadable
    place = row.place_of(subject)
    if subject.key_class is KeyClass.OPENED:
        opened: T = _opened_before(key, sealed, place, cast("Any", kind), reader)
        return opened
    value: T = _value(key, sealed, place, kind)
    return value


def prove(row: SealedRow) -> None:
    """See that a row opens, and look at nothing in it. Raises `Unreadable` or `KeysAway`."""
    sealed = bytes(row.sealed)
    key = keys.for_opening(envelope.kid_of(sealed))
    subject = row.subject()
    if key.subject != subject:
        raise Unreadable
    envelope.unseal(key.secret, key.kid, sealed, row.place_of(subject))


def unseal_with(key: Key, row: SealedRow, kind: type[T]) -> T:
    """Open a row with a key at hand, inside an action that opens for both. Not for pages."""
    subject = row.subject()
    if key.subject != subject:
        raise Unreadable
    value: T = _value(key, bytes(row.sealed), row.place_of(subject), kind)
    return value


def _value(key: Key, sealed: bytes, place: tuple[str, ...], kind: Any) -> Any:
    text = envelope.unseal(key.secret, key.kid, sealed, place)
    return converter.structure(json.loads(text), kind)


@lru_cache(maxsize=KEPT)  # read on every page, and a sealed value in its place never changes
def _opened_before(
    key: Key, sealed: bytes, place: tuple[str, ...], kind: Any, reader: uuid.UUID | None
) -> Any:
    return _value(key, sealed, place, kind)


keys.also_forget(_opened_before.cache_clear)


def _holds(seat: Seat, subject: Subject) -> bool:
    if subject.key_class is KeyClass.OPENED:
        return seat.couple == subject.id and subject.epoch <= seat.epoch
    return seat.person == subject.id
