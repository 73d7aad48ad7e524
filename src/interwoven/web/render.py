"""Turn a frozen page into bytes, one way for all of them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from interwoven.web.pages import Nav


def page(
    request: HttpRequest,
    template: str,
    page: object,
    *,
    nav: Nav | None = None,
    status: int = 200,
    **extra: object,
) -> HttpResponse:
    """Answer with this page. Rooms and signed-out pages have no `nav`."""
    return render(request, template, {"page": page, "nav": nav, **extra}, status=status)


def instance(request: HttpRequest) -> dict[str, Any]:
    """Say what this copy is called, who keeps it, and where Quick exit leads."""
    keeper = {"kind": settings.KEEPER, "name": settings.KEEPER_NAME}
    known = {"name": settings.INSTANCE_NAME, "keeper": keeper, "exit_url": settings.EXIT_URL}
    return {"instance": known}
