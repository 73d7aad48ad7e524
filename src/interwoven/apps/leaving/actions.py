"""Going: out of a couple, or altogether. One transaction each, and nobody else is asked or told."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from interwoven.apps.couples import actions as couples
from interwoven.apps.couples.locks import lock_couple, lock_people
from interwoven.apps.leaving.traces import erase_rows
from interwoven.core.people import Seat
from interwoven.infra import ledger, sessions
from interwoven.infra.actions import action
from interwoven.infra.errors import NotNow
from interwoven.infra.logs import going_on


@action("person.left", paired=True)
def leave(*, by: Seat, session: SessionBase, now: datetime) -> None:
    """Leave the couple at once: its room, what was still to open, and every other browser."""
    couples.leave(by=by, now=now)
    sessions.end_others(session)
    transaction.on_commit(lambda: _note(by))  # before it is certain it means nothing


def _note(by: Seat) -> None:
    """Should this fail, it is written down within the hour: see `lasting`."""
    with going_on("Somebody left, and the ledger does not say so yet"):
        ledger.note(ledger.mark_of_parting(by.person, by.table))


@action("person.left", paired=True)
def leave_again(*, by: Seat, now: datetime) -> None:
    """Leave a couple that a backup brought back."""
    couples.leave(by=by, now=now)


@action("person.erased")
def erase(*, by: Seat, now: datetime) -> None:
    """Take out every row that is this person's alone. `erasing.erase` is the whole of it."""
    lock_people(by.person)
    if by.paired:
        lock_couple(by)  # before any row of theirs, as whatever opens them does
    erase_rows(by.person)  # first: after a restore there may be no key left to read them by
    if by.paired:
        with suppress(NotNow):  # left in another window, this very moment
            couples.leave(by=by, now=now)
        erase_rows(by.person)  # and what leaving has put down for them
