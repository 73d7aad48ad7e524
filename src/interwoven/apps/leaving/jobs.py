"""What was begun and could not be ended is ended within the hour."""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.leaving import lasting


def go_on(now: datetime) -> None:
    lasting.go_on(now)
