"""Leaks, planted one at a time, so that the search for them is itself tested.

Each is a small change that makes the product tell Bo something that Ana did in private, through
one channel. A harness that passes the product and misses one of these proves nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

from django.core.cache import cache
from django.core.mail import EmailMessage
from django.http import HttpRequest, HttpResponse

from interwoven.apps.accounts import recovery
from interwoven.apps.accounts.models import PrivateLock
from interwoven.apps.agreements.models import LookBack
from interwoven.apps.checkins import actions, maps, queries
from interwoven.apps.checkins.models import Arrival, CheckIn
from interwoven.apps.couples import cookie
from interwoven.apps.couples import queries as pairing
from interwoven.apps.couples.models import Invitation, InvitationState, Membership
from interwoven.infra import live
from interwoven.infra.crypto import keys
from interwoven.infra.crypto.keys import KeyClass, Subject
from interwoven.infra.models import AuditEntry, FormDraft
from interwoven.web.templatetags import interwoven as tags
from tests.privacy.world import address_of

Answer = Callable[[HttpRequest], HttpResponse]
Plant = Callable[..., None]

PLANTED: dict[str, Callable[[HttpRequest, HttpResponse, UUID], HttpResponse | None]] = {}
MIDDLEWARE = "tests.privacy.leaks.telling"


def telling(get_response: Answer) -> Answer:
    """Lets a planted leak look at each answer that goes to one of a couple."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not request.user.is_authenticated:
            return response
        own = Membership.objects.filter(person_id=request.user.pk).first()
        theirs = Membership.objects.filter(couple_id=own.couple_id if own else None)
        partner = theirs.exclude(person_id=request.user.pk).values_list("person_id", flat=True)
        if not partner:
            return response
        for tell in PLANTED.values():
            response = tell(request, response, partner[0]) or response
        return response

    return middleware


def in_answers(tell: Callable[[HttpRequest, HttpResponse, UUID], HttpResponse | None]) -> Plant:
    def plant(monkeypatch, settings):
        settings.MIDDLEWARE = [*settings.MIDDLEWARE, MIDDLEWARE]
        monkeypatch.setitem(PLANTED, "one", tell)

    return plant


def _weeks(partner: UUID) -> int:
    return CheckIn.objects.filter(author_id=partner).count()


def _is_bo(request: HttpRequest) -> bool:
    return request.user.get_username() == address_of("Bo")


def _a_count(request, response, partner):
    response.content += f"<p>{_weeks(partner)} of 52</p>".encode()


def _waiting(request, response, partner):
    """The line that is always asked for, and that tells everything."""
    response.content += b"" if _weeks(partner) > 1 else b"<p>Waiting for Ana</p>"


def _a_lock(request, response, partner):
    if PrivateLock.objects.filter(person=partner, revision__gt=1).exists():
        response.content += b"<p>Ana locks something away</p>"


def _a_status(request, response, partner):
    """What is not one's own, but there, is forbidden rather than absent."""
    ident = request.resolver_match and request.resolver_match.kwargs.get("checkin_id")
    if ident and CheckIn.objects.filter(pk=ident, author_id=partner).exclude(opened=True).exists():
        return HttpResponse(status=403)
    return None


def _a_header(request, response, partner):
    response.headers["X-Weeks"] = str(_weeks(partner))


def _an_etag(request, response, partner):
    rows = AuditEntry.objects.filter(person=partner).values_list("event", flat=True)
    response.headers["ETag"] = f'"{"-".join(sorted(rows))}"'


def _last_modified(request, response, partner):
    last = FormDraft.objects.filter(author=partner).order_by("-kept_until").first()
    response.headers["Last-Modified"] = str(last.kept_until if last else "")


def _a_cookie(request, response, partner):
    if FormDraft.objects.filter(author=partner).exists():
        response.set_cookie("news", "1")


def _a_cookies_age(request, response, partner):
    response.set_cookie("seen", "1", max_age=timedelta(days=_weeks(partner)))


def _a_redirect(request, response, partner):
    if request.path == "/check-in/choose/" and "Location" in response.headers:
        response.headers["Location"] = "/map/" if _weeks(partner) > 1 else "/today/"


def _time(request, response, partner):
    """The same bytes, later: something is worked out only if there is something."""
    if LookBack.objects.filter(author_id=partner).exists() or _weeks(partner) > 1:
        list(CheckIn.objects.filter(author_id=partner))


def _time_of_keys(request, response, partner):
    """The same, where only the keyring is asked."""
    if FormDraft.objects.filter(author=partner).exists():
        keys.for_opening(keys.for_sealing(Subject(partner, KeyClass.PRIVATE)).kid)


def _a_rate_limit(request, response, partner):
    """One limit for two: what Ana sends counts against Bo."""
    if request.method == "POST":
        cache.set(f"sent-{request.user.pk}", cache.get(f"sent-{request.user.pk}", 0) + 1)
    return HttpResponse(status=429) if cache.get(f"sent-{partner}", 0) > 3 else None


def _a_session(request, response, partner):
    """When one of the two signs in, the other is signed in anew."""
    if request.path == "/sign-in/":
        cache.set(f"new-for-{partner}", True)
    elif cache.get(f"new-for-{request.user.pk}"):
        cache.delete(f"new-for-{request.user.pk}")
        request.session.cycle_key()


