"""Puts together what somebody takes along, from rows that open to their own seat and no others.

Of a couple they have left: what had opened or was finished by then, under the names of then.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from interwoven.apps.accounts import queries as people
from interwoven.apps.accounts.pages import Called
from interwoven.apps.agreements.models import Agreement, AgreementState, LookBack
from interwoven.apps.checkins.kept import Kept
from interwoven.apps.checkins.maps import acts_of
from interwoven.apps.checkins.models import CheckIn, Opening
from interwoven.apps.checkins.models import Response as ResponseRow
from interwoven.apps.checkins.opened import Opened
from interwoven.apps.couples import queries as couples
from interwoven.apps.keeping import document as written
from interwoven.apps.keeping.document import Who
from interwoven.core import agreement as talks
from interwoven.core.opening import Part, Sheet
from interwoven.core.people import Place, Seat
from interwoven.core.responding import Response
from interwoven.infra.crypto.rows import read

STATES = {
    AgreementState.TALKING: "talking",
    AgreementState.AGREED: "agreed",
    AgreementState.CLOSED: "finished",
    AgreementState.PUT_AWAY: "put_away",
}


@dataclass(frozen=True, slots=True)
class Table:
    """A seat somebody holds, or held, and whom they sit or sat across."""

    seat: Seat
    across: written.Person
    left: bool

    @property
    def place(self) -> Place:
        return self.seat.place or Place.A


def gather(*, seat: Seat, address: str, now: datetime) -> written.Document:
    us = couples.us_if_paired(seat=seat)
    tables = tuple(_tables(seat))
    return written.Document(
        format=written.FORMAT,
        version=written.VERSION,
        made_on=now.date().isoformat(),
        me=_person(people.called(seat=seat)),
        address=address,
        yes=tuple(_every_yes(seat)),
        partner=_person(us.partner) if us else None,
        weeks=tuple(_weeks(seat)),
        opened=tuple(week for table in tables for week in _opened(table)),
        things=tuple(thing for table in tables for thing in _things(table)),
        looks_back=tuple(_looks_back(seat, tables)),
    )


def _tables(seat: Seat) -> Iterator[Table]:
    """Those that were left, in their order, and the one somebody sits at now."""
    for parted in couples.parted(seat=seat):
        yield Table(parted.seat, _person(parted.pair.partner), left=True)
    if us := couples.us_if_paired(seat=seat):
        yield Table(seat, _person(us.partner), left=False)


def _person(called: Called) -> written.Person:
    return written.Person(called.name, called.pronouns)


def _every_yes(seat: Seat) -> Iterator[written.Yes]:
    for yes in people.every_yes(seat=seat):
        back = yes.withdrawn_on.isoformat() if yes.withdrawn_on else None
        yield written.Yes(yes.kind, yes.given_on.isoformat(), back)


def _weeks(seat: Seat) -> Iterator[written.Week]:
    for row in CheckIn.objects.filter(author_id=seat.person).order_by("week"):
        kept = read(row, Kept, seat=seat)
        yield written.Week(
            week=row.week.isoformat(),
            answers=_answers(kept.sheet),
            chosen=tuple(part for part in Part if part in kept.parts),
            decided=kept.decided,
            opened=row.opened,
        )


def _opened(table: Table) -> Iterator[written.Opened]:
    said: dict[object, list[written.Said]] = {}
    until = {"epoch__lte": table.seat.epoch}  # nothing from after this seat was left
    answers = ResponseRow.objects.filter(couple_id=table.seat.table, **until)
    for row in answers.order_by("part", "author_id"):
        said.setdefault(row.opening_id, []).append(_said(row, table.seat))
    for opening in Opening.objects.for_seat(table.seat).filter(**until).order_by("week"):
        opened = read(opening, Opened, seat=table.seat)
        yield written.Opened(
            week=opening.week.isoformat(),
            partner=table.across,
            mine=_answers(opened.of(table.place)),
            theirs=_answers(opened.of(table.place.other)),
            said=tuple(said.get(opening.pk, ())),
        )


def _said(row: ResponseRow, seat: Seat) -> written.Said:
    response = read(row, Response, seat=seat)
    by = Who.ME if row.author_id == seat.person else Who.THEM
    return written.Said(by, Part(row.part), response.reply or "", response.words)


def _answers(sheet: Sheet) -> written.Answers:
    acts = acts_of(sheet)
    return written.Answers(
        marks={form: written.Marks(one.felt, one.hoped) for form, one in sheet.ratings.items()},
        acts=sheet.acts,
        wish=sheet.wish,
        wish_words=acts[sheet.wish].mine if sheet.wish in acts else "",
        guess=sheet.guess,
        guess_words=acts[sheet.guess].theirs if sheet.guess in acts else "",
        amounts=dict(sheet.amounts),
        step=sheet.step,
    )


def _things(table: Table) -> Iterator[written.Thing]:
    rows = Agreement.objects.for_seat(table.seat).order_by("revision")
    for row in rows.filter(state=AgreementState.CLOSED) if table.left else rows:
        talk = read(row, talks.Talk, seat=table.seat)
        if row.state == AgreementState.PUT_AWAY:
            talk = _own_words(talk, table.place)
        yield _thing(talk, STATES[AgreementState(row.state)], table)


def _own_words(talk: talks.Talk, place: Place) -> talks.Talk:
    """What one of the two said and proposed, without what the other did."""
    said = {place: talk.words_of(place)}
    if talk.proposed_by is place:
        return talks.Talk(talk.strand, said=said, act=talk.act, proposed_by=place)
    return talks.Talk(talk.strand, said=said)


def _thing(talk: talks.Talk, state: str, table: Table) -> written.Thing:
    place = table.place
    proposed = talk.act if talk.act != talk.stands else None
    by = _who(talk.proposed_by, place) if proposed and talk.proposed_by else None
    return written.Thing(
        state=state,
        partner=table.across,
        strand=talk.strand,
        mine=_words(talk, place),
        theirs=_words(talk, place.other),
        agreed=_act(talk.stands, place) if talk.stands else None,
        proposed=_act(proposed, place) if proposed else None,
        proposed_by=by,
        my_outcome=talk.outcomes.get(place),
        their_outcome=talk.outcomes.get(place.other),
    )


def _words(talk: talks.Talk, place: Place) -> written.Words:
    said = talk.words_of(place)
    return written.Words(said.works, said.wish)


def _act(act: talks.Act, place: Place) -> written.Act:
    both = act.whose is talks.Whose.BOTH
    whose = Who.BOTH if both else _who(Place(act.whose.value), place)
    return written.Act(act.what, whose, act.day.isoformat(), act.minutes)


def _who(named: Place, me: Place) -> Who:
    return Who.ME if named is me else Who.THEM


def _looks_back(seat: Seat, tables: tuple[Table, ...]) -> Iterator[written.LookBack]:
    """One's own, with what they are about where that is in the file as well."""
    rows = LookBack.objects.filter(author_id=seat.person).select_related("agreement")
    for row in rows.order_by("agreement__revision", "pk"):
        own = read(row, talks.Review, seat=seat)
        yield written.LookBack(
            about=_about(row.agreement, tables),
            outcome=own.outcome,
            understood=own.pulse.understood,
            accepted=own.pulse.accepted,
            cared_about=own.pulse.cared_about,
        )


def _about(row: Agreement, tables: tuple[Table, ...]) -> str:
    table = next((one for one in tables if one.seat.couple == row.couple_id), None)
    may_change = row.state != AgreementState.CLOSED
    if table is None or row.state == AgreementState.PUT_AWAY or (table.left and may_change):
        return ""
    talk = read(row, talks.Talk, seat=table.seat)
    return talk.stands.what if talk.stands else ""
