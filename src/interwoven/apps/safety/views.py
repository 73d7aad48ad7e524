"""Pages that hold when nothing else does: no database, no keys, nobody signed in."""

from __future__ import annotations

import contextlib
import logging
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_safe

from interwoven.apps.safety.helplines import COUNTRIES, LAST_CHECKED
from interwoven.apps.safety.pages import HelpPage, KeeperPage, LeavingPage
from interwoven.web.onward import is_ours
from interwoven.web.render import page

log = logging.getLogger(__name__)


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return page(request, "safety/help.html", HelpPage(COUNTRIES, LAST_CHECKED))


@login_not_required
@require_safe
def who_sees_what(request: HttpRequest) -> HttpResponse:
    return page(request, "safety/privacy.html", _keeper())


@login_not_required
@require_safe
def traces(request: HttpRequest) -> HttpResponse:
    return page(request, "safety/traces.html", _leaving())


@login_not_required
@require_safe
def taken(request: HttpRequest) -> HttpResponse:
    return page(request, "safety/taken.html", _leaving())


@login_not_required
@require_safe
def keeper(request: HttpRequest) -> HttpResponse:
    return page(request, "safety/keeper.html", _keeper())


@login_not_required
@require_safe
def about_leaving(request: HttpRequest) -> HttpResponse:
    """How to leave quickly, and what stays: read once after signing up, on the way on."""
    there = request.GET.get("next", "")
    shown = _leaving(onward=there if is_ours(there) else "/")
    return page(request, "safety/about_exit.html", shown)


@login_not_required
@require_GET
def leave(request: HttpRequest) -> HttpResponse:
    """End the session and go somewhere dull.

    A GET that changes something, on purpose: a plain link has to work without scripts and without
    a token. The worst another site can do with it is sign somebody out.
    """
    _end_session(request)
    response = HttpResponseRedirect(settings.EXIT_URL, status=303)
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


def _keeper() -> KeeperPage:
    return KeeperPage(kind=settings.KEEPER, name=settings.KEEPER_NAME)


def _leaving(onward: str = "/") -> LeavingPage:
    host, https = urlsplit(settings.EXIT_URL).hostname or "", settings.SESSION_COOKIE_SECURE
    return LeavingPage(host=host, https=https, onward=onward)
