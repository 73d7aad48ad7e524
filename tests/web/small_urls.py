"""A handful of addresses for looking at the furniture: no page of any activity."""

from __future__ import annotations

import json

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from interwoven.infra.errors import KeysAway, NotThere
from interwoven.web.pages import Nav
from interwoven.web.render import page


@login_not_required
def front(request: HttpRequest) -> HttpResponse:
    return page(request, "web/base.html", None)


@login_not_required
def furnished(request: HttpRequest) -> HttpResponse:
    return page(request, "web/base.html", None, nav=Nav("today", paired=request.GET != {}))


@login_not_required
def carried(request: HttpRequest) -> HttpResponse:
    """What this browser carries; and something for it to carry from here on."""
    response = HttpResponse(json.dumps(sorted(request.COOKIES)))
    response.set_cookie("note", "of this page")
    return response


@login_not_required
def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


def raising(problem: Exception):
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        raise problem

    return view


ROOMS = ([path("x/", nothing, name=name) for name in ("checkin", "together", "map")], "checkins")

urlpatterns = [
    path("", front, name="front"),
    path("today/", furnished, name="today"),
    path("form/", nothing, name="form"),
    path("carried/", carried),
    path("foreign/", raising(NotThere())),
    path("keys-away/", raising(KeysAway())),
    path("locked/", raising(OperationalError("database is locked"))),
    path("broken/", raising(RuntimeError("Ana wrote: a secret"))),
    path("", include(ROOMS)),
    path("", include(([path("x/", nothing, name=name) for name in ("invite", "me")], "couples"))),
    path("", include("interwoven.apps.safety.urls")),
]

handler400 = "interwoven.web.errors.bad_request"
handler403 = "interwoven.web.errors.forbidden"
handler404 = "interwoven.web.errors.not_found"
handler500 = "interwoven.web.errors.server_error"
