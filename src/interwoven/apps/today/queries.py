"""Today, put together from what each app says of itself."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from interwoven.apps.accounts import queries as people
from interwoven.apps.agreements import queries as agreements
from interwoven.apps.agreements.pages import Standing
from interwoven.apps.checkins.pages import Recent
from interwoven.apps.checkins.recent import recent
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.models import InvitationState
from interwoven.apps.couples.pages import Us
from interwoven.apps.today.pages import TodayPage
from interwoven.core import today
from interwoven.core.people import Place, Seat
from interwoven.web.weave import draw

AHEAD = 9  # weeks of undyed thread
NOON, EVENING = 12, 18


def today_page(*, seat: Seat, now: datetime) -> TodayPage:
    """Everything on Today: shared things, and this person's own."""
    us = couples.us_if_paired(seat=seat)
    said = recent(seat=seat, us=us, now=now)
    standing = agreements.standing(seat=seat, us=us, now=now) if us else None
    local = now.astimezone(ZoneInfo(couples.evening_of(us).zone))
    return TodayPage(
        day=local.date(),
        part_of_day=_part_of_day(local),
        name=us.me.name if us else people.called(seat=seat).name,
        partner=us.partner.name if us else "",
        place=(us.place.other if us else Place.B).value,
        weave=draw(said.woven, ahead=AHEAD, reader=seat.person),
        due=today.due(_where(seat, us, said, standing, now)),
        recent=said,
        standing=standing,
        two_now=us is not None and us.came_at is None,
        proposed=bool(us and us.settled.proposed and us.settled.proposed.by is not us.place),
    )


def _where(
    seat: Seat, us: Us | None, said: Recent, standing: Standing | None, now: datetime
) -> today.Standing:
    invitation = None if us else couples.current_invitation(seat=seat, now=now)
    state = standing.state if standing else ""
    return today.Standing(
        paired=us is not None,
        to_confirm=invitation is not None and invitation.state == InvitationState.ANSWERED,
        look_back=standing is not None and state == "review" and not standing.my_look_back_given,
        answered=said.answered,
        decided=said.decided,
        closed=said.closed,
        talking=state == "talking",
    )


def _part_of_day(local: datetime) -> str:
    if local.hour < NOON:
        return "morning"
    return "afternoon" if local.hour < EVENING else "evening"
