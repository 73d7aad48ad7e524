"""Reading what to take along, what is shared, and with whom."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase

from interwoven.apps.accounts import queries as people
from interwoven.apps.agreements import queries as things
from interwoven.apps.checkins import queries as checkins
from interwoven.apps.checkins.models import CheckIn, Opening, Response
from interwoven.apps.checkins.settling import proposal_words
from interwoven.apps.checkins.words import evening_words
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.pages import Us
from interwoven.apps.keeping.document import Document
from interwoven.apps.keeping.gathering import gather
from interwoven.apps.keeping.pages import (
    BringBackPage,
    SharedPage,
    SharedWithPartner,
    TakeAlongPage,
)
from interwoven.core.consent import ConsentKind
from interwoven.core.people import Seat
from interwoven.infra import drafts, handlings, sessions
from interwoven.infra.errors import NotThere

TAKE, BRING = "take-along", "bring-back"  # forms that may come back to be mended


def take_along_page(*, seat: Seat, now: datetime) -> TakeAlongPage:
    us = couples.us_if_paired(seat=seat)
    draft = drafts.take(seat=seat, form=TAKE, now=now)
    return TakeAlongPage(us.partner.name if us else "", draft.errors.get("password", ""))


def everything(*, seat: Seat, address: str, now: datetime) -> Document:
    """All that is this person's and all that was opened to them. Kept nowhere."""
    return gather(seat=seat, address=address, now=now)


def bring_back_page(*, seat: Seat, now: datetime) -> BringBackPage:
    return BringBackPage(
        keeping=ConsentKind.ADULT in people.consents(seat=seat),
        answered=CheckIn.objects.filter(author_id=seat.person).exists(),
        error=drafts.take(seat=seat, form=BRING, now=now).errors.get("file", ""),
    )


def shared_page(*, seat: Seat, session: SessionBase, now: datetime) -> SharedPage:
    """What is open to anybody, or lets anybody in. From own and shared rows alone."""
    us = couples.us_if_paired(seat=seat)
    standing = people.consents(seat=seat)
    out = None if us else couples.current_invitation(seat=seat, now=now)
    return SharedPage(
        partner=_with_partner(us, seat, now) if us else None,
        invitation=out.expires_at if out else None,
        keeping=ConsentKind.ADULT in standing,
        beliefs=ConsentKind.BELIEFS in standing,
        sessions=sessions.of_the_same(session, now=now),
        handled=handlings.latest(Path(settings.DATA_DIR)),
    )


def _with_partner(us: Us, seat: Seat, now: datetime) -> SharedWithPartner:
    thing, proposal = things.shared(seat=seat), us.settled.proposed
    return SharedWithPartner(
        name=us.partner.name,
        openings=Opening.objects.for_seat(seat).count(),
        answers=Response.objects.filter(couple_id=seat.table, author_id=seat.person).count(),
        chosen=_chosen(seat, now),
        evening=evening_words(us.settled.evening),
        proposed=proposal_words(us) if proposal and proposal.by is us.place else "",
        thing=thing.strand.value if thing else "",
        revision=thing.revision if thing else 0,
        in_the_room=checkins.in_the_room(seat=seat, now=now).me,
    )


def _chosen(seat: Seat, now: datetime) -> tuple[str, ...]:
    with suppress(NotThere):  # nothing answered this week, or it has opened
        return checkins.choose_page(seat=seat, now=now).chosen
    return ()
