"""What the pages about oneself know."""

from __future__ import annotations

from dataclasses import dataclass

from interwoven.apps.safety.pages import KeeperPage


@dataclass(frozen=True, slots=True)
class Called:
    """What a person is called, in their own words."""

    name: str
    pronouns: str = ""


@dataclass(frozen=True, slots=True)
class DoorPage:
    """What a page before signing in knows. Nothing about anybody but the keeper."""

    keeper: KeeperPage
    onward: str  # a path of this copy, or nothing
    can_mail: bool
