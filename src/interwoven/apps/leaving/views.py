"""Leaving a couple, and erasing oneself."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from interwoven.apps.accounts.vouching import is_them
from interwoven.apps.couples.seats import SeatedRequest, seated, seated_pair
from interwoven.apps.leaving import actions, erasing, queries
from interwoven.infra import drafts
from interwoven.infra.errors import NotNow
from interwoven.web.pages import Nav
from interwoven.web.render import page

NOT_YOU = "That is not your password, or it was tried too often. Nothing was erased."


@require_http_methods(["GET", "POST"])
@seated_pair
def leave(request: SeatedRequest) -> HttpResponse:
    """What leaving does and does not do; and then to leave, by one's own word alone."""
    if request.method == "POST":
        with suppress(NotNow):  # left in another window, this very moment
            actions.leave(by=request.seat, session=request.session, now=timezone.now())
        response = HttpResponseRedirect(reverse("leaving:left"), status=303)
        response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response
    shown = queries.leave_page(seat=request.seat)
    return page(request, "leaving/leave.html", shown, nav=Nav("me", paired=True))


@require_safe
@seated
def left(request: SeatedRequest) -> HttpResponse:
    """The same words for whoever asks, whether or not they ever were one of two."""
    return page(request, "leaving/left.html", None, nav=Nav("me", paired=request.seat.paired))


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@seated
def erase(request: SeatedRequest) -> HttpResponse:
    """What erasing does and cannot do; and then to erase, with one's password."""
    now, nav = timezone.now(), Nav("me", paired=request.seat.paired)
    if request.method != "POST":
        shown = queries.erase_page(seat=request.seat, now=now)
        return page(request, "leaving/erase.html", shown, nav=nav)
    typed = request.POST.get("password", "")
    if not is_them(asker=request.seat, person=request.seat.person, password=typed):
        wrong = {"password": NOT_YOU}
        drafts.keep(seat=request.seat, form=queries.ERASE, values={}, errors=wrong, now=now)
        return HttpResponseRedirect(reverse("leaving:erase"), status=303)
    erasing.erase(by=request.seat, now=now)
    return _gone(request)


def _gone(request: SeatedRequest) -> HttpResponse:
    request.session.flush()
    response = HttpResponseRedirect(reverse("front"), status=303)
    response.delete_cookie(settings.SESSION_COOKIE_NAME, samesite="Lax")
    response.headers["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
