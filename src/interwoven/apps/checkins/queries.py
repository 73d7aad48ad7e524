"""Reading one's own check-in, the choice about it, the shared room, and the evening."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime

from interwoven.apps.accounts import queries as people
from interwoven.apps.checkins import forms
from interwoven.apps.checkins.fields import Typed, act_options, form_fields, labels, said
from interwoven.apps.checkins.kept import Kept, Week, week_named
from interwoven.apps.checkins.models import Arrival, CheckIn, Opening
from interwoven.apps.checkins.pages import (
    CheckInPage,
    ChoosePage,
    ClosedPage,
    Difference,
    InTheRoom,
    PartChoice,
    RoomPage,
)
from interwoven.apps.checkins.words import PART_NAMES, evening_words
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.pages import Us
from interwoven.core.consent import ConsentKind, forms_allowed
from interwoven.core.opening import Part, Sheet, parts_in_view
from interwoven.core.people import Seat
from interwoven.infra import drafts
from interwoven.infra.crypto.rows import read
from interwoven.infra.errors import NotThere
from interwoven.infra.library import library
from interwoven.web.pages import Option

DRAFT = "checkin"
ROOM = "room"


def this_week(*, seat: Seat, now: datetime) -> Week:
    """The week this person answers for."""
    return _week(couples.us_if_paired(seat=seat), now)


def checkin_page(*, seat: Seat, reread: bool, now: datetime) -> CheckInPage | ClosedPage:
    """The form of this week, as its author left it, with whatever came back to be mended.

    Where they may not reread it, the form is empty, but for what was typed into an empty one.
    """
    us = couples.us_if_paired(seat=seat)
    consents = people.consents(seat=seat)
    week, partner = _week(us, now), us.partner.name if us else ""
    row = own(seat=seat, week=week.name)
    if row is not None and row.opened:
        return ClosedPage(opened=True, partner=partner, next_evening=week.name)
    if ConsentKind.ADULT not in consents:
        return ClosedPage(opened=False, partner=partner)
    kept = read(row, Kept, seat=seat) if row else Kept()
    draft = drafts.take(seat=seat, form=DRAFT, now=now)
    revision = row.revision if row else 0
    if reread:
        return _checkin(us, week, kept, draft, revision, consents)
    typed = draft if forms.blind(draft.values) else drafts.NOTHING
    blank = _checkin(us, week, Kept(), typed, revision, consents)
    return replace(blank, blind=True, unseen=row is not None or typed != draft, differences=())


def _checkin(
    us: Us | None,
    week: Week,
    kept: Kept,
    draft: drafts.Draft,
    revision: int,
    consents: frozenset[ConsentKind],
) -> CheckInPage:
    weekly, shown = library().weekly, forms_allowed(consents)
    typed = Typed(draft.values or forms.values_of(kept.sheet), draft.errors)
    every = tuple(form_fields(weekly, shown, typed, amounts=bool(us) and week.monthly))
    first = tuple(line for line in every if week.strand in (None, line.form))
    return CheckInPage(
        title=weekly.title,
        lead=weekly.lead,
        partner=us.partner.name if us else "",
        first=first or every,
        folded=tuple(line for line in every if line not in first) if first else (),
        beliefs_unasked=ConsentKind.BELIEFS not in consents,
        wish_ask=weekly.wish_ask,
        wishes=act_options(week.acts, mine=True),
        wish=typed.field("wish"),
        guess_ask=weekly.guess_ask,
        guesses=act_options(week.acts, mine=False) if us else (),
        guess=typed.field("guess"),
        amount_ask=weekly.amount_ask,
        step_ask=weekly.step_ask,
        step=typed.field("step") if week.monthly else None,
        week=week.name,
        revision=revision,
        notice=draft.errors.get(forms.OVER, draft.errors.get(forms.ELSEWHERE, "")),
        wrong=bool(draft.errors),
        differences=tuple(_differences(kept.sheet, draft, week)),
    )


def choose_page(*, seat: Seat, now: datetime) -> ChoosePage:
    """What may happen with this week's answers. Raises `NotThere` before there are any."""
    us = couples.us_if_paired(seat=seat)
    week = _week(us, now)
    row = own(seat=seat, week=week.name)
    if row is None or row.opened:
        raise NotThere
    kept = read(row, Kept, seat=seat)
    view = parts_in_view(week.strand)
    answered = [part for part in Part if part in kept.sheet.answered() & view]
    name = us.partner.name if us else ""
    return ChoosePage(
        partner=name,
        evening=evening_words(couples.evening_of(us)),
        opens_on=week.name,
        strand=week.strand or "",
        choices=_choices(name, week),
        parts=tuple(
            PartChoice(part, PART_NAMES[part], chosen=part in kept.parts) for part in answered
        ),
        decided=kept.decided,
        kept_all=not kept.parts,
    )


def _choices(partner: str, week: Week) -> tuple[Option, ...]:
    return (
        Option("open", f"Open with {partner}", "What you both look at" if week.strand else "All"),
        Option("parts", "Choose parts", "One by one"),
        Option("keep", "Keep mine", "Only for you"),
    )


def room_page(*, seat: Seat, now: datetime) -> RoomPage:
    """The room for opening together. Nothing of the other shows until both came in."""
    us = couples.us(seat=seat)
    week = _week(us, now)
    opening = Opening.objects.for_seat(seat).filter(week=week.name).only("id", "week").first()
    return RoomPage(
        partner=us.partner.name,
        here=in_the_room(seat=seat, now=now),
        opened_this_week=opening is not None,
        opens_on=week.name,
        evening=evening_words(us.settled.evening),
        strand=week.strand or "",
        error=drafts.take(seat=seat, form=ROOM, now=now).errors.get("password", ""),
    )


def in_the_room(*, seat: Seat, now: datetime) -> InTheRoom:
    """Whether I am in it, and whether both are: that shows to somebody who is in."""
    arrivals = Arrival.objects.there(seat, now)
    here = dict(arrivals.values_list("person_id", "over"))
    me = here.get(seat.person) is False
    both = me and list(here.values()).count(False) > 1
    return InTheRoom(me, both, over=here.get(seat.person, False))


def own(*, seat: Seat, week: date) -> CheckIn | None:
    """This person's row for a week. One statement, whatever is in it."""
    return CheckIn.objects.filter(author_id=seat.person, week=week).first()


def _week(us: Us | None, now: datetime) -> Week:
    return week_named(couples.evening_of(us).week_of(now), us.settled.strand if us else "")


def _differences(kept: Sheet, draft: drafts.Draft, week: Week) -> Iterator[Difference]:
    """What this window says otherwise than what is kept, if another window changed it."""
    if forms.ELSEWHERE not in draft.errors:
        return
    now_kept = forms.values_of(kept)
    for name, label in labels(library().weekly):
        one, other = now_kept.get(name, ""), draft.values.get(name, "")
        if said(one, week.acts) != said(other, week.acts):
            yield Difference(label, said(one, week.acts), said(other, week.acts))
