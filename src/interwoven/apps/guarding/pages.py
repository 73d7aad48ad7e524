"""What the pages about signing in know. Frozen, and one person's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Passkey:
    which: str  # tells it from the others of this person; not the id of its row
    made_on: date
    alone: bool  # whether it signs in without the password


@dataclass(frozen=True, slots=True)
class GuardPage:
    """What guards signing in besides the password."""

    codes: bool  # of an app
    passkeys: tuple[Passkey, ...]
    left: int  # recovery codes that were not used


@dataclass(frozen=True, slots=True)
class CodesPage:
    """Codes of an app: off, about to be turned on (then there is a secret), or on."""

    on: bool
    secret: str  # in fours, to be typed
    picture: str  # of the same, as SVG
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    codes: tuple[str, ...]  # while they are fresh; then nothing shows them again
    left: int
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class PasskeyPage:
    """Making a passkey: first who it is for, then (with options) by the browser."""

    options: str  # JSON for the browser
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class RemovePage:
    passkeys: tuple[Passkey, ...]
    errors: dict[str, str]


@dataclass(frozen=True, slots=True)
class PasskeyDoorPage:
    options: str  # JSON for the browser
    wrong: bool
