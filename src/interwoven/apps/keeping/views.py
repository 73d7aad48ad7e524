"""Taking one's own along and bringing it back; what the other sees; all that is shared."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interwoven.apps.accounts.vouching import is_them
from interwoven.apps.checkins.actions import NoConsent
from interwoven.apps.couples.seats import SeatedRequest, seated, seated_pair
from interwoven.apps.keeping import actions, document, forms, paper, queries, seeing
from interwoven.apps.keeping.reading import DoesNotFit
from interwoven.apps.locking.behind import behind_the_lock
from interwoven.infra import drafts
from interwoven.infra.actions import Repeated
from interwoven.web import once
from interwoven.web.pages import Nav
from interwoven.web.render import page

get_or_post = require_http_methods(["GET", "POST"])

NOT_YOU = "That is not your password, or it was tried too often."
NO_CONSENT = "Nothing can be kept without your yes. You can give it on your page, Me."
BELIEFS = (
    "There are answers about what you hold dear in this file. Say yes to those on your page, Me, "
    "and bring it back then."
)
NOT_EMPTY = "You have answered weeks here already. Nothing is written over."


@sensitive_post_parameters("password")
@get_or_post
@seated
@behind_the_lock
def take_along(request: SeatedRequest) -> HttpResponse:
    """Explains; and, for the password, answers with a file instead of a page."""
    now = timezone.now()
    if request.method == "POST":
        return _taken(request, now)
    shown = queries.take_along_page(seat=request.seat, now=now)
    return page(request, "keeping/take_along.html", shown, nav=_nav(request))


def _taken(request: SeatedRequest, now: datetime) -> HttpResponse:
    seat, typed = request.seat, request.POST.get("password", "")
    if not is_them(asker=seat, person=seat.person, password=typed):
        wrong = {"password": NOT_YOU}
        drafts.keep(seat=seat, form=queries.TAKE, values={}, errors=wrong, now=now)
        return _to("take_along")
    drafts.drop(seat=seat, form=queries.TAKE)
    taken = queries.everything(seat=seat, address=request.user.get_username(), now=now)
    if request.POST.get("as") == "page":
        return _file(paper.printed(taken), "text/html; charset=utf-8", "export.html")
    return _file(document.as_json(taken), "application/json", "export.json")


@get_or_post
@seated
def bring_back(request: SeatedRequest) -> HttpResponse:
    """One's own weeks, out of a file that was taken along."""
    now = timezone.now()
    if request.method == "POST":
        wrong = _brought(request, now)
        if not wrong:
            return HttpResponseRedirect(reverse("checkins:weeks"), status=303)
        errors = {"file": wrong}
        drafts.keep(seat=request.seat, form=queries.BRING, values={}, errors=errors, now=now)
        return _to("bring_back")
    shown = queries.bring_back_page(seat=request.seat, now=now)
    return page(request, "keeping/bring_back.html", shown, nav=_nav(request))


def _brought(request: SeatedRequest, now: datetime) -> str:
    """Keep what is in the file, or say why not."""
    try:
        weeks = forms.weeks(request, now.date())
        submission = once.sent(request.POST)
        letting_go = drafts.letting_go(seat=request.seat, form=queries.BRING)
        with suppress(Repeated), letting_go:
            actions.bring_back(by=request.seat, weeks=weeks, now=now, submission_id=submission)
    except DoesNotFit as wrong:
        return str(wrong)
    except NoConsent:
        return NO_CONSENT
    except actions.BeliefsUnasked:
        return BELIEFS
    except actions.NotEmpty:
        return NOT_EMPTY
    return ""


@require_safe
@seated_pair
def what_they_see(request: SeatedRequest) -> HttpResponse:
    before = forms.day(request.GET.get("before", ""))
    shown = seeing.what_they_see(seat=request.seat, before=before, now=timezone.now())
    return page(request, "keeping/what_they_see.html", shown, nav=_nav(request))


@require_safe
@seated
@behind_the_lock
def shared(request: SeatedRequest) -> HttpResponse:
    """What is open to somebody or lets somebody in, each with a way to end it."""
    now = timezone.now()
    shown = queries.shared_page(seat=request.seat, session=request.session, now=now)
    return page(request, "keeping/shared.html", shown, nav=_nav(request))


@require_POST
@seated
@behind_the_lock
def end_session(request: SeatedRequest) -> HttpResponse:
    which = request.POST.get("which", "")[: forms.LONGEST_KEY].replace("\x00", "")
    actions.end_session(by=request.seat, session=request.session, which=which, now=timezone.now())
    return _to("shared")


@require_POST
@seated
@behind_the_lock
def end_other_sessions(request: SeatedRequest) -> HttpResponse:
    actions.end_other_sessions(by=request.seat, session=request.session, now=timezone.now())
    return _to("shared")


def _file(text: str, kind: str, name: str) -> HttpResponse:
    """A download under a name that tells nothing, made for this answer and kept nowhere."""
    attached = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=kind, headers=attached)


def _nav(request: SeatedRequest) -> Nav:
    return Nav("me", paired=request.seat.paired)


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"keeping:{name}"), status=303)
