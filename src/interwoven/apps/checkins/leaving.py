"""Whoever signs out, leaves by Quick exit or leaves the couple is out of the shared room as well.

Whoever leaves the couple also keeps what was to open: it was chosen for somebody who is gone.
"""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db import DatabaseError
from django.dispatch import receiver
from django.utils import timezone

from interwoven.apps.checkins import actions
from interwoven.apps.couples.signals import parted
from interwoven.core.people import Seat

log = logging.getLogger(__name__)


@receiver(user_logged_out)
def out_of_the_room(user: Any, **_: Any) -> None:
    if user is None:
        return
    try:
        actions.slip_out(by=Seat(user.pk), now=timezone.now())
    except DatabaseError as error:  # the session must end all the same
        log.error("Somebody who left is in the room still (%s).", type(error).__name__)


@receiver(parted)
def out_of_the_couple(by: Seat, now: datetime, **_: Any) -> None:
    actions.slip_out(by=by, now=now)
    actions.forget_choices(by=by, now=now)
