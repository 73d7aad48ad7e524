"""Every way two people become a couple, and what they settle between them."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta
from enum import Enum, auto

from django.conf import settings

from interwoven.apps.accounts import actions as accounts
from interwoven.apps.accounts import queries as people
from interwoven.apps.couples.models import Couple, Invitation, InvitationState, Membership
from interwoven.apps.couples.pages import Called, Letter, Settled
from interwoven.core.evenings import Evening
from interwoven.core.people import Place, Seat
from interwoven.infra.actions import action
from interwoven.infra.crypto import tokens
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotNow, NotThere
from interwoven.infra.live import wake

GOOD_FOR = timedelta(hours=72)
TRIES = 5


class Answer(Enum):
    """What came of answering an invitation."""

    TAKEN = auto()
    WRONG_CODE = auto()
    GONE = auto()  # expired, used, taken back or guessed at too often: it does not say which
    OWN = auto()  # the inviter answered their own link


@action("invitation.sent")
def invite(*, by: Seat, now: datetime) -> None:
    """Make a new link and code, good once and for 72 hours. An earlier one ends."""
    if by.paired:
        raise NotNow
    Invitation.objects.filter(inviter_id=by.person).exclude(state=InvitationState.CLOSED).update(
        state=InvitationState.CLOSED
    )
    token, code = tokens.new_token(), tokens.new_code()
    row = Invitation(
        inviter_id=by.person,
        token_hmac=tokens.fingerprint("invitation", token),
        code_hmac=_code(token, code),
        greeting=tokens.seal_with_token(token, people.called(seat=by).name),
        expires_at=now + GOOD_FOR,
        tries_left=TRIES,
    )
    row.put(Letter(token, code))
    row.save(force_insert=True)


@action("invitation.taken_back")
def take_back(*, by: Seat, now: datetime) -> None:
    """End whatever invitation this person has out. Who answered it is told nothing."""
    Invitation.objects.filter(inviter_id=by.person).exclude(state=InvitationState.CLOSED).update(
        state=InvitationState.CLOSED
    )


@action("invitation.answered")
def answer(*, by: Seat, token: str, code: str, now: datetime) -> Answer:
    """Answer a link with the code that was said aloud. A wrong code is counted, and said."""
    if by.paired:
        raise NotNow
    row = (
        Invitation.objects.select_for_update()
        .filter(
            token_hmac=tokens.fingerprint("invitation", token),
            state=InvitationState.OPEN,
            expires_at__gt=now,
        )
        .first()
    )
    if row is None:
        return Answer.GONE
    if row.inviter_id == by.person:
        return Answer.OWN
    if not hmac.compare_digest(bytes(row.code_hmac), _code(token, code)):
        return _count_a_try(row)
    row.state, row.answered_by_id = InvitationState.ANSWERED, by.person
    row.revision += 1
    row.put(Letter(answered_by=people.called(seat=by)))
    row.save()
    wake(row.inviter_id)
    return Answer.TAKEN


@action("couple.confirmed")
def confirm(*, by: Seat, now: datetime) -> None:
    """The inviter says: yes, that is them. From now on there is a couple. Raises `NotNow`."""
    row = (
        Invitation.objects.select_for_update()
        .filter(inviter_id=by.person, state=InvitationState.ANSWERED)
        .first()
    )
    if row is None or row.answered_by_id is None or by.paired:
        raise NotNow
    other = row.answered_by_id
    if Membership.objects.filter(person_id=other, ended_on=None).exists():
        raise NotNow
    joined = read(row, Letter, seat=by).answered_by or Called("")
    row.state = InvitationState.CLOSED
    row.save(update_fields=["state"])
    couple = _found(now)
    _place(couple, Place.A, by, people.called(seat=by))
    _place(couple, Place.B, Seat(other), joined)
    wake(other)


@action("couple.settled", paired=True)
def settle(*, by: Seat, settled: Settled, now: datetime) -> None:
    """Keep the evening and the strand the two look at. Either may change them."""
    couple = Couple.objects.select_for_update().get(pk=by.couple)
    couple.revision += 1
    couple.opens_at = settled.evening.next_after(now)
    couple.put(settled)
    couple.save()
    _wake_other(by)


@action("person.called")
def rename(*, by: Seat, name: str, pronouns: str, now: datetime) -> None:
    """Change what one is called, for oneself and for the other."""
    accounts.rename(by=by, name=name, pronouns=pronouns, now=now)
    mine = Membership.objects.select_related("couple").filter(person_id=by.person, ended_on=None)
    for row in mine:
        row.revision += 1
        row.put(Called(name, pronouns))
        row.save()
    if by.paired:
        _wake_other(by)


def _partner_of(seat: Seat) -> Seat:
    """The other seat at this table. Raises `NotThere`."""
    row = Membership.objects.filter(couple_id=seat.couple).exclude(person_id=seat.person).first()
    if row is None or seat.place is None:
        raise NotThere
    return Seat(row.person_id, seat.couple, seat.place.other, seat.epoch)


def _wake_other(by: Seat) -> None:
    wake(_partner_of(by).person)


def _count_a_try(row: Invitation) -> Answer:
    row.tries_left -= 1
    if row.tries_left == 0:
        row.state = InvitationState.CLOSED
    row.save(update_fields=["tries_left", "state"])
    return Answer.GONE if row.tries_left == 0 else Answer.WRONG_CODE


def _found(now: datetime) -> Couple:
    evening = Evening(zone=settings.TIME_ZONE)
    couple = Couple(opens_at=evening.next_after(now))
    couple.put(Settled(evening))
    couple.save(force_insert=True)
    return couple


def _place(couple: Couple, place: Place, seat: Seat, called: Called) -> None:
    row = Membership(couple=couple, person_id=seat.person, place=place.value)
    row.put(called)
    row.save(force_insert=True)


def _code(token: str, code: str) -> bytes:
    return tokens.fingerprint("invitation-code", f"{token}:{code}")
