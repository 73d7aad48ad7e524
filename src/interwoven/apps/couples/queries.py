"""Reading who is in a couple, what they settled, and invitations."""

from __future__ import annotations

from datetime import datetime

import segno
from django.conf import settings

from interwoven.apps.accounts import queries as accounts
from interwoven.apps.couples.models import Invitation, InvitationState, Membership
from interwoven.apps.couples.pages import Called, InvitePage, Letter, MePage, Settled, Us
from interwoven.core.consent import ConsentKind
from interwoven.core.evenings import Evening
from interwoven.core.people import Place, Seat
from interwoven.infra import drafts
from interwoven.infra.crypto import tokens
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotThere, Unreadable


def us(*, seat: Seat) -> Us:
    """The couple this seat belongs to. Raises `NotThere` for a person without a partner."""
    if seat.place is None:
        raise NotThere
    rows = Membership.objects.select_related("couple").filter(couple_id=seat.couple)
    by_place = {Place(row.place): row for row in rows}
    couple = by_place[seat.place].couple
    return Us(
        place=seat.place,
        me=read(by_place[seat.place], Called, seat=seat),
        partner=read(by_place[seat.place.other], Called, seat=seat),
        settled=read(couple, Settled, seat=seat),
        opens_at=couple.opens_at,
    )


def us_if_paired(*, seat: Seat) -> Us | None:
    return us(seat=seat) if seat.paired else None


def evening_of(us: Us | None) -> Evening:
    """The evening that ends a week: the couple's, or Sunday at seven for one person."""
    return us.settled.evening if us else Evening(zone=settings.TIME_ZONE)


def me_page(*, seat: Seat, address: str, now: datetime) -> MePage:
    draft = drafts.take(seat=seat, form="called", now=now)
    us = us_if_paired(seat=seat)
    return MePage(
        called=accounts.called(seat=seat),
        address=address,
        partner=us.partner if us else None,
        beliefs=ConsentKind.BELIEFS in accounts.consents(seat=seat),
        values=draft.values,
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
        return InvitePage(letter)
    link = f"{settings.PUBLIC_ADDRESS}/i/{letter.token}/"
    return InvitePage(letter, link=link, qr=_qr(link), expires_at=row.expires_at)


def current_invitation(*, seat: Seat, now: datetime) -> Invitation | None:
    waiting = Invitation.objects.filter(inviter_id=seat.person).exclude(
        state=InvitationState.CLOSED
    )
    return waiting.exclude(state=InvitationState.OPEN, expires_at__lte=now).first()


def inviter_name(*, token: str, now: datetime) -> str | None:
    """Who sent this link, for anyone who holds it while it is good; otherwise nothing."""
    row = Invitation.objects.filter(
        token_hmac=tokens.fingerprint("invitation", token),
        state=InvitationState.OPEN,
        expires_at__gt=now,
    ).first()
    try:
        return tokens.open_with_token(token, bytes(row.greeting)) if row else None
    except Unreadable:
        return None


def has_answered(*, seat: Seat) -> bool:
    """Whether this person answered an invitation that nobody has confirmed yet."""
    return Invitation.objects.filter(
        answered_by_id=seat.person, state=InvitationState.ANSWERED
    ).exists()


def _qr(link: str) -> str:
    svg: str = segno.make(link, error="m", micro=False).svg_inline(
        border=3, svgclass="qr", lineclass=None, omitsize=True, title="The link, as a picture"
    )
    return svg
