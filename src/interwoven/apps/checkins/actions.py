"""Every way check-ins change: keeping, choosing, opening, and answering what was opened."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from uuid import UUID

from interwoven.apps.accounts import queries as people
from interwoven.apps.checkins.kept import Kept
from interwoven.apps.checkins.models import STAYS, Arrival, CheckIn, Opening
from interwoven.apps.checkins.models import Response as ResponseRow
from interwoven.apps.checkins.opened import Opened, answerable
from interwoven.apps.couples import actions as couples
from interwoven.apps.couples.locks import lock_people
from interwoven.apps.couples.models import Couple
from interwoven.apps.couples.pages import Settled
from interwoven.apps.couples.table import rows_at, seat_at
from interwoven.apps.couples.waking import wake_partner
from interwoven.core.consent import ConsentKind, forms_allowed
from interwoven.core.forms import Form
from interwoven.core.opening import FORM_PARTS, Chosen, Part, Sheet, opens, parts_in_view
from interwoven.core.people import Place, Seat
from interwoven.core.responding import Response
from interwoven.infra.actions import action
from interwoven.infra.crypto.keys import KeyClass, Subject, fetched
from interwoven.infra.crypto.rows import read, unseal_with
from interwoven.infra.errors import NotNow, NotThere
from interwoven.infra.live import wake

A_MOMENT = timedelta(seconds=1)
A_WEEK = timedelta(days=7)
NOBODY = UUID(int=0)  # no person has this id; the machine itself acts under it


class ChangedElsewhere(Exception):
    """Another window kept something else meanwhile. Both are kept, and shown to their author."""


class NoConsent(Exception):
    """Nothing may be kept for this person: they have not said yes to it, or took it back."""


@action("checkin.kept")
def keep(
    *,
    by: Seat,
    week: date,
    sheet: Sheet,
    revision: int,
    window: str,
    now: datetime,
    blind: bool = False,
) -> None:
    """Keep one person's answers for a week; the window they come from may go on changing them.

    Answers given blind, without seeing what is kept, are laid over it. What this person has not
    agreed to be asked about is left out. Raises `ChangedElsewhere`, `NoConsent`, or `NotNow` once
    the week has opened.
    """
    consents = people.consents(seat=by)
    if ConsentKind.ADULT not in consents:
        raise NoConsent
    sheet = sheet.only(forms_allowed(consents))
    lock_people(by.person)  # two windows may be keeping the first answers of a week at once
    row = _mine(by, week)
    if row is None:
        _refuse_another_week(by, week, now)
        row = CheckIn(author_id=by.person, week=week, revision=0)
    elif row.opened:
        raise NotNow
    before = read(row, Kept, seat=by) if row.revision else Kept()
    if blind:
        sheet = sheet.over(before.sheet)
    elif row.revision > revision and before.window != window and before.sheet != sheet:
        raise ChangedElsewhere
    row.revision += 1
    row.put(Kept(sheet, before.parts, before.decided, window))
    row.save()


@action("checkin.chosen")
def choose(*, by: Seat, week: date, parts: frozenset[Part], now: datetime) -> None:
    """Decide what to open of this week: some parts, or none. Until it opens it can be changed."""
    row = _mine(by, week)
    if row is None:
        raise NotThere
    if row.opened:
        raise NotNow
    before = read(row, Kept, seat=by)
    row.revision += 1
    row.put(Kept(before.sheet, parts, decided=True, window=before.window))
    row.save()


@action("evening.came", paired=True)
def open_evening(*, by: Seat, now: datetime) -> None:
    """Our evening has come: open what both chose, and set the next one. Safe to run twice.

    The machine itself acts, for the couple. Whatever opens or not, it does the same work.
    """
    couple = _lock(by)
    if couple.opens_at > now:
        return
    settled = read(couple, Settled, seat=by)
    week = settled.evening.week_of(couple.opens_at - A_MOMENT)
    _open(by, couple, settled, week)
    couple.came_at, couple.opens_at = couple.opens_at, settled.evening.next_after(couple.opens_at)
    couple.save(update_fields=["came_at", "opens_at"])


@action("room.entered", paired=True)
def come_in(*, by: Seat, now: datetime) -> None:
    """Come into the shared room. Whoever is in it sees so; whoever is not is told nothing."""
    before = _in_the_room(by, now)
    here = Arrival(person_id=by.person, couple_id=by.table, until=now + STAYS)
    Arrival.objects.bulk_create(  # one statement, whether or not they were here before
        [here],
        update_conflicts=True,
        unique_fields=["person"],
        update_fields=["couple", "until", "over"],
    )
    if by.person not in before:
        _wake_all(before)


@action("room.left", paired=True)
def leave_room(*, by: Seat, now: datetime) -> None:
    before = _in_the_room(by, now)
    if by.person in before:
        _wake_all(before - {by.person})
    Arrival.objects.filter(person_id=by.person).delete()


@action("room.opened", paired=True)
def open_now(*, by: Seat, now: datetime) -> bool:
    """Open together, now: both are in the room. Says whether anything opened. Raises `NotNow`."""
    couple = _lock(by)
    here = Arrival.objects.there(by, now).filter(over=False)
    if here.update(over=True) != len(Place):  # one row a person; undone if it was not both
        raise NotNow  # to try again, both come in again: nobody is asked part by part
    settled = read(couple, Settled, seat=by)
    opened = _open(by, couple, settled, settled.evening.week_of(now))
    _wake_all(_authors(_both(by)))
    return opened


@action("room.slipped_out")
def slip_out(*, by: Seat, now: datetime) -> None:
    """Be out of the room, on leaving altogether. Whoever is still in it is not woken."""
    Arrival.objects.filter(person_id=by.person).delete()


@action("choices.forgotten")
def forget_choices(*, by: Seat, now: datetime) -> None:
    """Keep whatever was to open and has not: it was chosen for somebody who is gone."""
    waiting = CheckIn.objects.filter(
        author_id=by.person, opened=False, week__gte=now.date() - A_WEEK
    )
    for row in waiting.select_for_update():
        before = read(row, Kept, seat=by)
        row.revision += 1
        row.put(Kept(before.sheet, window=before.window))
        row.save()


@action("line.answered", paired=True)
def respond(*, by: Seat, opening_id: UUID, part: Part, response: Response, now: datetime) -> None:
    """Answer a line that the other opened. A later answer replaces an earlier one.

    The other is woken; whoever answers is shown the line again by having answered.
    """
    opening = Opening.objects.for_seat(by).filter(pk=opening_id).first()
    if opening is None or by.place is None:
        raise NotThere
    if part not in answerable(read(opening, Opened, seat=by).of(by.place.other)):
        raise NotThere
    lock_people(by.person)
    row = ResponseRow.objects.filter(opening=opening, part=part, author_id=by.person).first()
    row = row or ResponseRow(
        couple_id=opening.couple_id,
        opening=opening,
        part=part,
        author_id=by.person,
        epoch=by.epoch,
        revision=0,
    )
    if row.revision and read(row, Response, seat=by) == response:
        return
    row.revision, row.epoch = row.revision + 1, by.epoch
    row.put(response)
    row.save()
    wake_partner(by)


@action("answer.taken_back", paired=True)
def take_response_back(*, by: Seat, opening_id: UUID, part: Part, now: datetime) -> None:
    """Have answered nothing to a line. What was there is gone for both."""
    theirs = ResponseRow.objects.filter(opening__in=Opening.objects.for_seat(by), part=part)
    taken, _ = theirs.filter(opening_id=opening_id, author_id=by.person).delete()
    if taken:
        wake_partner(by)


@action("evening.agreed", paired=True)
def agree_to_settling(*, by: Seat, seen: int, now: datetime) -> None:
    """Take the evening the other proposed. What either wrote for this week moves along with it."""
    authors = _authors(_both(by))
    lock_people(*authors)  # whoever keeps a week meanwhile finds out which one it is by then
    open_evening(by=by, now=now)  # if it is due, it is due at the hour they had until now
    old, new = couples.agree_to_settling(by=by, seen=seen, now=now)
    was, becomes = old.week_of(now), new.week_of(now)
    taken = CheckIn.objects.filter(author_id__in=authors, week=becomes).values("author_id")
    moving = CheckIn.objects.filter(author_id__in=authors, week=was, opened=False)
    moving.exclude(author_id__in=taken).update(week=becomes)


def _mine(seat: Seat, week: date) -> CheckIn | None:
    return CheckIn.objects.select_for_update().filter(author_id=seat.person, week=week).first()


def _refuse_another_week(by: Seat, week: date, now: datetime) -> None:
    """Another evening may have been agreed to since somebody read which week it is."""
    couple = Couple.objects.filter(pk=by.couple).first() if by.couple else None
    if couple and read(couple, Settled, seat=by).evening.week_of(now) != week:
        raise NotNow


def _lock(by: Seat) -> Couple:
    """The couple's row, held until the end of the transaction: whatever opens, opens once."""
    if by.couple is None:
        raise NotThere
    return Couple.objects.select_for_update().get(pk=by.couple)


