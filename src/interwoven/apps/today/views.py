"""The front page, Today, and whether this copy is up."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

import interwoven
from interwoven.apps.couples.seats import SeatedRequest, seated
from interwoven.apps.safety.pages import KeeperPage
from interwoven.apps.today import queries
from interwoven.apps.today.pages import FrontPage
from interwoven.web.pages import Nav
from interwoven.web.render import page
from interwoven.web.weave import WovenWeek, draw

SAMPLE = (
    WovenWeek((4, 5, 3, 4), (5, 4, 5, 3)),
    WovenWeek((5, 6, 4, 4), (4, 4, 6, 4)),
    WovenWeek((3, 4, 5, 2), (5, 3, 5, 4)),
    None,
    WovenWeek((6, 5, 5, 3), (6, 5, 7, 4)),
    WovenWeek((7, 5, 6, 4), (5, 6, 6, 3)),
    WovenWeek((6, 7, 6, 5), (7, 5, 7, 5)),
    WovenWeek((7, 6, 8, 5), (8, 6, 7, 6)),
    WovenWeek((8, 7, 7, 6), (8, 7, 8, 5)),
)


@login_not_required
@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """What this is, for whoever comes by. Someone signed in is at home already."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
        return HttpResponseRedirect(reverse("today"), status=303)
    keeper = KeeperPage(kind=settings.KEEPER, name=settings.KEEPER_NAME)
    weave = draw(SAMPLE, ahead=4, ident="front", title="A weave, nine weeks long")
    return page(request, "today/front.html", FrontPage(weave, keeper))


@require_safe
@seated
def today(request: SeatedRequest) -> HttpResponse:
    shown = queries.today_page(seat=request.seat, now=timezone.now())
    return page(request, "today/today.html", shown, nav=Nav("today", paired=request.seat.paired))


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok", "version": interwoven.__version__})
