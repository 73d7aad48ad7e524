"""What the other of the two sees of mine: read from their seat, by what their own pages ask.

Nothing here decides what is open. It calls the queries of the partner's pages with the partner's
seat, and leaves in what came from me. Meanwhile `onlooking` lets nothing open but what is open to
both, so that no draft, answer or look back of theirs can be read, whatever is asked. Queries that
would ask for such a row are not called: a page must not ask other things because the other has one.
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from django.conf import settings

from interwoven.apps.agreements import queries as things
from interwoven.apps.agreements.pages import Finished
from interwoven.apps.checkins import queries as checkins
from interwoven.apps.checkins.maps import shared_maps
from interwoven.apps.checkins.pages import Answers, MapLine, MapPage
from interwoven.apps.checkins.settling import proposal_words
from interwoven.apps.checkins.words import PART_NAMES
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.pages import Us
from interwoven.apps.keeping.pages import (
    SeenAnswer,
    SeenEarlier,
    SeenLine,
    SeenThing,
    SeenWeek,
    TheySeePage,
)
from interwoven.core.people import Place, Seat
from interwoven.infra import handlings
from interwoven.infra.crypto.rows import onlooking

ON_A_PAGE = 4  # weeks


def what_they_see(*, seat: Seat, before: date | None, now: datetime) -> TheySeePage:
    """What my partner would get of mine now. Raises `NotThere` for a person without one.

    Whether they have left is not to be found out here either: then it is what their place would.
    """
    here = checkins.in_the_room(seat=seat, now=now)  # both see that both are in, or neither does
    theirs = couples.place_across(seat=seat)
    with onlooking(seat.person):
        us = couples.us(seat=theirs)
        maps = shared_maps(seat=theirs, before=before, most=ON_A_PAGE + 1)
        weeks = tuple(_week(found, us.place.other) for found in maps[:ON_A_PAGE])
        return TheySeePage(
            partner=us.me.name,
            place=us.place.other,
            me=us.partner,
            both_in_the_room=here.both,
            proposed=_proposed(us),
            thing=_thing(theirs),
            earlier=_earlier(theirs),
            weeks=weeks,
            older=weeks[-1].week if len(maps) > ON_A_PAGE else None,
            newest=before is None,
            handled=handlings.latest(Path(settings.DATA_DIR)),
        )


def _proposed(us: Us) -> str:
    proposal = us.settled.proposed
    return proposal_words(us) if proposal and proposal.by is us.place.other else ""


def _thing(theirs: Seat) -> SeenThing | None:
    shared = things.shared(seat=theirs)
    if shared is None:
        return None
    mine = _other(theirs)
    said = next(column.said for column in shared.columns if column.place is mine)
    proposed = shared.proposed if shared.proposed_by is mine else None
    return SeenThing(shared.strand, said, shared.agreed, proposed)


def _earlier(theirs: Seat) -> tuple[SeenEarlier, ...]:
    """How it went for me, of every one thing that both looked back at."""
    mine = list(Place).index(_other(theirs))  # as `how` has them, in the order of their places
    found: list[Finished] = []
    number = 1
    while number:
        page = things.earlier(seat=theirs, number=str(number))
        found += page.finished
        number = page.older or 0
    return tuple(SeenEarlier(one.strand, one.what, one.day, one.how[mine][1]) for one in found)


def _week(found: MapPage, mine: Place) -> SeenWeek:
    wish = next((side for side in found.wishes if side.place is mine), None)
    at_theirs = next((side for side in found.wishes if side.place is not mine), None)
    return SeenWeek(
        week=found.week,
        lines=tuple(_line(line, mine) for line in found.lines),
        wish=wish.wish if wish else "",
        guess=at_theirs.guess if at_theirs else "",
        step=next((side.step for side in found.steps if side.place is mine), ""),
        answers=_answers(found),
    )


def _line(line: MapLine, mine: Place) -> SeenLine:
    one, other = line.sides
    me, them = (one, other) if one.place is mine else (other, one)
    return SeenLine(line.dye, line.name, me.name, me.felt, me.hoped, me.hope, guessed=them.guessed)


def _answers(found: MapPage) -> tuple[SeenAnswer, ...]:
    """What I answered: on their page it is what the other said."""
    every: list[Answers | None] = [line.answers for line in found.lines]
    every += [found.wish_answers, found.step_answers]
    return tuple(
        SeenAnswer(PART_NAMES[one.part], one.theirs) for one in every if one and one.theirs
    )


def _other(seat: Seat) -> Place:
    return (seat.place or Place.A).other
