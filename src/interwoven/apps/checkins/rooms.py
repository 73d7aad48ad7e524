"""The shared room, where two people open together; and the evening they settle on."""

from __future__ import annotations

import contextlib

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interwoven.apps.accounts.vouching import is_them
from interwoven.apps.checkins import actions, queries, settling
from interwoven.apps.couples import actions as couples
from interwoven.apps.couples.queries import partner_of
from interwoven.apps.couples.seats import SeatedRequest, seated_pair
from interwoven.infra import drafts
from interwoven.infra.actions import Repeated
from interwoven.infra.errors import NotNow
from interwoven.web import once
from interwoven.web.pages import Nav
from interwoven.web.render import page

NOT_THEM = "That didn’t work. It is the password they sign in with here."


@require_safe
@seated_pair
def together(request: SeatedRequest) -> HttpResponse:
    shown = queries.room_page(seat=request.seat, now=timezone.now())
    return page(request, "checkins/together.html", shown, nav=Nav("together", paired=True))


@require_POST
@seated_pair
def come_in(request: SeatedRequest) -> HttpResponse:
    actions.come_in(by=request.seat, now=timezone.now())
    return _to("together")


@require_POST
@seated_pair
def leave(request: SeatedRequest) -> HttpResponse:
    actions.leave_room(by=request.seat, now=timezone.now())
    return HttpResponseRedirect(reverse("today"), status=303)


@sensitive_post_parameters("password")
@require_POST
@seated_pair
def here_too(request: SeatedRequest) -> HttpResponse:
    """On one phone: the other says who they are, and so comes in by their own act."""
    now = timezone.now()
    partner = partner_of(seat=request.seat)
    typed = request.POST.get("password", "")
    them = is_them(asker=request.seat, person=partner.person, password=typed)
    if them and partner.paired:
        with drafts.letting_go(seat=request.seat, form=queries.ROOM):
            actions.come_in(by=partner, now=now)
    else:
        wrong = {"password": NOT_THEM}
        drafts.keep(seat=request.seat, form=queries.ROOM, values={}, errors=wrong, now=now)
    return _to("together")


@require_POST
@seated_pair
def open_now(request: SeatedRequest) -> HttpResponse:
    """Both are here: open what both chose. Whatever there was, nothing opens the same way."""
    try:
        opened = actions.open_now(by=request.seat, now=timezone.now())
    except NotNow:
        return _to("together")
    return _to("map" if opened else "nothing")


@require_safe
@seated_pair
def nothing(request: SeatedRequest) -> HttpResponse:
    """Always the same words, whatever either has written, kept or skipped."""
    shown = queries.room_page(seat=request.seat, now=timezone.now())
    return page(request, "checkins/nothing.html", shown, nav=Nav("together", paired=True))


@require_http_methods(["GET", "POST"])
@seated_pair
def settle(request: SeatedRequest) -> HttpResponse:
    """Our evening, and a strand to look at: one proposes, the other agrees."""
    now = timezone.now()
    if request.method != "POST":
        shown = settling.settle_page(seat=request.seat, now=now)
        return page(request, "checkins/settle.html", shown, nav=Nav("together", paired=True))
    asked = settling.asked(request.POST)
    if asked.evening is None:
        drafts.keep(
            seat=request.seat,
            form=settling.DRAFT,
            values=asked.values,
            errors=asked.errors,
            now=now,
        )
        return _to("settle")
    letting_go = drafts.letting_go(seat=request.seat, form=settling.DRAFT)
    with contextlib.suppress(Repeated), letting_go:
        couples.propose_settling(
            by=request.seat,
            evening=asked.evening,
            strand=asked.strand,
            now=now,
            submission_id=once.sent(request.POST),
        )
    return _to("settle")


@require_POST
@seated_pair
def agree(request: SeatedRequest) -> HttpResponse:
    with contextlib.suppress(NotNow):  # taken back meanwhile: the page shows how it is now
        seen = settling.seen(request.POST)
        actions.agree_to_settling(by=request.seat, seen=seen, now=timezone.now())
    return _to("settle")


@require_POST
@seated_pair
def drop(request: SeatedRequest) -> HttpResponse:
    couples.drop_proposal(by=request.seat, now=timezone.now())
    return _to("settle")


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"checkins:{name}"), status=303)
