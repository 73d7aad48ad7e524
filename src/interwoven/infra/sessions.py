"""Sessions kept in the database under hashed keys, with sealed content.

Fourteen days without use end one, ninety days end any, both at a midnight. Use is noted once a
day and to the day, so that a page view is not a write and the table does not tell at what hour
somebody was here. The content opens with the cookie alone: the table does not tell who was, either.
It tells which sessions belong together, so that somebody signed in can end the others.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DatabaseError, IntegrityError, models, transaction
from django.utils import timezone

from interwoven.infra.crypto import tokens
from interwoven.infra.errors import Unreadable
from interwoven.infra.models import Session

IDLE = timedelta(days=14)
LONGEST = timedelta(days=90)
BEGAN = "_began"
NOBODY = b""


def hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One browser in which somebody is signed in: when it was last used, and nothing else."""

    key_hash: str
    used_on: date
    here: bool  # the one that asks


class SessionStore(SessionBase):
    def load(self) -> dict[str, Any]:
        now = timezone.now()
        row = self._row(now)
        try:
            content = tokens.open_cookie(self._purpose(), row.content, now=now) if row else None
        except Unreadable:
            content = None
        if row is None or not isinstance(content, dict):
            self._session_key = None
            return {}
        ends, today = _ends(content, now), now.astimezone(UTC).date()
        if (row.expires, row.used_on) != (ends, today):
            _note_use(row, ends, today)
        return content

    def _purpose(self) -> str:
        return f"session/{self.session_key}"

    def _row(self, now: datetime) -> Session | None:
        if not self.session_key:
            return None
        return Session.objects.filter(pk=hashed(self.session_key), expires__gt=now).first()

    def exists(self, session_key: str | None) -> bool:
        return bool(session_key) and Session.objects.filter(pk=hashed(session_key or "")).exists()

    def create(self) -> None:
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        if self.session_key is None:
            return self.create()
        content = dict(self._get_session(no_load=must_create))  # type: ignore[attr-defined]
        now = timezone.now()
        content.setdefault(BEGAN, int(now.timestamp()))
        row = Session(
            key_hash=hashed(self.session_key),
            owner=_owner(content),
            content=tokens.seal_cookie(self._purpose(), content, until=_latest(content)),
            used_on=now.astimezone(UTC).date(),
            expires=_ends(content, now),
        )
        self._write(row, must_create=must_create)
        return None

    def _write(self, row: Session, *, must_create: bool) -> None:
        with transaction.atomic():
            if must_create:
                try:
                    row.save(force_insert=True)
                except IntegrityError:
                    raise CreateError from None
            elif not Session.objects.filter(pk=row.pk).update(
                owner=row.owner, content=row.content, used_on=row.used_on, expires=row.expires
            ):
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(pk=hashed(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires__lte=timezone.now()).delete()


def of_the_same(session: SessionBase, *, now: datetime) -> tuple[SignedIn, ...]:
    """The sessions of whoever this one is of, this one first, then by the day of last use.

    One that a newer password has ended is not among them.
    """
    here = hashed(session.session_key or "")
    rows = _of_the_same(session).filter(expires__gt=now)
    found = [SignedIn(row.key_hash, row.used_on, row.key_hash == here) for row in rows]
    return tuple(sorted(found, key=_this_first))


def end_other(session: SessionBase, key_hash: str) -> None:
    """End one of the others; nothing happens for this one, for anybody else's, and for none."""
    _of_the_same(session).filter(pk=key_hash).exclude(pk=hashed(session.session_key or "")).delete()


def end_others(session: SessionBase) -> None:
    _of_the_same(session).exclude(pk=hashed(session.session_key or "")).delete()


def _of_the_same(session: SessionBase) -> models.QuerySet[Session]:
    owner = _owner(session)
    return Session.objects.filter(owner=owner) if owner else Session.objects.none()


def _note_use(row: Session, ends: datetime, today: date) -> None:
    """Where nothing can be written, as on a full disk, what was kept is read on."""
    try:
        Session.objects.filter(pk=row.pk).update(expires=ends, used_on=today)
    except DatabaseError:
        if transaction.get_connection().in_atomic_block:  # of somebody else, and now broken
            raise


def _this_first(session: SignedIn) -> tuple[bool, int, str]:
    return not session.here, -session.used_on.toordinal(), session.key_hash


def _owner(content: Any) -> bytes:
    """Who is signed in, and by which password, as an HMAC; nothing for nobody."""
    if SESSION_KEY not in content:
        return NOBODY
    who = f"{content[SESSION_KEY]}:{content.get(HASH_SESSION_KEY, '')}"
    return tokens.fingerprint("session-owner", who)


def _ends(content: dict[str, Any], now: datetime) -> datetime:
    """The midnight at or before the moment this session should end."""
    ends = min(now + IDLE, _latest(content)).astimezone(UTC)
    return ends.replace(hour=0, minute=0, second=0, microsecond=0)


def _latest(content: dict[str, Any]) -> datetime:
    began = datetime.fromtimestamp(content.get(BEGAN, 0), tz=UTC)
    return began + LONGEST
