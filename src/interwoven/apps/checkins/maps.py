"""Reading what two people opened, one's own weeks, and what Today says of both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from interwoven.apps.checkins.kept import Kept
from interwoven.apps.checkins.models import CheckIn, Opening
from interwoven.apps.checkins.models import Response as ResponseRow
from interwoven.apps.checkins.opened import Opened
from interwoven.apps.checkins.pages import (
    DYES,
    Answers,
    MapLine,
    MapPage,
    OwnLine,
    OwnPage,
    Side,
    StepSide,
    WeekRow,
    WeeksPage,
    WishSide,
)
from interwoven.apps.checkins.queries import own
from interwoven.apps.checkins.words import FORM_NAMES, about_words, signed
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.pages import Pair
from interwoven.core.acts import Act
from interwoven.core.closeness import hope
from interwoven.core.comparing import FormLine, Mark, WishLine, compare
from interwoven.core.opening import Part, Sheet
from interwoven.core.people import Place, Seat
from interwoven.core.responding import Response
from interwoven.infra import drafts
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotThere
from interwoven.infra.library import library
from interwoven.web.pages import Option

PER_PAGE = 26  # weeks
A_WEEK = timedelta(days=7)
DRAFT = "response"

Given = Mapping[tuple[str, UUID], Response]  # by part and author


def map_page(*, seat: Seat, opening_id: UUID | None, now: datetime) -> MapPage | None:
    """One opening, or the latest; none if nothing has opened yet. Raises `NotThere`."""
    us = couples.us(seat=seat)
    openings = Opening.objects.for_seat(seat)
    row = (
        openings.filter(pk=opening_id).first() if opening_id else openings.order_by("-week").first()
    )
    if row is not None:
        draft = drafts.take(seat=seat, form=DRAFT, now=now)
        return _Reader(us, seat, row, given_to(row, seat), draft).page()
    return earlier_map(seat=seat, opening_id=opening_id) if opening_id else None


def earlier_map(*, seat: Seat, opening_id: UUID) -> MapPage:
    """What opened in a couple this person has left, to read. Raises `NotThere`."""
    for parted in couples.parted(seat=seat):
        row = Opening.objects.for_seat(parted.seat).filter(pk=opening_id).first()
        if row is not None and row.epoch <= parted.seat.epoch:
            given = given_to(row, parted.seat)
            found = _Reader(parted.pair, parted.seat, row, given, drafts.NOTHING).page()
            return replace(found, over=True, talk=())
    raise NotThere


def shared_maps(*, seat: Seat, before: date | None, most: int) -> tuple[MapPage, ...]:
    """What opened to this seat, the newest week first; without what waits to be mended."""
    us = couples.us(seat=seat)
    openings = Opening.objects.for_seat(seat).order_by("-week")
    if before:
        openings = openings.filter(week__lt=before)
    return tuple(
        _Reader(us, seat, row, given_to(row, seat), drafts.NOTHING).page()
        for row in openings[:most]
    )


def own_page(*, seat: Seat, checkin_id: UUID | None, now: datetime) -> OwnPage:
    """One of this person's own weeks, or the week it is. Raises `NotThere` for anyone else's."""
    us = couples.us_if_paired(seat=seat)
    week = couples.evening_of(us).week_of(now)
    if checkin_id is None:
        row = own(seat=seat, week=week)
    else:
        row = CheckIn.objects.filter(author_id=seat.person, pk=checkin_id).first()
        if row is None:
            raise NotThere
    sheet = read(row, Kept, seat=seat).sheet if row else Sheet()
    acts = acts_of(sheet)
    return OwnPage(
        week=row.week if row else week,
        place=seat.place or Place.A,
        name=us.me.name if us else "You",
        lines=tuple(
            OwnLine(form, DYES[form], FORM_NAMES[form], rating.felt, rating.hoped, hope(rating))
            for form, rating in sheet.ratings.items()
        ),
        wish=acts[sheet.wish].mine if sheet.wish in acts else "",
        guess=acts[sheet.guess].theirs if sheet.guess in acts else "",
        step=sheet.step,
        partner=us.partner.name if us else "",
        empty=not sheet.answered(),
    )


def weeks_page(*, seat: Seat, before: date | None) -> WeeksPage:
    """One's own weeks and what opened in them, the newest first."""
    us = couples.us_if_paired(seat=seat)
    mine = CheckIn.objects.filter(author_id=seat.person).order_by("-week")
    if before:
        mine = mine.filter(week__lt=before)
    own_ids = dict(mine.values_list("week", "id")[: PER_PAGE + 1])
    opened = dict(_openings_before(seat, before)) if us else {}
    for parted in couples.parted(seat=seat):
        opened = dict(_openings_before(parted.seat, before)) | opened
    names = sorted({*own_ids, *opened}, reverse=True)
    rows = tuple(WeekRow(name, own_ids.get(name), opened.get(name)) for name in names[:PER_PAGE])
    older = rows[-1].week if len(names) > PER_PAGE else None
    return WeeksPage(partner=us.partner.name if us else "", rows=rows, older=older)


