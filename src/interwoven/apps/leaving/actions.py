"""Going: out of a couple, or altogether. One transaction each, and nobody else is asked or told."""

from __future__ import annotations

from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from interwoven.apps.couples import actions as couples
from interwoven.apps.leaving.traces import erase_rows
from interwoven.core.people import Seat
from interwoven.infra import sessions
from interwoven.infra.actions import action


@action("person.left", paired=True)
def leave(*, by: Seat, session: SessionBase, now: datetime) -> None:
    """Leave the couple at once: its room, what was still to open, and every other browser."""
    couples.leave(by=by, now=now)
    sessions.end_others(session)


@action("person.erased")
def erase(*, by: Seat, now: datetime) -> None:
    """Take out every row that is this person's alone. `erasing.erase` is the whole of it."""
    erase_rows(by.person)  # first: after a restore there may be no key left to read them by
    if by.paired:
        couples.leave(by=by, now=now)
        erase_rows(by.person)  # and what leaving has put down for them
