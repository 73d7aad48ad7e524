"""What the pages about being two know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from interwoven.apps.accounts.pages import Called
from interwoven.core.evenings import Evening
from interwoven.core.people import Place


@dataclass(frozen=True, slots=True)
class Settled:
    """What two people settled together: their evening, and a strand to look at, or all four."""

    evening: Evening
    strand: str = ""  # a Form, or nothing for all


@dataclass(frozen=True, slots=True)
class Us:
    """The couple as both of its people see it."""

    place: Place
    me: Called
    partner: Called
    settled: Settled
    opens_at: datetime

    def named(self, place: Place) -> Called:
        return self.me if place is self.place else self.partner


@dataclass(frozen=True, slots=True)
class Letter:
    """The inviter's own side of an invitation: how to hand it over, and who answered."""

    token: str = ""
    code: str = ""
    answered_by: Called | None = None


@dataclass(frozen=True, slots=True)
class InvitePage:
    letter: Letter | None  # nothing, or one that waits or was answered
    link: str = ""
    qr: str = ""  # an SVG
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What an invited person sees first. It knows the inviter's name and nothing else of theirs."""

    inviter: str
    signed_in: bool
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class MePage:
    called: Called
    address: str
    partner: Called | None
    beliefs: bool  # whether answers about beliefs may be asked for
    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
