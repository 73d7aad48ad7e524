"""Whether a browser came by an invitation: the only way in where sign-up is by invitation."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest

from interwoven.infra.crypto.tokens import open_cookie
from interwoven.infra.errors import Unreadable

COOKIE = "invitation"


def token(request: HttpRequest, *, now: datetime) -> str:
    """The secret of the link this browser came by; nothing if it carries none that is whole."""
    try:
        return str(open_cookie(COOKIE, request.COOKIES.get(COOKIE, ""), now=now))
    except Unreadable:
        return ""
