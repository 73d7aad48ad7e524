"""Bringing one's own weeks back, and ending sessions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from interwoven.apps.accounts import queries as people
from interwoven.apps.checkins.actions import NoConsent
from interwoven.apps.checkins.kept import Kept
from interwoven.apps.checkins.models import CheckIn
from interwoven.apps.couples.locks import lock_people
from interwoven.core.consent import ConsentKind, forms_allowed
from interwoven.core.opening import Sheet
from interwoven.core.people import Seat
from interwoven.infra import sessions
from interwoven.infra.actions import action


class NotEmpty(Exception):
    """This person has answered a week here already, and nothing is written over."""


class BeliefsUnasked(Exception):
    """There are answers about beliefs among them, which need a yes of their own first."""


@action("weeks.brought_back")
def bring_back(
    *, by: Seat, weeks: Mapping[date, Sheet], now: datetime, submission_id: UUID | None = None
) -> None:
    """Keep these weeks for a person who has none. All of them, or none; none of it opens.

    Raises `NotEmpty`, `NoConsent` or `BeliefsUnasked`.
    """
    lock_people(by.person)  # two windows may be bringing something back at once
    consents = people.consents(seat=by)
    if ConsentKind.ADULT not in consents:
        raise NoConsent
    allowed = forms_allowed(consents)
    if any(sheet.only(allowed) != sheet for sheet in weeks.values()):
        raise BeliefsUnasked
    if CheckIn.objects.filter(author_id=by.person).exists():
        raise NotEmpty
    CheckIn.objects.bulk_create([_kept(by, week, sheet) for week, sheet in weeks.items()])


@action("session.ended")
def end_session(*, by: Seat, session: SessionBase, which: str, now: datetime) -> None:
    """Sign out another browser of one's own. Twice is once."""
    sessions.end_other(session, which)


@action("sessions.ended")
def end_other_sessions(*, by: Seat, session: SessionBase, now: datetime) -> None:
    """Sign out everywhere but here."""
    sessions.end_others(session)


def _kept(by: Seat, week: date, sheet: Sheet) -> CheckIn:
    row = CheckIn(author_id=by.person, week=week)
    row.put(Kept(sheet, decided=True))
    return row
