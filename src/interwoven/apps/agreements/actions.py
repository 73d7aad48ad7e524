"""Every way that two people come to one thing to do, and to an end of it.

Words and proposals are shared: the other is woken for them. A look back is one person's own: until
both are in it touches no row that the other's pages read, and wakes nobody.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max

from interwoven.apps.agreements.days import today_of
from interwoven.apps.agreements.models import CURRENT, Agreement, AgreementState, LookBack
from interwoven.apps.couples.queries import partner_of
from interwoven.apps.couples.waking import wake_partner
from interwoven.core.agreement import Act, Fault, Outcome, Review, Said, Talk, outcomes_that_open
from interwoven.core.forms import Form
from interwoven.core.people import Place, Seat
from interwoven.infra.actions import action
from interwoven.infra.crypto.rows import read, unseal_value
from interwoven.infra.errors import NotNow, NotThere


class Changed(Exception):
    """What would be written over is newer than the page it was written on."""


class NotAnAct(Exception):
    """The act cannot be proposed as it is."""

    def __init__(self, faults: Mapping[str, Fault]) -> None:
        super().__init__(*faults)
        self.faults = faults


@action("agreement.begun", paired=True)
def start(*, by: Seat, strand: Form, now: datetime, submission_id: UUID | None = None) -> None:
    """Take one strand. Raises `NotNow` while these two are at one already."""
    if by.couple is None:
        raise NotThere
    row = Agreement(couple_id=by.couple, epoch=by.epoch, revision=_next_number(by))
    row.put(Talk(strand, begun_at=row.revision))
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # the other took one in the same moment
        raise NotNow from None
    wake_partner(by)


@action("agreement.said", paired=True)
def say(*, by: Seat, said: Said, seen: int, now: datetime) -> None:
    """Say what works and a wish, in place of one's own earlier words.

    Raises `NotNow`, or `Changed` when the same person said something newer in another window.
    """
    row, talk = _current(by, seen, AgreementState.TALKING)
    place = _place_of(by)
    if talk.words_of(place) == said:
        return
    if talk.words_changed_since(seen, place):
        raise Changed
    _write(row, talk.say(said, by=place, at=row.revision + 1), by)
    wake_partner(by)


@action("agreement.proposed", paired=True)
def propose(
    *, by: Seat, act: Act, seen: int, now: datetime, submission_id: UUID | None = None
) -> None:
    """Propose an act, in place of any proposed before. Raises `NotAnAct`, `NotNow` or `Changed`."""
    faults = act.faults(today_of(by, now))
    if faults:
        raise NotAnAct(faults)
    row, talk = _current(by, seen, AgreementState.TALKING)
    place = _place_of(by)
    if (talk.act, talk.proposed_by) == (act, place):
        return
    if talk.act_changed_since(seen):
        raise Changed
    _write(row, talk.propose(act, by=place, at=row.revision + 1), by)
    wake_partner(by)


@action("agreement.agreed", paired=True)
def agree(*, by: Seat, seen: int, now: datetime) -> None:
    """Say yes to the act or the day that the other proposed, as it was shown. Raises `NotNow`."""
    row, talk = _current(by, seen)
    act, place = talk.act, _place_of(by)
    if act is None or talk.act_changed_since(seen) or talk.proposed_by is place:
        raise NotNow
    if act == talk.stands:
        return
    today = today_of(by, now)
    if row.to_review(today) or not talk.may_agree(place, today):
        raise NotNow
    row.state, row.review_on = AgreementState.AGREED, act.review_on()
    _write(row, talk.agree(), by)
    wake_partner(by)


@action("agreement.moved", paired=True)
def move(*, by: Seat, day: date, seen: int, now: datetime) -> None:
    """Propose another day for what stands. Until the other agrees, the old day does.

    Raises `NotAnAct`, `Changed`, or `NotNow` once it is time to look back.
    """
    row, talk = _current(by, seen, AgreementState.AGREED)
    today = today_of(by, now)
    moved = talk.move(day, by=_place_of(by), at=row.revision + 1)
    if moved.act is None or row.to_review(today):
        raise NotNow
    if moved.act == talk.act:
        return
    if talk.act_changed_since(seen):
        raise Changed
    if faults := moved.act.faults(today):
        raise NotAnAct(faults)
    _write(row, moved, by)
    wake_partner(by)


@action("agreement.declined", paired=True)
def decline(*, by: Seat, seen: int, now: datetime) -> None:
    """Say no to what is proposed, as it was shown, or take back one's own. Twice is once.

    No reason is asked for. Raises `NotNow`.
    """
    row, talk = _current(by, seen)
    if talk.proposed_by is None:
        return
    if talk.act == talk.stands or talk.act_changed_since(seen):
        raise NotNow
    _write(row, talk.decline(at=row.revision + 1), by)
    wake_partner(by)


@action("agreement.looked_back", paired=True)
def look_back(*, by: Seat, review: Review, seen: int, now: datetime) -> None:
    """Keep how it went for one person; open both outcomes once both are in.

    Until then it may be changed. Raises `NotNow` before its day, and once both are open.
    """
    row, talk = _current(by, seen, AgreementState.AGREED)
    if not row.to_review(today_of(by, now)):
        raise NotNow
    _keep_own(row, review, by)
    outcomes = _outcomes(row, review, by)
    if outcomes:
        row.state = AgreementState.CLOSED
        _write(row, talk.close(outcomes), by)
        wake_partner(by)


@action("agreement.put_away", paired=True)
def put_away(*, by: Seat, seen: int, now: datetime) -> None:
    """End it for both, whatever has come of it. Twice is once. Raises `NotNow` for a newer one."""
    row = Agreement.objects.current(by).select_for_update().first()
    if row is None:
        return
    talk = read(row, Talk, seat=by)
    if not talk.shown_at(seen):
        raise NotNow
    row.state = AgreementState.PUT_AWAY
    _write(row, talk.put_away(by=_place_of(by)), by)
    wake_partner(by)


@action("agreement.taken_up", paired=True)
def take_up(*, by: Seat, seen: int, now: datetime) -> None:
    """Take up again, as it was, what one put away oneself. Twice is once.

    Nobody takes up what the other ended. Raises `NotNow`, also when another was begun since.
    """
    row = Agreement.objects.newest(by).select_for_update().first()
    talk = read(row, Talk, seat=by) if row else None
    if row is None or talk is None or not talk.shown_at(seen):
        raise NotNow
    if row.state in CURRENT:
        return
    if talk.put_away_by is not _place_of(by):
        raise NotNow
    row.state = AgreementState.AGREED if talk.stands else AgreementState.TALKING
    try:
        with transaction.atomic():
            _write(row, talk.take_up(), by)
    except IntegrityError:  # another was begun in the same moment
        raise NotNow from None
    wake_partner(by)


def _current(by: Seat, seen: int, state: AgreementState | None = None) -> tuple[Agreement, Talk]:
    """The thing these two are at, held until the end of the transaction. Raises `NotNow`."""
    row = Agreement.objects.current(by).select_for_update().first()
    if row is None or (state is not None and row.state != state):
        raise NotNow
    talk = read(row, Talk, seat=by)
    if not talk.shown_at(seen):
        raise NotNow
    return row, talk


def _keep_own(row: Agreement, review: Review, by: Seat) -> None:
    own = LookBack.objects.filter(
        couple_id=row.couple_id, agreement=row, author_id=by.person
    ).first()
    if own is None:
        own = LookBack(couple_id=row.couple_id, agreement=row, author_id=by.person)
    else:
        own.revision += 1
    own.put(review)
    own.save()


def _outcomes(row: Agreement, review: Review, by: Seat) -> dict[Place, Outcome]:
    others = LookBack.objects.filter(couple_id=row.couple_id, agreement=row)
    found = others.exclude(author_id=by.person).first()
    there = partner_of(seat=by).paired  # what somebody said who has left since stays theirs
    theirs = unseal_value(found, Review).outcome if found and there else None
    if by.place is Place.A:
        return outcomes_that_open(review.outcome, theirs)
    return outcomes_that_open(theirs, review.outcome)


def _write(row: Agreement, talk: Talk, by: Seat) -> None:
    row.revision, row.epoch = row.revision + 1, by.epoch
    row.put(talk)
    row.save()


def _next_number(by: Seat) -> int:
    """One more than any change of this couple's so far."""
    last = Agreement.objects.for_seat(by).aggregate(last=Max("revision"))["last"]
    return (last or 0) + 1


def _place_of(seat: Seat) -> Place:
    if seat.place is None:
        raise NotThere
    return seat.place
