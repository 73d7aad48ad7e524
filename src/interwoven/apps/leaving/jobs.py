"""What was begun and could not be ended is ended within the hour, and at each start."""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.leaving import erasing


def go_on_erasing(now: datetime) -> None:
    erasing.replay(now)
