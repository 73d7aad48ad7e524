"""Reading who is in a couple, what they settled, and invitations."""

from __future__ import annotations

import ipaddress
from datetime import datetime
from urllib.parse import urlsplit

import segno
from django.conf import settings

from interwoven.apps.accounts import queries as accounts
from interwoven.apps.accounts.pages import Called
from interwoven.apps.couples.models import Invitation, InvitationState, Parting
from interwoven.apps.couples.pages import (
    Holding,
    InvitationPage,
    InvitePage,
    Letter,
    MePage,
    Pair,
    Parted,
    Settled,
    Us,
)
from interwoven.apps.couples.table import rows_at, seat_across
from interwoven.apps.safety.pages import KeeperPage
from interwoven.core.consent import ConsentKind
from interwoven.core.evenings import Evening
from interwoven.core.people import Place, Seat
from interwoven.infra import drafts
from interwoven.infra.crypto import tokens
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotThere, Unreadable

CALLED, CODE = "called", "code"  # forms that may come back to be mended


def us(*, seat: Seat) -> Us:
    """The couple this seat belongs to. Raises `NotThere` for a person without a partner."""
    if seat.place is None:
        raise NotThere
    by_place = {Place(row.place): row for row in rows_at(seat)}
    couple = by_place[seat.place].couple
    return Us(
        place=seat.place,
        me=read(by_place[seat.place], Called, seat=seat),
        partner=read(by_place[seat.place.other], Called, seat=seat),
        settled=read(couple, Settled, seat=seat),
        opens_at=couple.opens_at,
        came_at=couple.came_at,
        revision=couple.revision,
    )


def us_if_paired(*, seat: Seat) -> Us | None:
    return us(seat=seat) if seat.paired else None


def evening_of(us: Us | None) -> Evening:
    """The evening that ends a week: the couple's, or Sunday at seven for one person."""
    return us.settled.evening if us else Evening(zone=settings.TIME_ZONE)


def me_page(*, seat: Seat, address: str, now: datetime) -> MePage:
    draft = drafts.take(seat=seat, form=CALLED, now=now)
    us = us_if_paired(seat=seat)
    standing = accounts.consents(seat=seat)
    called = accounts.called(seat=seat)
    return MePage(
        address=address,
        partner=us.partner if us else None,
        keeping=ConsentKind.ADULT in standing,
        beliefs=ConsentKind.BELIEFS in standing,
        values={"name": called.name, "pronouns": called.pronouns} | draft.values,
        errors=draft.errors,
    )


def invite_page(*, seat: Seat, now: datetime) -> InvitePage:
    """The invitation this person sent, if it still waits or somebody answered it."""
    if seat.paired:
        raise NotThere
    row = current_invitation(seat=seat, now=now)
    if row is None:
        return InvitePage(None)
    letter = read(row, Letter, seat=seat)
    if row.state == InvitationState.ANSWERED:
        return InvitePage(letter, row.pk)
    link = f"{settings.PUBLIC_ADDRESS}/i/{letter.token}/"
    return InvitePage(
        letter,
        row.pk,
        link=link,
        qr=_qr(link),
        expires_at=row.expires_at,
        here_only=_this_machine_only(settings.PUBLIC_ADDRESS),
    )


def current_invitation(*, seat: Seat, now: datetime) -> Invitation | None:
    waiting = Invitation.objects.filter(inviter_id=seat.person).exclude(
        state=InvitationState.CLOSED
    )
    return waiting.exclude(state=InvitationState.OPEN, expires_at__lte=now).first()


def invitation(*, token: str, seat: Seat | None, now: datetime) -> InvitationPage | None:
    """What whoever holds this link sees of it; nothing if it is not open to them (any more).

    Whoever answered it goes on seeing one and the same page for as long as the link was good for,
    whatever the inviter does.
    """
    row = Invitation.objects.filter(
        token_hmac=tokens.fingerprint("invitation", token), expires_at__gt=now
    ).first()
    holding = _holding(row, seat)
    if row is None or holding is None:
        return None
    try:
        inviter = tokens.open_with_token(token, bytes(row.greeting))
    except Unreadable:
        return None
    keeper = KeeperPage(kind=settings.KEEPER, name=settings.KEEPER_NAME)
    draft = drafts.take(seat=seat, form=CODE, now=now) if seat else drafts.NOTHING
    return InvitationPage(inviter, holding, seat is not None, keeper, draft.errors)


def _holding(row: Invitation | None, seat: Seat | None) -> Holding | None:
    if row is not None and seat is not None and row.answered_by_id == seat.person:
        return Holding.ANSWERED
    if row is None or row.state != InvitationState.OPEN:
        return None
    return Holding.OWN if seat is not None and row.inviter_id == seat.person else Holding.OPEN


def has_answered(*, seat: Seat, now: datetime) -> bool:
    """Whether this person answered an invitation of these days, whatever the inviter did since."""
    return Invitation.objects.filter(answered_by_id=seat.person, expires_at__gt=now).exists()


def partner_of(*, seat: Seat) -> Seat:
    """The other seat at this table; a chair of their own once they have left. Raises `NotThere`.

    Whoever has left is not to be woken or acted for, and nothing of theirs opens. It must not show.
    """
    if not seat.paired:
        raise NotThere
    try:
        return seat_across(rows_at(seat), seat)
    except StopIteration:
        raise NotThere from None


def place_across(*, seat: Seat) -> Seat:
    """The other place at this table, whoever sits there or has left it. Raises `NotThere`."""
    if seat.place is None:
        raise NotThere
    row = next((row for row in rows_at(seat) if row.place == seat.place.other), None)
    if row is None:
        raise NotThere
    return Seat(row.person_id, seat.table, seat.place.other, seat.epoch)


def parted(*, seat: Seat) -> tuple[Parted, ...]:
    """The couples this person has left, the latest last. One statement."""
    rows = Parting.objects.filter(person_id=seat.person).order_by("left_on", "pk")
    return tuple(
        Parted(
            Seat(seat.person, row.couple_id, Place(row.place), row.until_epoch),
            read(row, Pair, seat=seat),
        )
        for row in rows
    )


def _qr(link: str) -> str:
    svg: str = segno.make(link, error="m", micro=False).svg_inline(
        border=3, svgclass=None, lineclass=None, omitsize=True, title="The link, as a picture"
    )
    return svg


def _this_machine_only(address: str) -> bool:
    host = urlsplit(address).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
