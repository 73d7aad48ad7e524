"""Whoever signs out, or leaves by Quick exit, is out of the shared room as well."""

from __future__ import annotations

import logging
from typing import Any

from django.contrib.auth.signals import user_logged_out
from django.db import DatabaseError
from django.dispatch import receiver
from django.utils import timezone

from interwoven.apps.checkins import actions
from interwoven.core.people import Seat

log = logging.getLogger(__name__)


@receiver(user_logged_out)
def out_of_the_room(user: Any, **_: Any) -> None:
    if user is None:
        return
    try:
        actions.slip_out(by=Seat(user.pk), now=timezone.now())
    except DatabaseError as error:  # the session must end all the same
        log.error("Somebody who left is in the room still (%s).", type(error).__name__)  # noqa: TRY400 - no trace
