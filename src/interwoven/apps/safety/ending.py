"""Ends a session at the way out, and empties what the browser holds; whatever else is away."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Collection

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from interwoven.web.onward import is_ours

Next = Callable[[HttpRequest], HttpResponseBase]

log = logging.getLogger(__name__)


class Left:
    """Sign out whoever left while this copy could not be reached, before a page is answered.

    It stands where it is known who they are, so that they leave the room as well. That they left
    is told by a cookie that js/exit.js sets before it asks for anything.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        left = settings.LEFT_COOKIE_NAME in request.COOKIES
        if not left or request.path_info == reverse("safety:exit"):
            return self.get_response(request)
        if request.method == "GET" and settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self._as_a_stranger(request)
        there = request.get_full_path()
        return end(request, there if request.method == "GET" and is_ours(there) else "/")

    def _as_a_stranger(self, request: HttpRequest) -> HttpResponseBase:
        """Answer at once: with a cookie that cannot be removed, redirects would have no end."""
        for name in settings.OTHER_COOKIES:
            request.COOKIES.pop(name, None)
        response = self.get_response(request)
        _remove_others(response, but=frozenset(response.cookies))
        response.headers["Clear-Site-Data"] = '"cache", "storage"'  # the page may set a cookie
        return response


def end(request: HttpRequest, onward: str) -> HttpResponse:
    """Sign out here and in the browser, and lead on."""
    _end_session(request)
    response = HttpResponseRedirect(onward, status=303)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    _remove_others(response)
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _remove_others(response: HttpResponseBase, but: Collection[str] = ()) -> None:
    for name, path in settings.OTHER_COOKIES.items():
        if name not in but:
            response.delete_cookie(name, path=path, samesite="Lax")


def _end_session(request: HttpRequest) -> None:
    """End it here and in the database; if that is away, in this browser at least."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return
    with contextlib.suppress(Exception):  # whatever else leaving does must not keep anybody here
        logout(request)
    try:
        request.session.flush()
    except DatabaseError:
        log.error("A session could not be ended in the database; its cookie was removed.")
    request.session = type(request.session)()  # nothing left to save on the way out
