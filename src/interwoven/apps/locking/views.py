"""Giving the private lock, saying that it is forgotten, and setting, changing or taking it off."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from interwoven.apps.accounts import actions
from interwoven.apps.accounts.vouching import is_them
from interwoven.apps.couples.seats import SeatedRequest, seated
from interwoven.apps.locking import forms, queries
from interwoven.apps.locking.behind import (
    asked_first,
    behind_the_lock,
    may_reread,
    note_given,
    to_the_lock,
)
from interwoven.apps.locking.giving import gives
from interwoven.infra import drafts
from interwoven.web.pages import Nav
from interwoven.web.render import page

get_or_post = require_http_methods(["GET", "POST"])

NOT_IT = "That doesn’t open it, or it was tried too often. After five tries, wait 15 minutes."
NOT_YOU = "That is not your password, or it was tried too often."
THE_SAME = "That is your password. Whoever knows it would know both, so take something else."


@sensitive_post_parameters("lock")
@get_or_post
@seated
def unlock(request: SeatedRequest) -> HttpResponse:
    now, me = timezone.now(), reverse("couples:me")
    if request.method == "POST":
        return _given(request, forms.onward(request.POST, me), now)
    if may_reread(request):
        return HttpResponseRedirect(me, status=303)
    return asked_first(request, forms.onward(request.GET, me))


def _given(request: SeatedRequest, onward: str, now: datetime) -> HttpResponse:
    seat = request.seat
    if gives(seat=seat, typed=forms.given(request.POST), now=now):
        note_given(request.session, now)
        drafts.drop(seat=seat, form=queries.GIVE)
        return HttpResponseRedirect(onward, status=303)
    drafts.keep(seat=seat, form=queries.GIVE, values={}, errors={"lock": NOT_IT}, now=now)
    return to_the_lock(onward)


@require_POST
@seated
def forgotten(request: SeatedRequest) -> HttpResponse:
    """From now on it opens by itself in three days, unless it is given before."""
    actions.forget_lock(by=request.seat, now=timezone.now())
    return HttpResponseRedirect(reverse("locking:unlock"), status=303)


@sensitive_post_parameters("password", "lock")
@get_or_post
@seated
@behind_the_lock
def lock(request: SeatedRequest) -> HttpResponse:
    """What the lock does; and, for the password, to set it, change it or take it off."""
    seat, now = request.seat, timezone.now()
    if request.method == "POST":
        wrong = _changed(request, now)
        if wrong:
            drafts.keep(seat=seat, form=queries.SET, values={}, errors=wrong, now=now)
        return HttpResponseRedirect(reverse("locking:lock"), status=303)
    shown = queries.lock_page(seat=seat, now=now)
    return page(request, "locking/lock.html", shown, nav=Nav("me", paired=seat.paired))


def _changed(request: SeatedRequest, now: datetime) -> dict[str, str]:
    """Do what was asked for, or say what stands in its way."""
    seat, password = request.seat, request.POST.get("password", "")
    taking_off = request.POST.get("do") == "take_off"
    wanted, wrong = ("", "") if taking_off else forms.wanted(request.POST)
    if wrong:
        return {"lock": wrong}
    if not is_them(asker=seat, person=seat.person, password=password):
        return {"off" if taking_off else "password": NOT_YOU}
    if wanted == password:
        return {"lock": THE_SAME}
    with drafts.letting_go(seat=seat, form=queries.SET):
        if taking_off:
            actions.take_lock_off(by=seat, now=now)
        else:
            actions.set_lock(by=seat, typed=wanted, now=now)
            note_given(request.session, now)
    return {}
