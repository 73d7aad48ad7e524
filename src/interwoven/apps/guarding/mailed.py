"""A new password by mail, and what guards signing in besides it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from interwoven.apps.accounts.signals import mailed
from interwoven.apps.guarding import actions
from interwoven.apps.guarding.rows import new_ones
from interwoven.core.people import Seat


@receiver(mailed, dispatch_uid="guarding.mailed")
def take_away_new_ones(by: Seat, now: datetime, **_: Any) -> None:
    """Only where there are any, so that nothing is noted of somebody who never turned one on."""
    if new_ones(by, now).exists():
        actions.take_away_new_ones(by=by, now=now)
