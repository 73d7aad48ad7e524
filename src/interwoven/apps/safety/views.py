"""Pages that hold when nothing else does: no database, no keys, nobody signed in."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.http import require_GET, require_safe

from interwoven.apps.safety import offline
from interwoven.apps.safety.ending import end
from interwoven.apps.safety.pages import KeeperPage, LeavingPage
from interwoven.web.onward import is_ours
from interwoven.web.render import page


class _Zipped(GZipMiddleware):
    """Compression for the page of help: nothing on it is secret, and nothing of a request is."""

    max_random_bytes = 0  # so that it is the same bytes each time


@login_not_required
@require_safe
@decorator_from_middleware(_Zipped)
def help_page(request: HttpRequest) -> HttpResponse:
    return page(request, "safety/help.html", offline.HELP)


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
    return end(request, settings.EXIT_URL)


@login_not_required
@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """What keeps the page of help in a browser. Its address is what bounds it: /help/ alone."""
    return HttpResponse(offline.worker(), content_type="text/javascript; charset=utf-8")


def _keeper() -> KeeperPage:
    return KeeperPage(kind=settings.KEEPER, name=settings.KEEPER_NAME)


def _leaving(onward: str = "/") -> LeavingPage:
    host, https = urlsplit(settings.EXIT_URL).hostname or "", settings.SESSION_COOKIE_SECURE
    return LeavingPage(host=host, https=https, left=settings.LEFT_COOKIE_NAME, onward=onward)
