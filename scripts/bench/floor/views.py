"""One page and one write, for somebody signed in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.db.models import Avg
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone

from bench.floor.models import Note

ROWS = 30


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Four statements besides the session's and the user's, and a table of thirty rows."""
    mine = Note.objects.filter(author_id=request.user.pk)
    shown = {
        "name": request.user.get_username(),
        "first": mine.order_by("day").first(),
        "count": mine.count(),
        "mean": mine.aggregate(mean=Avg("mark"))["mean"],
        "rows": list(mine.order_by("-day")[:ROWS]),
    }
    return render(request, "page.html", shown)


@login_required
def write(request: HttpRequest) -> HttpResponse:
    """One insert, and 303."""
    Note.objects.create(
        author_id=0, day=timezone.now().date(), mark=5, words=request.POST["words"][:200]
    )
    return HttpResponseRedirect("/page/", status=303)


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")
