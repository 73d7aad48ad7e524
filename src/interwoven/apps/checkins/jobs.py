"""Our evening, kept by the clock: loads the couples whose hour has come, and opens for each."""

from __future__ import annotations

import logging
from datetime import datetime

from interwoven.apps.checkins import actions
from interwoven.apps.checkins.actions import NOBODY
from interwoven.apps.checkins.models import Arrival
from interwoven.apps.couples.models import Couple
from interwoven.core.people import Seat

log = logging.getLogger(__name__)


def open_due_evenings(now: datetime) -> None:
    """Run every few seconds; running twice opens nothing twice."""
    due = Couple.objects.filter(opens_at__lte=now, ended_on=None)
    for couple, epoch in due.values_list("id", "key_epoch"):
        try:
            actions.open_evening(by=Seat(NOBODY, couple, epoch=epoch), now=now)
        except Exception as error:  # one couple's fault must not keep all others waiting
            log.error("an evening could not be opened (%s)", type(error).__name__)


def empty_rooms(now: datetime) -> None:
    """Who was in the room, and until when, is nobody's business once it is over."""
    Arrival.objects.gone(now).delete()
