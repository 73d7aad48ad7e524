"""Inviting, being invited, and oneself."""

from __future__ import annotations

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interwoven.apps.accounts import actions as accounts
from interwoven.apps.accounts.forms import Called
from interwoven.apps.couples import actions, cookie, forms, queries
from interwoven.apps.couples.pages import DeclinedPage, Holding, InvitationPage
from interwoven.apps.couples.seats import SeatedRequest, seat_if_signed_in, seated
from interwoven.core.consent import ConsentKind
from interwoven.infra import drafts
from interwoven.infra.actions import Repeated
from interwoven.infra.errors import NotNow
from interwoven.web import once
from interwoven.web.pages import Nav
from interwoven.web.render import page

get_or_post = require_http_methods(["GET", "POST"])

WRONG_CODE = {"code": "Those aren’t the six digits. Ask for them again."}


@get_or_post
@seated
def invite(request: SeatedRequest) -> HttpResponse:
    """Make an invitation; see it until it is answered; then say whether it is them."""
    seat, now = request.seat, timezone.now()
    if seat.paired:
        return _to("today")
    if request.method == "POST":
        with suppress(NotNow, Repeated):
            actions.invite(by=seat, now=now, submission_id=once.sent(request.POST))
        return _to("couples:invite")
    shown = queries.invite_page(seat=seat, now=now)
    return page(request, "couples/invite.html", shown, nav=Nav("together", paired=False))


@require_POST
@seated
def confirm(request: SeatedRequest) -> HttpResponse:
    """Yes, it is them. Too late, too early or a second time, the page says how things are."""
    answered = forms.invitation_id(request.POST)
    if answered is None:
        return _to("couples:invite")
    try:
        actions.confirm(by=request.seat, invitation_id=answered, now=timezone.now())
    except NotNow:
        return _to("couples:invite")
    return _to("today")


@require_POST
@seated
def take_back(request: SeatedRequest) -> HttpResponse:
    actions.take_back(by=request.seat, now=timezone.now())
    return _to("couples:invite")


@login_not_required
@require_safe
def arrive(request: HttpRequest, token: str) -> HttpResponse:
    """Somebody followed a link. It stays as it was: mail programs follow links too."""
    now = timezone.now()
    if queries.invitation(token=token, seat=seat_if_signed_in(request), now=now) is None:
        return _not_open(request)
    response = _to("couples:invitation")
    cookie.carry(response, token, now=now)
    return response


@login_not_required
@require_safe
def invitation(request: HttpRequest) -> HttpResponse:
    """Who invites, who keeps this copy, and three ways to go on."""
    now, seat = timezone.now(), seat_if_signed_in(request)
    shown = queries.invitation(token=cookie.token(request, now=now), seat=seat, now=now)
    if shown is None:
        return _not_open(request)
    if shown.holding is Holding.ANSWERED:
        return _to("couples:answer")
    return page(request, "couples/invitation.html", shown)


@login_not_required
@get_or_post
def not_for_me(request: HttpRequest) -> HttpResponse:
    """A no that nobody is told of, and that is kept nowhere."""
    now = timezone.now()
    if request.method == "POST":
        token = cookie.token(request, now=now)
        shown = queries.invitation(token=token, seat=None, now=now)
        response = _to("couples:not_for_me")
        cookie.let_go(response, shown.inviter if shown else "", now=now)
        return response
    return page(request, "couples/not_for_me.html", DeclinedPage(cookie.inviter(request, now=now)))


@get_or_post
@seated
def answer(request: SeatedRequest) -> HttpResponse:
    """Type the six digits that were said aloud; then wait, on a page that tells nothing."""
    seat, now = request.seat, timezone.now()
    token = cookie.token(request, now=now)
    if request.method == "POST":
        return _to("couples:answer") if seat.paired else _answered(request, token)
    shown = queries.invitation(token=token, seat=seat, now=now)
    if seat.paired:
        return _already(request, shown)
    if shown is None:
        return _not_open(request)
    template = {Holding.ANSWERED: "answered", Holding.OWN: "own", Holding.OPEN: "answer"}
    return page(request, f"couples/{template[shown.holding]}.html", shown)


def _already(request: SeatedRequest, shown: InvitationPage | None) -> HttpResponse:
    """Of two already: by this invitation, or with somebody else, whom one would have to leave."""
    if shown is None or shown.holding is not Holding.OPEN:
        return _to("today")
    return page(request, "couples/already.html", shown, nav=Nav("me", paired=True))


def _answered(request: SeatedRequest, token: str) -> HttpResponse:
    seat, now, form = request.seat, timezone.now(), forms.Code(request.POST)
    if not form.is_valid():
        return _to_mend(request, queries.CODE, forms.errors_of(form), back="couples:answer")
    try:
        with drafts.letting_go(seat=seat, form=queries.CODE):  # a wrong code comes back anew
            came = actions.answer(by=seat, token=token, code=form.cleaned_data["code"], now=now)
    except NotNow:
        return _to("today")
    if came is actions.Answer.WRONG_CODE:
        return _to_mend(request, queries.CODE, WRONG_CODE, back="couples:answer")
    return _to("couples:answer")


@get_or_post
@seated
def me(request: SeatedRequest) -> HttpResponse:
    """What one is called, what one said yes to, and the way out."""
    seat, now = request.seat, timezone.now()
    if request.method == "POST":
        return _renamed(request)
    shown = queries.me_page(seat=seat, address=request.user.get_username(), now=now)
    return page(request, "couples/me.html", shown, nav=Nav("me", paired=seat.paired))


def _renamed(request: SeatedRequest) -> HttpResponse:
    form = Called(request.POST)
    if not form.is_valid():
        return _to_mend(request, queries.CALLED, forms.errors_of(form), back="couples:me")
    with drafts.letting_go(seat=request.seat, form=queries.CALLED):
        actions.rename(by=request.seat, now=timezone.now(), **form.cleaned_data)
    return _to("couples:me")


@require_POST
@seated
def beliefs(request: SeatedRequest) -> HttpResponse:
    """Say yes to being asked about what one holds dear, or take that back."""
    return _consent(request, ConsentKind.BELIEFS)


@require_POST
@seated
def keeping(request: SeatedRequest) -> HttpResponse:
    """Say yes to having answers kept, or take that back."""
    return _consent(request, ConsentKind.ADULT)


def _consent(request: SeatedRequest, kind: ConsentKind) -> HttpResponse:
    change = {"give": accounts.consent, "take_back": accounts.withdraw}.get(
        request.POST.get("do", "")
    )
    if change is not None:
        change(by=request.seat, kind=kind, now=timezone.now())
    return _to("couples:me")


def _to_mend(
    request: SeatedRequest, form: str, errors: dict[str, str], *, back: str
) -> HttpResponse:
    drafts.keep(
        seat=request.seat,
        form=form,
        values=forms.typed(request.POST),
        errors=errors,
        now=timezone.now(),
    )
    return _to(back)


def _not_open(request: HttpRequest) -> HttpResponse:
    """One page for a link that is expired, used, taken back, mistyped or somebody else's."""
    return page(request, "couples/not_open.html", None)


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(name), status=303)