def _presence(monkeypatch, settings):
    """The room shows who is in it to whoever looks through the door."""
    found = queries.in_the_room

    def in_the_room(*, seat, now):
        here = found(seat=seat, now=now)
        others = Arrival.objects.filter(couple_id=seat.couple, until__gt=now)
        both = others.exclude(person_id=seat.person).exists()
        return replace(here, me=here.me or both, both=here.both or both)

    monkeypatch.setattr(queries, "in_the_room", in_the_room)


def _an_order(monkeypatch, settings):
    """Whoever wrote last stands first."""
    shown = maps._Reader.page

    def page(reader):
        people = [reader.seat.person, None]
        rows = AuditEntry.objects.filter(couple=reader.seat.couple, event="checkin.kept")
        last = rows.exclude(person=people[0]).count()
        reader.order = reader.order if last % 2 else reader.order[::-1]
        return shown(reader)

    monkeypatch.setattr(maps._Reader, "page", page)


def _a_number(monkeypatch, settings):
    """Forms are numbered, and everybody's in one row."""
    monkeypatch.setattr(tags, "fresh", lambda: str(UUID(int=AuditEntry.objects.count())))


def _a_time(monkeypatch, settings):
    """Numbers begin with the time at which somebody last was here."""

    def fresh() -> str:
        last = FormDraft.objects.order_by("kept_until").last()
        return str(UUID(int=int(last.kept_until.timestamp()) if last else 0))

    monkeypatch.setattr(tags, "fresh", fresh)


def _mail(monkeypatch, settings):
    """A kind reminder, sent when the other has answered."""
    keep = actions.keep

    def kept(**sent):
        keep(**sent)
        EmailMessage("A few words", "There is news.", to=[address_of("Bo")]).send()

    monkeypatch.setattr(actions, "keep", kept)


def _a_wake(monkeypatch, settings):
    """Open pages of the couple are woken whenever one of the two chooses."""
    choose = actions.choose

    def chosen(**sent):
        choose(**sent)
        for row in Membership.objects.filter(couple_id=sent["by"].couple):
            live.wake(row.person_id)

    monkeypatch.setattr(actions, "choose", chosen)


def _a_wakes_number(monkeypatch, settings):
    """Frames are counted in one row for everybody, so that gaps show."""
    keep = actions.keep

    def kept(**sent):
        keep(**sent)
        for person in list(live.hub._numbers):
            live.hub._numbers[person] += 1

    monkeypatch.setattr(actions, "keep", kept)


def _taken_back(monkeypatch, settings):
    """Whoever answered an invitation sees that it was taken back."""
    holding = pairing._holding

    def seen(row, seat):
        closed = row is not None and row.state == InvitationState.CLOSED
        return None if closed and not (seat and seat.paired) else holding(row, seat)

    monkeypatch.setattr(pairing, "_holding", seen)


def _looked_at(monkeypatch, settings):
    """The inviter is told that the link was followed."""
    carry = cookie.carry

    def carried(response, token, *, now):
        live.wake(Invitation.objects.latest("expires_at").inviter_id)
        carry(response, token, now=now)

    monkeypatch.setattr(cookie, "carry", carried)


def _an_account_in_use(monkeypatch, settings):
    """A letter to somebody who is busy here takes longer to write."""
    written = recovery._letter

    def letter(person, now):
        if CheckIn.objects.filter(author_id=person.pk, opened=False).exists():
            Membership.objects.filter(person_id=person.pk).first()
        return written(person, now)

    monkeypatch.setattr(recovery, "_letter", letter)


# In which scene, by which channel it is to be caught, and how it is planted.
EVERY: dict[str, tuple[str, str, Plant]] = {
    "a count": ("couple", "body", in_answers(_a_count)),
    "waiting for the other": ("couple", "body", in_answers(_waiting)),
    "a lock": ("couple", "body", in_answers(_a_lock)),
    "a status": ("couple", "status", in_answers(_a_status)),
    "a header": ("couple", "headers", in_answers(_a_header)),
    "an etag": ("couple", "headers", in_answers(_an_etag)),
    "last modified": ("couple", "headers", in_answers(_last_modified)),
    "a cookie": ("couple", "cookies", in_answers(_a_cookie)),
    "a cookie's age": ("couple", "cookies", in_answers(_a_cookies_age)),
    "a redirect": ("couple", "redirect", in_answers(_a_redirect)),
    "time, by statements": ("couple", "statements", in_answers(_time)),
    "time, by keys": ("couple", "keyring", in_answers(_time_of_keys)),
    "a rate limit": ("couple", "status", in_answers(_a_rate_limit)),
    "a session": ("couple", "cookies", in_answers(_a_session)),
    "who is in the room": ("couple", "body", _presence),
    "an order": ("couple", "body", _an_order),
    "a number": ("couple", "body", _a_number),
    "a time": ("couple", "body", _a_time),
    "mail": ("couple", "mail", _mail),
    "a wake": ("couple", "stream", _a_wake),
    "a wake's number": ("couple", "stream", _a_wakes_number),
    "taken back": ("invited", "status", _taken_back),
    "looked at": ("inviter", "stream", _looked_at),
    "an account in use": ("outside", "statements", _an_account_in_use),
}
