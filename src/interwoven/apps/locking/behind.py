"""Keep a page behind the private lock of whoever it is for.

Behind it is whatever shows again what somebody kept, and whatever would let it be read elsewhere.
Writing and leaving never are.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from interwoven.apps.accounts import queries as accounts
from interwoven.apps.couples.seats import SeatedRequest
from interwoven.apps.locking import queries
from interwoven.core.locking import Door, lasts
from interwoven.web.pages import Nav
from interwoven.web.render import page

P = ParamSpec("P")

GIVEN = "_lock_given"  # in the session, which the browser's own cookie seals
NOTED_EVERY = timedelta(minutes=1)  # so that a page view is not always a write


def behind_the_lock(
    view: Callable[Concatenate[SeatedRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Ask for the lock first. A form sent meanwhile is not carried out."""

    @functools.wraps(view)
    def wrapper(request: SeatedRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if may_reread(request):
            return view(request, *args, **kwargs)
        if request.method in ("GET", "HEAD"):
            return asked_first(request, request.get_full_path())
        return to_the_lock()

    wrapper.__dict__["behind_the_lock"] = True
    return wrapper


def may_reread(request: SeatedRequest) -> bool:
    """Whether what this person kept may be shown in this browser now. Counts as use of the lock."""
    now = timezone.now()
    forget_lapsed(request.session, now)
    given = _given(request.session)
    open_now = accounts.private_lock(seat=request.seat).door(now, given) is Door.OPEN
    if open_now and given is not None and now - given >= NOTED_EVERY:
        note_given(request.session, now)
    return open_now


def forget_lapsed(session: SessionBase, now: datetime) -> None:
    """Once it was too long ago it is over, also if the clock should come to that hour once more."""
    given = _given(session)
    if given is not None and not lasts(given, now):
        del session[GIVEN]


def note_given(session: SessionBase, now: datetime) -> None:
    session[GIVEN] = int(now.timestamp())


def asked_first(request: SeatedRequest, onward: str) -> HttpResponse:
    """The page that asks for the lock, or says until when there is nothing to give."""
    shown = queries.asking_page(seat=request.seat, onward=onward, now=timezone.now())
    nav = Nav("me", paired=request.seat.paired)
    return page(request, "locking/asking.html", shown, nav=nav)


def to_the_lock(onward: str = "") -> HttpResponse:
    """For a form that is not carried out now: go there first, and from there back to its page."""
    where = f"?{urlencode({'next': onward})}" if onward else ""
    return HttpResponseRedirect(f"{reverse('locking:unlock')}{where}", status=303)


def _given(session: SessionBase) -> datetime | None:
    noted = session.get(GIVEN)
    return datetime.fromtimestamp(noted, tz=UTC) if isinstance(noted, int) else None
