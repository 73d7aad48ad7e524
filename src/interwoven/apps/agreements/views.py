from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def to_come(request: HttpRequest, **_: object) -> HttpResponse:
    return HttpResponse(status=501)
