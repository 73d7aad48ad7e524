"""What an invited browser carries: the link's secret, so that no address has to show it."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from interwoven.apps.accounts import invited
from interwoven.infra.crypto.tokens import open_cookie, seal_cookie
from interwoven.infra.errors import Unreadable

NAME = invited.COOKIE
KEPT_FOR = timedelta(hours=72)
NOTE = "note"  # whom to name on the page after "not for me"; a name that tells nothing
NOTE_KEPT_FOR = timedelta(minutes=5)


def token(request: HttpRequest, *, now: datetime) -> str:
    """The secret of the link this browser came by; nothing if it carries none that is whole."""
    return invited.token(request, now=now)


def carry(response: HttpResponse, token: str, *, now: datetime) -> None:
    _write(response, NAME, token, KEPT_FOR, now)


def let_go(response: HttpResponse, inviter: str, *, now: datetime) -> None:
    """Forget the link. For minutes only, remember who sent it, to say that they aren't told."""
    response.delete_cookie(NAME, samesite="Lax")
    _write(response, NOTE, inviter, NOTE_KEPT_FOR, now)


def inviter(request: HttpRequest, *, now: datetime) -> str:
    return _read(request, NOTE, now)


def _read(request: HttpRequest, name: str, now: datetime) -> str:
    try:
        return str(open_cookie(name, request.COOKIES.get(name, ""), now=now))
    except Unreadable:
        return ""


def _write(
    response: HttpResponse, name: str, value: str, kept_for: timedelta, now: datetime
) -> None:
    response.set_cookie(
        name,
        seal_cookie(name, value, until=now + kept_for),
        max_age=kept_for,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
