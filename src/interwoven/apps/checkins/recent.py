"""What Today says of check-ins: the weave, a line the other opened, and where one's own week is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from interwoven.apps.checkins.kept import Kept
from interwoven.apps.checkins.maps import A_WEEK, Given, acts_of, given_to
from interwoven.apps.checkins.models import Opening
from interwoven.apps.checkins.opened import Opened
from interwoven.apps.checkins.pages import Answers, Recent
from interwoven.apps.checkins.queries import own
from interwoven.apps.checkins.words import about_words, evening_words
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.pages import Us
from interwoven.core.forms import Form
from interwoven.core.opening import Part, Sheet
from interwoven.core.people import Place, Seat
from interwoven.infra.crypto.rows import read
from interwoven.web.weave import MOST, WovenWeek

A_MOMENT = timedelta(seconds=1)


def recent(*, seat: Seat, us: Us | None, now: datetime) -> Recent:
    """What Today says. Three statements for two people, one for one."""
    evening = couples.evening_of(us)
    week = evening.week_of(now)
    row = own(seat=seat, week=week)
    kept = read(row, Kept, seat=seat) if row else None
    latest = list(Opening.objects.for_seat(seat).order_by("-week")[:MOST]) if us else []
    values = [read(found, Opened, seat=seat) for found in latest]
    fresh = bool(latest) and latest[0].week >= week - A_WEEK
    part, line, about = _line_to_show(values[0].of(_other(seat))) if fresh else (None, "", "")
    given = given_to(latest[0], seat, part) if part else {}
    return Recent(
        woven=_woven(latest, values),
        answered=bool(kept and kept.sheet.answered()),
        decided=bool(kept and kept.decided),
        closed=bool(row and row.opened),
        opened=latest[0].pk if fresh else None,
        opened_on=latest[0].week if fresh else None,
        line=line,
        line_about=about,
        answers=_answers(given, part, seat, us.partner.name) if us and part else None,
        opens_on=week if us else None,
        evening=evening_words(evening),
        nothing_tonight=_nothing_tonight(us, latest, now),
    )


def _nothing_tonight(us: Us | None, latest: Sequence[Opening], now: datetime) -> bool:
    """Whether our evening came within the last day and nothing opened."""
    if us is None or us.came_at is None:
        return False
    ended = us.settled.evening.week_of(us.came_at - A_MOMENT)
    opened = bool(latest) and latest[0].week >= ended
    return not opened and us.came_at <= now < us.came_at + timedelta(hours=18)


def _woven(latest: Sequence[Opening], values: Sequence[Opened]) -> tuple[WovenWeek | None, ...]:
    """The last weeks in their order, and nothing for a week in which nothing opened."""
    if not latest:
        return ()
    by_week = {found.week: value for found, value in zip(latest, values, strict=True)}
    names: list[Opened | None] = []
    name = latest[0].week
    while name >= latest[-1].week and len(names) < MOST:
        near = next((day for day in _days_of(name) if day in by_week), None)
        names.append(by_week[near] if near else None)
        name -= A_WEEK
    return tuple(_felt(value) if value else None for value in reversed(names))


def _days_of(week: date) -> Iterable[date]:
    """The days a week may be named by: its evening may have been moved."""
    return (week - timedelta(days=n) for n in range(7))


def _felt(value: Opened) -> WovenWeek:
    def of(sheet: Sheet) -> tuple[int | None, int | None, int | None, int | None]:
        felt = [sheet.ratings[f].felt if f in sheet.ratings else None for f in Form]
        return felt[0], felt[1], felt[2], felt[3]

    return WovenWeek(of(value.a), of(value.b))


def _line_to_show(sheet: Sheet) -> tuple[Part | None, str, str]:
    """A line in the other's own words, if one opened; else the act they wished for."""
    if sheet.step:
        return Part.STEP, sheet.step, "One small step"
    acts = acts_of(sheet)
    if sheet.wish in acts:
        return Part.WISH, acts[sheet.wish].mine, "What would feel close"
    return None, "", ""


def _answers(given: Given, part: Part, seat: Seat, partner: str) -> Answers:
    mine = given.get((part, seat.person))
    theirs = [said for (about, by), said in given.items() if about == part and by != seat.person]
    said = theirs[0] if theirs else None
    return Answers(
        part, about_words(partner, part), partner, mine, said, draft=mine.words if mine else ""
    )


def _other(seat: Seat) -> Place:
    return (seat.place or Place.A).other