def _both(by: Seat) -> tuple[Seat, Seat]:
    """The seats in the order of their places. Whoever has left has a chair of their own."""
    rows = rows_at(by)
    current = [row for row in rows if row.ended_on is None]
    a, b = (seat_at(current, row.person_id) for row in sorted(rows, key=attrgetter("place")))
    return a, b


def _authors(seats: Iterable[Seat]) -> list[UUID]:
    """Whose sheets this couple may touch: for whoever has left, nobody's, in as many words."""
    return [seat.person if seat.paired else NOBODY for seat in seats]


def _open(by: Seat, couple: Couple, settled: Settled, week: date) -> bool:
    """Open this week for both, once. Until something opens, the same statements run for anything
    that either has written or not."""
    seats = _both(by)
    rows = CheckIn.objects.select_for_update().filter(author_id__in=_authors(seats), week=week)
    written = {row.author_id: row for row in rows}
    view = parts_in_view(Form(settled.strand) if settled.strand else None)
    a, b = opens(*_offered(seats, written, view))
    already = Opening.objects.filter(couple=couple, week=week).exists()
    if already or not a.answered():
        return already
    opening = Opening(couple=couple, week=week, epoch=couple.key_epoch)
    opening.put(Opened(a, b))
    opening.save(force_insert=True)
    CheckIn.objects.filter(pk__in=[row.pk for row in written.values()]).update(opened=True)
    _wake_all(_authors(seats))
    return True


def _offered(
    seats: Sequence[Seat], written: Mapping[UUID, CheckIn], view: frozenset[Part]
) -> list[Chosen]:
    """What each chose to open, as far as they still agree to being asked about it.

    Whoever wrote nothing is read like everybody else, from a row that is never saved: nobody who
    opens can tell by the work that is done what the other has or lately read.
    """
    keys = fetched(*(Subject(seat.person, KeyClass.PRIVATE) for seat in seats))
    offered = []
    for seat, key, said_yes in zip(seats, keys, people.consents_of(seats=seats), strict=True):
        unwritten = CheckIn(author_id=seat.person)
        unwritten.put(Kept(), key)
        kept = unseal_with(key, written.get(seat.person, unwritten), Kept)
        asked = forms_allowed(said_yes)
        unasked = {part for part, form in FORM_PARTS.items() if form not in asked}
        offered.append(kept.offered(view - unasked))
    return offered


def _in_the_room(by: Seat, now: datetime) -> set[UUID]:
    here = Arrival.objects.there(by, now).filter(over=False)
    return set(here.values_list("person_id", flat=True))


def _wake_all(people: Iterable[UUID]) -> None:
    for person in people:
        wake(person)
