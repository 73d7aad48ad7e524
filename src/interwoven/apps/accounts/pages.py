"""What the pages about oneself know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from interwoven.apps.safety.pages import KeeperPage
from interwoven.core.consent import ConsentKind


@dataclass(frozen=True, slots=True)
class Called:
    """What a person is called, in their own words."""

    name: str
    pronouns: str = ""


@dataclass(frozen=True, slots=True)
class Yes:
    """A yes, the day it was said, and the day it was taken back if it was."""

    kind: ConsentKind
    given_on: date
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class AddressPage:
    now: str  # the address they sign in with
    typed: str
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class DoorPage:
    """What a page before signing in knows. Nothing about anybody but the keeper."""

    keeper: KeeperPage
    onward: str  # a path of this copy, or nothing
    can_mail: bool
