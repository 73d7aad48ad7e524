"""What guards signing in besides the password: codes of an app, passkeys, recovery codes."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from interwoven.apps.accounts.vouching import is_them
from interwoven.apps.couples.seats import SeatedRequest, seated
from interwoven.apps.guarding import actions, ceremony, forms, queries
from interwoven.apps.locking.behind import behind_the_lock
from interwoven.infra import drafts
from interwoven.infra.errors import NotNow
from interwoven.web.pages import Nav
from interwoven.web.render import page

get_or_post = require_http_methods(["GET", "POST"])

NOT_YOU = "That is not your password, or it was tried too often."
NOT_THE_CODE = "That is not the code of this secret now. The next one comes within half a minute."
NOT_MADE = "No passkey came of it. You can try again."
ENOUGH = "Ten passkeys are as many as fit. Remove one first."
PICK = "Pick one of them."


@require_safe
@seated
@behind_the_lock
def overview(request: SeatedRequest) -> HttpResponse:
    shown = queries.guard_page(seat=request.seat)
    return page(request, "guarding/overview.html", shown, nav=_nav(request))


@sensitive_post_parameters("password", "code")
@get_or_post
@seated
@behind_the_lock
def codes(request: SeatedRequest) -> HttpResponse:
    """Codes of an app. Password, then a secret, then one code of it; and off by the password."""
    now = timezone.now()
    if request.method == "POST":
        does = {"begin": _show_secret, "confirm": _turn_on, "off": _turn_off}
        does_nothing = _to("codes")
        act = does.get(request.POST.get("do", ""))
        return act(request, now) if act else does_nothing
    shown = queries.codes_page(seat=request.seat, now=now)
    return page(request, "guarding/codes.html", shown, nav=_nav(request))


def _show_secret(request: SeatedRequest, now: datetime) -> HttpResponse:
    if _is_them(request, queries.CODES, now):
        _keep(request, queries.CODES, now, secret=ceremony.new_secret())
    return _to("codes")


def _turn_on(request: SeatedRequest, now: datetime) -> HttpResponse:
    secret = queries.secret_on_trial(seat=request.seat, now=now)
    if not secret:
        return _to("codes")
    if not ceremony.is_good_now(secret, request.POST.get("code", "")[: forms.LONGEST]):
        return _mend(request, queries.CODES, now, {"code": NOT_THE_CODE}, secret=secret)
    fresh = False
    letting_go = drafts.letting_go(seat=request.seat, form=queries.CODES)
    with letting_go, suppress(NotNow):  # another window was quicker: this secret goes all the same
        fresh = actions.turn_on_codes(
            by=request.seat, secret=secret, session=request.session, now=now
        )
    return _turned_on(request, now, fresh=fresh)


def _turn_off(request: SeatedRequest, now: datetime) -> HttpResponse:
    if not _is_them(request, queries.CODES, now):
        return _to("codes")
    with drafts.letting_go(seat=request.seat, form=queries.CODES):
        actions.turn_off_codes(by=request.seat, session=request.session, now=now)
    return _to("overview")


@sensitive_post_parameters("password")
@get_or_post
@seated
@behind_the_lock
def recovery(request: SeatedRequest) -> HttpResponse:
    """Recovery codes: shown while they are fresh, and made anew for the password."""
    now = timezone.now()
    if request.method != "POST":
        shown = queries.recovery_page(seat=request.seat, now=now)
        return page(request, "guarding/recovery.html", shown, nav=_nav(request))
    if request.POST.get("do") == "kept":
        drafts.drop(seat=request.seat, form=queries.FRESH)
        return _to("overview")
    if not _is_them(request, queries.RECOVERY, now):
        return _to("recovery")
    try:
        with drafts.letting_go(seat=request.seat, form=queries.RECOVERY):
            actions.make_recovery_codes(by=request.seat, session=request.session, now=now)
    except NotNow:
        return _to("overview")
    return _turned_on(request, now, fresh=True)


@sensitive_post_parameters("password")
@get_or_post
@seated
@behind_the_lock
def passkey(request: SeatedRequest) -> HttpResponse:
    """Another passkey: password and kind first, then the browser makes it."""
    now = timezone.now()
    if request.method == "POST":
        making = request.POST.get("do") == "keep"
        return _keep_passkey(request, now) if making else _ask_for_passkey(request, now)
    shown = queries.passkey_page(seat=request.seat, now=now)
    return page(request, "guarding/passkey.html", shown, nav=_nav(request))


def _ask_for_passkey(request: SeatedRequest, now: datetime) -> HttpResponse:
    form = forms.MakingAPasskey(request.POST)
    if not form.is_valid():
        return _mend(request, queries.PASSKEY, now, {"kind": str(form.errors["kind"][0])})
    if _is_them(request, queries.PASSKEY, now):
        kind = form.cleaned_data["kind"]
        options = ceremony.ask_to_make(request.user, alone=kind == "alone")
        _keep(request, queries.PASSKEY, now, options=options, kind=kind)
    return _to("passkey")


def _keep_passkey(request: SeatedRequest, now: datetime) -> HttpResponse:
    kind = queries.passkey_in_the_making(seat=request.seat, now=now)
    if not kind:
        return _to("passkey")
    try:
        made = ceremony.made(request.POST.get("credential", ""), alone=kind == "alone")
        with drafts.letting_go(seat=request.seat, form=queries.PASSKEY):
            fresh = actions.add_passkey(
                by=request.seat, credential=made, session=request.session, now=now
            )
    except ceremony.NotAPasskey:
        return _mend(request, queries.PASSKEY, now, {"passkey": NOT_MADE})
    except NotNow:
        return _mend(request, queries.PASSKEY, now, {"passkey": ENOUGH})
    return _turned_on(request, now, fresh=fresh)


@sensitive_post_parameters("password")
@get_or_post
@seated
@behind_the_lock
def remove_passkey(request: SeatedRequest) -> HttpResponse:
    now = timezone.now()
    if request.method != "POST":
        shown = queries.remove_page(seat=request.seat, now=now)
        return page(request, "guarding/remove.html", shown, nav=_nav(request))
    which = request.POST.get("which", "")
    if not which:
        return _mend(request, queries.REMOVE, now, {"which": PICK}, to="remove_passkey")
    if not _is_them(request, queries.REMOVE, now):
        return _to("remove_passkey")
    with drafts.letting_go(seat=request.seat, form=queries.REMOVE):
        actions.remove_passkey(by=request.seat, which=which, session=request.session, now=now)
    return _to("overview")


def _is_them(request: SeatedRequest, form: str, now: datetime) -> bool:
    """Whether the password that came is theirs. If not, the page will say so."""
    typed = request.POST.get("password", "")
    if is_them(asker=request.seat, person=request.seat.person, password=typed):
        return True
    drafts.keep(seat=request.seat, form=form, values={}, errors={"password": NOT_YOU}, now=now)
    return False


def _keep(request: SeatedRequest, form: str, now: datetime, **values: str) -> None:
    drafts.keep(seat=request.seat, form=form, values=values, errors={}, now=now)


def _mend(
    request: SeatedRequest,
    form: str,
    now: datetime,
    errors: dict[str, str],
    to: str = "",
    **values: str,
) -> HttpResponse:
    drafts.keep(seat=request.seat, form=form, values=values, errors=errors, now=now)
    return _to(to or {queries.CODES: "codes", queries.PASSKEY: "passkey"}[form])


def _turned_on(request: SeatedRequest, now: datetime, *, fresh: bool) -> HttpResponse:
    """To the recovery codes, where there are new ones: they are shown for half an hour at most."""
    if not fresh:
        return _to("overview")
    _keep(request, queries.FRESH, now, yes="yes")
    return _to("recovery")


def _nav(request: SeatedRequest) -> Nav:
    return Nav("me", paired=request.seat.paired)


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"guarding:{name}"), status=303)
