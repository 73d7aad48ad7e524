"""What the pages about safety know. Nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from interwoven.apps.safety.helplines import Country


@dataclass(frozen=True, slots=True)
class HelpPage:
    countries: tuple[Country, ...]
    last_checked: date


@dataclass(frozen=True, slots=True)
class KeeperPage:
    """Who keeps this copy: partner, practice, other or unsaid, and what they are called."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class LeavingPage:
    host: str  # where Quick exit leads
    https: bool
    left: str  # the cookie that tells of a Quick exit which was not answered
    onward: str = "/"  # where one was going before reading this
