"""What the pages about the private lock know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AskingPage:
    """What stands in place of a page that is closed."""

    asks: bool  # whether there is a lock to give
    opens_at: datetime | None  # when it opens by itself; never, for a lock nobody has forgotten
    onward: str  # where one was going
    error: str


@dataclass(frozen=True, slots=True)
class LockPage:
    stands: bool
    partner: str  # "" for one person
    errors: dict[str, str]
