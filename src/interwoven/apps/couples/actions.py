"""Every way two people become a couple, and what they settle between them."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime, timedelta
from enum import Enum, auto
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from interwoven.apps.accounts import actions as accounts
from interwoven.apps.accounts import queries as people
from interwoven.apps.accounts.pages import Called
from interwoven.apps.couples.locks import lock_couple, lock_people
from interwoven.apps.couples.models import (
    Couple,
    Invitation,
    InvitationState,
    Membership,
    Parting,
)
from interwoven.apps.couples.pages import Letter, Pair, Proposal, Settled
from interwoven.apps.couples.queries import us as us_of
from interwoven.apps.couples.signals import parted
from interwoven.apps.couples.waking import wake_partner
from interwoven.core.evenings import Evening
from interwoven.core.people import Place, Seat
from interwoven.infra.actions import action
from interwoven.infra.crypto import tokens
from interwoven.infra.crypto.keys import KeyClass, Subject, turn
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotNow
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
def invite(*, by: Seat, now: datetime, submission_id: UUID | None = None) -> None:
    """Make a new link and code, good once and for 72 hours. An earlier one ends."""
    lock_people(by.person)
    if _one_is_paired(by.person):
        raise NotNow
    _close(Q(inviter_id=by.person))
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
    _close(Q(inviter_id=by.person))


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
def confirm(*, by: Seat, now: datetime, invitation_id: UUID | None = None) -> None:
    """The inviter says: yes, that is them. From now on there is a couple. Raises `NotNow`.

    With the id of the invitation that was looked at, nobody else is confirmed by mistake who
    answered another one meanwhile.
    """
    answered = Invitation.objects.filter(inviter_id=by.person, state=InvitationState.ANSWERED)
    if invitation_id is not None:
        answered = answered.filter(pk=invitation_id)
    other = answered.values_list("answered_by_id", flat=True).first()
    if other is None:
        raise NotNow
    lock_people(by.person, other)
    row = answered.select_for_update().filter(answered_by_id=other).first()
    if row is None or _one_is_paired(by.person, other):
        raise NotNow
    joined = read(row, Letter, seat=by).answered_by or Called("")
    _close(Q(inviter_id__in=(by.person, other)) | Q(answered_by_id__in=(by.person, other)))
    couple = _found(now)
    mine = _placed(couple, Place.A, by.person, people.called(seat=by))
    Membership.objects.bulk_create([mine, _placed(couple, Place.B, other, joined)])
    wake(other)


@action("settling.proposed", paired=True)
def propose_settling(
    *, by: Seat, evening: Evening, strand: str, now: datetime, submission_id: UUID | None = None
) -> None:
    """Propose an evening and a strand. It replaces whatever either of the two proposed before."""
    if by.place is None:
        raise NotNow
    couple, settled = _settled(by)
    proposal = Proposal(by.place, evening, strand)
    if settled.proposed != proposal:
        _settle(couple, replace(settled, proposed=proposal), by)


@action("settling.agreed", paired=True)
def agree_to_settling(*, by: Seat, seen: int, now: datetime) -> tuple[Evening, Evening]:
    """Take what the other proposed: the evening before, and the evening from now on.

    It needs the two of them: one alone who brought the evening forward would open what the other
    chose to open later. So it takes the proposal that was seen, by its number, and no other that
    came meanwhile. Raises `NotNow` when that one does not stand.
    """
    couple, settled = _settled(by)
    proposal = settled.proposed
    if proposal is None or proposal.by is by.place or couple.revision != seen:
        raise NotNow
    couple.opens_at = proposal.evening.next_after(now)
    _settle(couple, Settled(proposal.evening, proposal.strand), by)
    return settled.evening, proposal.evening


@action("settling.dropped", paired=True)
def drop_proposal(*, by: Seat, now: datetime) -> None:
    """Take back one's own proposal, or say no to the other's. What is settled stays."""
    couple, settled = _settled(by)
    if settled.proposed is not None:
        _settle(couple, replace(settled, proposed=None), by)


@action("person.called")
def rename(*, by: Seat, name: str, pronouns: str, now: datetime) -> None:
    """Change what one is called, for oneself and for the other."""
    if not accounts.rename(by=by, name=name, pronouns=pronouns, now=now):
        return
    mine = Membership.objects.select_related("couple").filter(person_id=by.person, ended_on=None)
    for row in mine.select_for_update(of=("self",)):
        row.revision += 1
        row.put(Called(name, pronouns))
        row.save()
    if by.paired:
        wake_partner(by)


@action("couple.left", paired=True)
def leave(*, by: Seat, now: datetime) -> None:
    """Leave the couple, at once and alone. The other is told nothing, and sees no difference.

    What opened stays with both. Whatever the other writes there from now on is sealed under the
    key of the next epoch, which the seat that was left does not open.
    """
    lock_people(by.person)
    couple, us = lock_couple(by), us_of(seat=by)
    mine = Membership.objects.filter(couple=couple, person_id=by.person, ended_on=None)
    if not mine.update(ended_on=now.date()):
        raise NotNow
    parting = Parting(
        person_id=by.person,
        couple=couple,
        place=us.place,
        until_epoch=couple.key_epoch,
        left_on=now.date(),
    )
    parting.put(Pair(us.place, us.me, us.partner))
    parting.save(force_insert=True)
    couple.key_epoch = turn(Subject(couple.pk, KeyClass.OPENED, couple.key_epoch)).epoch
    if not Membership.objects.filter(couple=couple, ended_on=None).exists():
        couple.ended_on = now.date()
    couple.save(update_fields=["key_epoch", "ended_on"])
    parted.send(Parting, by=by, now=now)
    wake(by.person)


def _settled(by: Seat) -> tuple[Couple, Settled]:
    couple = lock_couple(by)
    return couple, read(couple, Settled, seat=by)


def _settle(couple: Couple, settled: Settled, by: Seat) -> None:
    couple.revision += 1
    couple.put(settled)
    couple.save()
    wake_partner(by)


def _close(which: Q) -> None:
    rows = Invitation.objects.filter(which).exclude(state=InvitationState.CLOSED)
    rows.update(state=InvitationState.CLOSED)


def _one_is_paired(*people: UUID) -> bool:
    return Membership.objects.filter(person_id__in=people, ended_on=None).exists()


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


def _placed(couple: Couple, place: Place, person: UUID, called: Called) -> Membership:
    row = Membership(couple=couple, person_id=person, place=place.value)
    row.put(called)
    return row


def _code(token: str, code: str) -> bytes:
    return tokens.fingerprint("invitation-code", f"{token}:{code}")
