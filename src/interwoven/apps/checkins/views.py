"""The check-in, the choice about it, the map, and one's own weeks."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from interwoven.apps.accounts import actions as accounts
from interwoven.apps.checkins import actions, forms, maps, queries
from interwoven.apps.checkins.pages import ClosedPage
from interwoven.apps.couples.seats import SeatedRequest, seated, seated_pair
from interwoven.apps.locking.behind import behind_the_lock, may_reread, to_the_lock
from interwoven.core.consent import ConsentKind
from interwoven.core.opening import Part, parts_in_view
from interwoven.infra import drafts
from interwoven.infra.errors import NotNow, NotThere
from interwoven.web import once
from interwoven.web.pages import Nav
from interwoven.web.render import page

ELSEWHERE = "This was changed in another window meanwhile. Both are below; nothing is lost."
WEEK_OVER = "Your evening came while you wrote. Keep this for the new week, if it still fits."
NO_CONSENT = "Nothing can be kept without your yes."


@require_http_methods(["GET", "POST"])
@seated
def checkin(request: SeatedRequest) -> HttpResponse:
    """A week's answers, alone. Without scripts it is kept by its button."""
    now = timezone.now()
    if request.method == "POST":
        if _kept(request, now):
            return _to("checkin")
        return _after_keeping(request)
    shown = queries.checkin_page(seat=request.seat, reread=may_reread(request), now=now)
    template = "closed" if isinstance(shown, ClosedPage) else "checkin"
    return page(request, f"checkins/{template}.html", shown, nav=_nav(request, "checkin"))


@require_POST
@seated
def keep(request: SeatedRequest) -> HttpResponse:
    """Keep the answers as they are filled in: 204, or what stands in the way."""
    wrong = _kept(request, timezone.now(), quietly=True)
    if not wrong:
        return HttpResponse(status=204)
    conflict = bool({forms.ELSEWHERE, forms.OVER} & wrong.keys())
    words = next(iter(wrong.values()))
    return HttpResponse(words, status=409 if conflict else 422, content_type="text/plain")


@require_POST
@seated
def beliefs(request: SeatedRequest) -> HttpResponse:
    """Yes, ask me about what I hold dear. What was filled in so far is kept as well."""
    now = timezone.now()
    _kept(request, now)
    accounts.consent(by=request.seat, kind=ConsentKind.BELIEFS, now=now)
    return _to("checkin")


@require_POST
@seated
def as_kept(request: SeatedRequest) -> HttpResponse:
    """Let go of what came back to be mended; what is kept stays as it is."""
    drafts.drop(seat=request.seat, form=queries.DRAFT)
    return _to("checkin")


@require_http_methods(["GET", "POST"])
@seated_pair
def choose(request: SeatedRequest) -> HttpResponse:
    """The one question after answering: open, choose parts, or keep."""
    now = timezone.now()
    if request.method != "POST":
        shown = queries.choose_page(seat=request.seat, now=now)
        return page(request, "checkins/choose.html", shown, nav=_nav(request, "checkin"))
    if request.POST.get("do") == "open" and not may_reread(request):
        return to_the_lock(reverse("checkins:choose"))
    match request.POST.get("do"):
        case "open":
            week = queries.this_week(seat=request.seat, now=now)
            return _chosen(request, parts_in_view(week.strand), now)
        case "parts":
            return _to("parts")
        case "keep":
            return _chosen(request, frozenset(), now)
        case _:
            return _to("choose")


@require_http_methods(["GET", "POST"])
@seated_pair
@behind_the_lock
def parts(request: SeatedRequest) -> HttpResponse:
    """Part by part; none is ticked beforehand."""
    now = timezone.now()
    shown = queries.choose_page(seat=request.seat, now=now)
    if request.method == "POST":
        offered = [choice.part for choice in shown.parts]
        return _chosen(request, forms.parts(request.POST, offered), now)
    return page(request, "checkins/parts.html", shown, nav=_nav(request, "checkin"))


@require_safe
@seated
def map_latest(request: SeatedRequest) -> HttpResponse:
    """The latest map of two, or one's own."""
    if not request.seat.paired:
        return _own_map(request)
    return _map(request, None)


@require_safe
@seated
def map_of(request: SeatedRequest, opening_id: UUID) -> HttpResponse:
    if not request.seat.paired:
        shown = maps.earlier_map(seat=request.seat, opening_id=opening_id)
        return page(request, "checkins/map.html", shown, nav=_nav(request, "map"))
    return _map(request, opening_id)