def _openings_before(seat: Seat, before: date | None) -> Iterable[tuple[date, UUID]]:
    openings = Opening.objects.for_seat(seat).filter(epoch__lte=seat.epoch).order_by("-week")
    if before:
        openings = openings.filter(week__lt=before)
    return openings.values_list("week", "id")[: PER_PAGE + 1]


def given_to(row: Opening, seat: Seat, part: Part | None = None) -> Given:
    """What both answered to one opening, or to one part of it."""
    rows = ResponseRow.objects.filter(couple_id=row.couple_id, opening=row)
    rows = rows.filter(epoch__lte=seat.epoch)  # nothing that was said after this seat was left
    rows = rows.filter(part=part) if part else rows
    return {(found.part, found.author_id): read(found, Response, seat=seat) for found in rows}


def acts_of(sheet: Sheet) -> dict[str, Act]:
    found = library().act_sets.get(sheet.acts)
    return {act.id: act for act in found.acts} if found else {}


class _Reader:
    """Puts one opening into the words and marks of a map, for one of its two people."""

    def __init__(
        self, us: Pair, seat: Seat, row: Opening, given: Given, draft: drafts.Draft
    ) -> None:
        self.us, self.seat, self.row, self.given = us, seat, row, given
        self.draft = draft if draft.values.get("opening") == str(row.pk) else drafts.NOTHING
        self.opened = read(row, Opened, seat=seat)
        self.order = (Place.A, Place.B) if row.week.toordinal() // 7 % 2 else (Place.B, Place.A)

    def page(self) -> MapPage:
        found = compare(self.opened.a, self.opened.b)
        return MapPage(
            id=self.row.pk,
            week=self.row.week,
            partner=self.us.partner.name,
            lines=tuple(self._line(line) for line in found.forms),
            wishes=self._wishes(found.wishes) if found.wishes else (),
            wish_answers=self._answers(Part.WISH) if found.wishes else None,
            steps=self._steps(),
            step_answers=self._answers(Part.STEP) if self.opened.a.step else None,
            talk=tuple(Option(line.form, FORM_NAMES[line.form]) for line in found.forms),
            talk_first=found.talk_first or "",
        )

    def _line(self, line: FormLine) -> MapLine:
        marks = {Place.A: line.a, Place.B: line.b}
        first, second = (self._side(place, marks[place]) for place in self.order)
        return MapLine(
            form=line.form,
            dye=DYES[line.form],
            name=FORM_NAMES[line.form],
            sides=(first, second),
            alike=line.alike,
            answers=self._answers(Part(line.form.value)),
        )

    def _side(self, place: Place, mark: Mark) -> Side:
        return Side(
            place=place,
            name=self._name(place),
            felt=mark.rating.felt,
            hoped=mark.rating.hoped,
            hope=mark.hope,
            guesser=self._name(place.other),
            guessed=mark.guessed,
            met=mark.met,
            gap=signed(mark.rating.gap),
        )

    def _wishes(self, line: WishLine) -> tuple[WishSide, ...]:
        sides = []
        for place in self.order:
            sheet, other = self.opened.of(place), self.opened.of(place.other)
            acts = acts_of(sheet)
            guess = acts[other.guess].yours if other.guess in acts else ""
            wish = acts[sheet.wish].mine if sheet.wish in acts else ""
            name, guesser = self._name(place), self._name(place.other)
            sides.append(WishSide(place, name, wish, guesser, guess, met=line.met(place)))
        return tuple(sides)

    def _steps(self) -> tuple[StepSide, ...]:
        if not self.opened.a.step:
            return ()
        return tuple(
            StepSide(place, self._name(place), self.opened.of(place).step) for place in self.order
        )

    def _answers(self, part: Part) -> Answers:
        mine = self.given.get((part, self.seat.person))
        theirs = [
            said
            for (about, author), said in self.given.items()
            if about == part and author != self.seat.person
        ]
        here = self.draft.values.get("part") == part
        return Answers(
            part=part,
            about=about_words(self.us.partner.name, part),
            other=self.us.partner.name,
            mine=mine,
            theirs=theirs[0] if theirs else None,
            draft=self.draft.values["words"] if here else mine.words if mine else "",
            error=self.draft.errors["words"] if here else "",
        )

    def _name(self, place: Place) -> str:
        return self.us.named(place).name
