"""Sessions kept in the database under hashed keys, with sealed content.

Fourteen days without use end one, ninety days end any, both at a midnight. Use is noted once a
day and to the day, so that a page view is not a write and the table does not tell at what hour
somebody was here. The content opens with the cookie alone: the table does not tell who was, either.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import IntegrityError, transaction
from django.utils import timezone

from interwoven.infra.crypto import tokens
from interwoven.infra.errors import Unreadable
from interwoven.infra.models import Session

IDLE = timedelta(days=14)
LONGEST = timedelta(days=90)
BEGAN = "_began"


def hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


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
        if row.expires != (ends := _ends(content, now)):
            Session.objects.filter(pk=row.pk).update(expires=ends)
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
            content=tokens.seal_cookie(self._purpose(), content, until=_latest(content)),
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
                content=row.content, expires=row.expires
            ):
                raise UpdateError

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(pk=hashed(key)).delete()

    @classmethod
    def clear_expired(cls) -> None:
        Session.objects.filter(expires__lte=timezone.now()).delete()


def _ends(content: dict[str, Any], now: datetime) -> datetime:
    """The midnight at or before the moment this session should end."""
    ends = min(now + IDLE, _latest(content)).astimezone(UTC)
    return ends.replace(hour=0, minute=0, second=0, microsecond=0)


def _latest(content: dict[str, Any]) -> datetime:
    began = datetime.fromtimestamp(content.get(BEGAN, 0), tz=UTC)
    return began + LONGEST
