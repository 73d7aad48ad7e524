"""What the pages about being two know."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from uuid import UUID

from interwoven.apps.accounts.pages import Called
from interwoven.apps.safety.pages import KeeperPage
from interwoven.core.evenings import Evening
from interwoven.core.people import Place, Seat


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one of the two would like to settle. It holds once the other agrees."""

    by: Place
    evening: Evening
    strand: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What two people settled together: their evening, and a strand to look at, or all four."""

    evening: Evening
    strand: str = ""  # a Form, or nothing for all
    proposed: Proposal | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What two people are called, as one of them sees it."""

    place: Place
    me: Called
    partner: Called

    def named(self, place: Place) -> Called:
        return self.me if place is self.place else self.partner


@dataclass(frozen=True, slots=True)
class Parted:
    """A couple that was left: the seat that was held in it, and what the two were called."""

    seat: Seat
    pair: Pair


@dataclass(frozen=True, slots=True)
class Us(Pair):
    """The couple as both of its people see it."""

    settled: Settled
    opens_at: datetime
    came_at: datetime | None  # the last evening that came
    revision: int  # how often what they settled has changed


@dataclass(frozen=True, slots=True)
class Letter:
    """The inviter's own side of an invitation: how to hand it over, and who answered."""

    token: str = ""
    code: str = ""
    answered_by: Called | None = None


@dataclass(frozen=True, slots=True)
class InvitePage:
    """The inviter's own invitation: none yet, one that waits, or one that somebody answered."""

    letter: Letter | None
    invitation_id: UUID | None = None
    link: str = ""
    qr: str = ""  # an SVG
    expires_at: datetime | None = None
    here_only: bool = False  # no other machine can open the link

    @property
    def code(self) -> tuple[str, str]:
        """The digits in two groups, as one says them."""
        code = self.letter.code if self.letter else ""
        return code[:3], code[3:]


class Holding(Enum):
    """How an invitation stands with the one who holds its link."""

    OPEN = auto()
    OWN = auto()  # they sent it themselves
    ANSWERED = auto()  # they answered it; what the inviter did since does not show


@dataclass(frozen=True, slots=True)
class InvitationPage:
    """What an invited person sees first. It knows the inviter's name and nothing else of theirs."""

    inviter: str
    holding: Holding
    signed_in: bool
    keeper: KeeperPage
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DeclinedPage:
    inviter: str  # nothing, once some minutes have passed


@dataclass(frozen=True, slots=True)
class MePage:
    address: str
    partner: Called | None
    keeping: bool  # whether answers may be kept
    beliefs: bool  # whether answers about beliefs may be asked for
    values: dict[str, str]  # what stands in the form: what they are called, or what to mend
    errors: dict[str, str]
