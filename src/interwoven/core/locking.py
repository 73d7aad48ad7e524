"""The private lock: whether the pages that show again what somebody kept are open to them now.

Three things close them: a lock that its owner set; and, for three days, a new password that was set
by mail, since whoever reads somebody's letters is not always who they are. The lock, given, opens
them in both cases. A lock that was forgotten opens by itself, three days after that was said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

IDLE = timedelta(minutes=5)  # how long a lock that was given stays open without use
THREE_DAYS = timedelta(hours=72)


class Door(StrEnum):
    """How somebody finds the pages that show what they kept."""

    OPEN = "open"
    LOCKED = "locked"  # until the lock is given
    SHUT = "shut"  # until a day: there is no lock to give


@dataclass(frozen=True, slots=True)
class Lock:
    """One person's lock, if they set one, and what else closes their pages or opens them."""

    secret: str = ""  # a hash of what opens it
    opens_at: datetime | None = None  # once it was said to be forgotten
    shut_until: datetime | None = None  # since a new password was set by mail

    def stands(self, now: datetime) -> bool:
        """Whether there is a lock that may be asked for."""
        return bool(self.secret) and (self.opens_at is None or now < self.opens_at)

    def shut(self, now: datetime) -> bool:
        return self.shut_until is not None and now < self.shut_until

    def door(self, now: datetime, given: datetime | None) -> Door:
        """How the pages are, for a browser in which the lock was given or last used then."""
        if lasts(given, now):
            return Door.OPEN
        if self.stands(now):
            return Door.LOCKED
        return Door.SHUT if self.shut(now) else Door.OPEN

    def opens_by_itself(self, now: datetime) -> datetime | None:
        """When closed pages open without the lock; never, for one nobody said was forgotten."""
        locked = self.stands(now)
        if locked and self.opens_at is None:
            return None
        both = (self.opens_at if locked else None, self.shut_until)
        waits = [at for at in both if at is not None and now < at]
        return max(waits, default=None)

    def set_to(self, secret: str) -> Lock:
        return replace(self, secret=secret, opens_at=None)

    def forgotten(self, now: datetime) -> Lock:
        """Said once more, it opens no later."""
        if not self.stands(now) or self.opens_at is not None:
            return self
        return replace(self, opens_at=now + THREE_DAYS)

    def remembered(self, now: datetime) -> Lock:
        """It was given after all; one that has opened by itself stays open."""
        return replace(self, opens_at=None) if self.stands(now) else self

    def after_a_letter(self, now: datetime) -> Lock:
        return replace(self, shut_until=now + THREE_DAYS)


def lasts(given: datetime | None, now: datetime) -> bool:
    """Whether a lock given or last used then is open still."""
    return given is not None and timedelta(0) <= now - given <= IDLE
