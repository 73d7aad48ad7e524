"""Ends a session at the way out, and empties what the browser holds; whatever else is away."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from interwoven.web.onward import is_ours

Next = Callable[[HttpRequest], HttpResponseBase]

LEFT = "left"  # the cookie that Quick exit sets before it asks for anything: see js/exit.js
log = logging.getLogger(__name__)


class Left:
    """Sign out whoever left while this copy could not be reached, before a page is answered."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if LEFT not in request.COOKIES or request.path_info == reverse("safety:exit"):
            return self.get_response(request)
        there = request.get_full_path()
        return end(request, there if request.method == "GET" and is_ours(there) else "/")


def end(request: HttpRequest, onward: str) -> HttpResponse:
    """Sign out here and in the browser, and lead on."""
    _end_session(request)
    response = HttpResponseRedirect(onward, status=303)
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    for name, path in settings.OTHER_COOKIES.items():
        response.delete_cookie(name, path=path, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


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
