"""One thing to do: HTTP in, one question or one deed, HTTP out."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from interwoven.apps.agreements import actions, forms, queries
from interwoven.apps.agreements.forms import ELSEWHERE
from interwoven.apps.couples.seats import SeatedRequest, seated_pair
from interwoven.apps.locking.behind import may_reread
from interwoven.infra import drafts
from interwoven.infra.actions import Repeated
from interwoven.infra.errors import NotNow
from interwoven.web import once
from interwoven.web.pages import Nav
from interwoven.web.render import page

NAV = Nav("together", paired=True)
OWN_WORDS = "You said something else in another window. Both are here; keep the one you mean."
PROPOSED = "Something was proposed meanwhile. Both are here; propose again if yours still fits."
MOVED = "This changed meanwhile. Propose your day again if it still fits."


@require_http_methods(["GET", "POST"])
@seated_pair
def start(request: SeatedRequest) -> HttpResponse:
    """The page, wherever the two are; a POST takes a strand."""
    if request.method == "POST":
        return _begin(request)
    shown = queries.one_thing(
        seat=request.seat,
        suggested=request.GET.get("strand", ""),
        changed="changed" in request.GET,
        reread=may_reread(request),
        now=timezone.now(),
    )
    return page(request, "agreements/one_thing.html", shown, nav=NAV)


@require_POST
@seated_pair
def say(request: SeatedRequest) -> HttpResponse:
    """Both see at once what either says here."""
    filled, seen = forms.said(request.POST), forms.seen(request.POST)
    words = filled.meant
    if words is None:
        return _to_mend(request, forms.SAY, filled.values, filled.errors)
    return _carried_out(
        request,
        forms.SAY,
        filled.values,
        OWN_WORDS,
        lambda: actions.say(by=request.seat, said=words, seen=seen, now=timezone.now()),
    )


@require_POST
@seated_pair
def propose(request: SeatedRequest) -> HttpResponse:
    filled, seen = forms.act(request.POST), forms.seen(request.POST)
    act, submission = filled.meant, once.sent(request.POST)
    if act is None:
        return _to_mend(request, forms.PROPOSE, filled.values, filled.errors)
    return _carried_out(
        request,
        forms.PROPOSE,
        filled.values,
        PROPOSED,
        lambda: actions.propose(
            by=request.seat, act=act, seen=seen, now=timezone.now(), submission_id=submission
        ),
    )


@require_POST
@seated_pair
def agree(request: SeatedRequest) -> HttpResponse:
    seen = forms.seen(request.POST)
    return _pressed(lambda: actions.agree(by=request.seat, seen=seen, now=timezone.now()))


@require_POST
@seated_pair
def decline(request: SeatedRequest) -> HttpResponse:
    seen = forms.seen(request.POST)
    return _pressed(lambda: actions.decline(by=request.seat, seen=seen, now=timezone.now()))


@require_POST
@seated_pair
def move(request: SeatedRequest) -> HttpResponse:
    """Another day for what was agreed on. The old one stands until the other agrees."""
    filled, seen = forms.moved(request.POST), forms.seen(request.POST)
    day = filled.meant
    if day is None:
        return _to_mend(request, forms.MOVE, filled.values, filled.errors)
    return _carried_out(
        request,
        forms.MOVE,
        filled.values,
        MOVED,
        lambda: actions.move(by=request.seat, day=day, seen=seen, now=timezone.now()),
    )


@require_POST
@seated_pair
def look_back(request: SeatedRequest) -> HttpResponse:
    """How it went for one person. The answer is the same whether or not the other has said."""
    filled, seen = forms.review(request.POST), forms.seen(request.POST)
    review = filled.meant
    if review is None:
        return _to_mend(request, forms.REVIEW, filled.values, filled.errors)
    return _mended(
        request,
        forms.REVIEW,
        lambda: actions.look_back(by=request.seat, review=review, seen=seen, now=timezone.now()),
    )


@require_POST
@seated_pair
def put_away(request: SeatedRequest) -> HttpResponse:
    seen = forms.seen(request.POST)
    return _pressed(lambda: actions.put_away(by=request.seat, seen=seen, now=timezone.now()))


@require_POST
@seated_pair
def take_up(request: SeatedRequest) -> HttpResponse:
    seen = forms.seen(request.POST)
    return _pressed(lambda: actions.take_up(by=request.seat, seen=seen, now=timezone.now()))


@require_GET
@seated_pair
def earlier(request: SeatedRequest) -> HttpResponse:
    shown = queries.earlier(seat=request.seat, number=request.GET.get("page", ""))
    return page(request, "agreements/earlier.html", shown, nav=NAV)


def _begin(request: SeatedRequest) -> HttpResponse:
    filled, submission = forms.strand(request.POST), once.sent(request.POST)
    strand = filled.meant
    if strand is None:
        return _to_mend(request, forms.START, filled.values, filled.errors)
    return _mended(
        request,
        forms.START,
        lambda: actions.start(
            by=request.seat, strand=strand, now=timezone.now(), submission_id=submission
        ),
    )


def _carried_out(
    request: SeatedRequest,
    form: str,
    values: Mapping[str, str],
    changed: str,
    deed: Callable[[], None],
) -> HttpResponse:
    """Do it, and let the draft go; or keep what was typed, and why it was not taken."""
    try:
        with drafts.letting_go(seat=request.seat, form=form):
            deed()
    except Repeated:
        return _back()
    except actions.NotAnAct as wrong:
        return _to_mend(request, form, values, forms.sentences(wrong.faults))
    except actions.Changed:
        return _to_mend(request, form, values, {ELSEWHERE: changed})
    except NotNow:
        return _to_mend(request, form, values, {}, changed=True)
    return _back()


def _mended(request: SeatedRequest, form: str, deed: Callable[[], None]) -> HttpResponse:
    """Do what a form says that has nothing to mend any more, and let its draft go."""

    def whole() -> None:
        with drafts.letting_go(seat=request.seat, form=form):
            deed()

    return _pressed(whole)


def _pressed(deed: Callable[[], None]) -> HttpResponse:
    """Do it; or show the page as it now stands, when the moment for it has passed."""
    try:
        deed()
    except Repeated:
        return _back()
    except NotNow:
        return _back(changed=True)
    return _back()


def _to_mend(
    request: SeatedRequest,
    form: str,
    values: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    changed: bool = False,
) -> HttpResponse:
    drafts.keep(seat=request.seat, form=form, values=values, errors=errors, now=timezone.now())
    return _back(changed=changed)


def _back(*, changed: bool = False) -> HttpResponse:
    address = reverse("agreements:start") + ("?changed" if changed else "")
    return HttpResponseRedirect(address, status=303)