@require_POST
@seated_pair
def respond(request: SeatedRequest, opening_id: UUID) -> HttpResponse:
    """Answer a line that the other opened."""
    now = timezone.now()
    part, said = forms.part(request.POST), forms.response(request.POST)
    if part is None:
        raise NotThere
    back = f"{reverse('checkins:map_of', args=[opening_id])}#answer-{part}"
    if forms.takes_back(request.POST):
        actions.take_response_back(by=request.seat, opening_id=opening_id, part=part, now=now)
        return HttpResponseRedirect(back, status=303)
    if isinstance(said, str):
        values = {"opening": str(opening_id), "part": part, "words": _words(request.POST)}
        drafts.keep(
            seat=request.seat, form=maps.DRAFT, values=values, errors={"words": said}, now=now
        )
        return HttpResponseRedirect(back, status=303)
    with drafts.letting_go(seat=request.seat, form=maps.DRAFT):
        actions.respond(by=request.seat, opening_id=opening_id, part=part, response=said, now=now)
    return HttpResponseRedirect(back, status=303)


@require_safe
@seated
@behind_the_lock
def weeks(request: SeatedRequest) -> HttpResponse:
    shown = maps.weeks_page(seat=request.seat, before=_day(request.GET.get("before", "")))
    return page(request, "checkins/weeks.html", shown, nav=_nav(request, "map"))


@require_safe
@seated
@behind_the_lock
def own_now(request: SeatedRequest) -> HttpResponse:
    return own_page(request, None, current="map")


@require_safe
@seated
@behind_the_lock
def own_week(request: SeatedRequest, checkin_id: UUID) -> HttpResponse:
    return own_page(request, checkin_id, current="map")


@behind_the_lock
def _own_map(request: SeatedRequest) -> HttpResponse:
    return own_page(request, None, current="map")


def own_page(request: SeatedRequest, checkin_id: UUID | None, *, current: str) -> HttpResponse:
    shown = maps.own_page(seat=request.seat, checkin_id=checkin_id, now=timezone.now())
    return page(request, "checkins/own.html", shown, nav=_nav(request, current))


def _map(request: SeatedRequest, opening_id: UUID | None) -> HttpResponse:
    shown = maps.map_page(seat=request.seat, opening_id=opening_id, now=timezone.now())
    if shown is None:
        return page(request, "checkins/no_map.html", None, nav=_nav(request, "map"))
    return page(request, "checkins/map.html", shown, nav=_nav(request, "map"))


def _after_keeping(request: SeatedRequest) -> HttpResponse:
    """On to the choice for one of two; for one person to what they kept, if it may be shown."""
    if request.seat.paired:
        return _to("choose")
    if may_reread(request):
        return _to("own_now")
    return HttpResponseRedirect(reverse("today"), status=303)


def _kept(request: SeatedRequest, now: datetime, *, quietly: bool = False) -> dict[str, str]:
    """Keep what was sent, or say what is wrong with it. Not quietly, it waits to be mended."""
    seat, sent = request.seat, request.POST
    week = queries.this_week(seat=seat, now=now)
    filled = forms.filled(sent, week)
    wrong = _another_week(sent, week.name) or filled.errors
    if not wrong:
        wrong = _keep(request, week.name, filled, now)
    if wrong and not quietly:
        values = filled.values | forms.blind(sent)
        drafts.keep(seat=seat, form=queries.DRAFT, values=values, errors=wrong, now=now)
    return wrong


def _keep(
    request: SeatedRequest, week: date, filled: forms.Filled, now: datetime
) -> dict[str, str]:
    sent = request.POST
    try:
        with drafts.letting_go(seat=request.seat, form=queries.DRAFT):
            actions.keep(
                by=request.seat,
                week=week,
                sheet=filled.sheet,
                revision=_number(sent.get("revision", "")),
                window=str(once.sent(sent) or ""),
                blind=bool(forms.blind(sent)),
                now=now,
            )
    except actions.ChangedElsewhere:
        return {forms.ELSEWHERE: ELSEWHERE}
    except actions.NoConsent:
        return {"consent": NO_CONSENT}
    except NotNow:
        return {forms.OVER: WEEK_OVER}
    return {}


def _another_week(sent: QueryDict, week: date) -> dict[str, str]:
    asked = sent.get("week", week.isoformat())
    return {} if asked == week.isoformat() else {forms.OVER: WEEK_OVER}


def _chosen(request: SeatedRequest, chosen: frozenset[Part], now: datetime) -> HttpResponse:
    week = queries.this_week(seat=request.seat, now=now)
    try:
        actions.choose(by=request.seat, week=week.name, parts=chosen, now=now)
    except NotNow:
        return _to("checkin")
    return HttpResponseRedirect(reverse("today"), status=303)


def _words(sent: QueryDict) -> str:
    return sent.get("words", "").replace("\x00", "")


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _nav(request: SeatedRequest, current: str) -> Nav:
    return Nav(current, paired=request.seat.paired)


def _to(name: str) -> HttpResponse:
    return HttpResponseRedirect(reverse(f"checkins:{name}"), status=303)
