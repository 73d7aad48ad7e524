"""What the pages about one's own keeping know. Frozen, and one seat's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from interwoven.apps.accounts.pages import Called
from interwoven.apps.agreements.pages import ActShown
from interwoven.core.agreement import Said
from interwoven.core.closeness import Hope
from interwoven.core.forms import Form
from interwoven.core.people import Place
from interwoven.core.responding import Response
from interwoven.infra.handlings import Handling
from interwoven.infra.sessions import SignedIn

# What was done with everything at once, by whoever keeps the copy; the last thing first.
Handled = tuple[Handling, ...] | None  # None where that cannot be read


@dataclass(frozen=True, slots=True)
class TakeAlongPage:
    partner: str  # "" for one person
    error: str


@dataclass(frozen=True, slots=True)
class BringBackPage:
    keeping: bool  # whether anything may be kept
    answered: bool  # whether there are weeks here already
    error: str


@dataclass(frozen=True, slots=True)
class SeenLine:
    """One form of one week, as the other sees my marks and my guess in it."""

    dye: str
    name: str
    mine: str  # what they call me
    felt: int | None
    hoped: int | None
    hope: Hope
    guessed: int | None  # at what they hoped for


@dataclass(frozen=True, slots=True)
class SeenAnswer:
    about: str  # the part of theirs that it answers
    response: Response


@dataclass(frozen=True, slots=True)
class SeenWeek:
    """What the other sees of mine in one week that opened."""

    week: date
    lines: tuple[SeenLine, ...]
    wish: str
    guess: str  # at their wish, worded to them
    step: str
    answers: tuple[SeenAnswer, ...]


@dataclass(frozen=True, slots=True)
class SeenThing:
    """What the other sees of mine in the one thing we are at."""

    strand: Form
    said: Said
    agreed: ActShown | None
    proposed: ActShown | None  # by me


@dataclass(frozen=True, slots=True)
class SeenEarlier:
    strand: Form
    what: str
    day: date
    outcome: str  # of mine


@dataclass(frozen=True, slots=True)
class TheySeePage:
    """What the other would get of mine now, read from their seat by the rules of their pages."""

    partner: str
    place: Place  # mine
    me: Called  # as they have it
    both_in_the_room: bool
    proposed: str  # by me, about our evening
    thing: SeenThing | None
    earlier: tuple[SeenEarlier, ...]
    weeks: tuple[SeenWeek, ...]
    older: date | None
    newest: bool  # whether these are the latest weeks
    handled: Handled


@dataclass(frozen=True, slots=True)
class SharedWithPartner:
    """What is open to the other of the two, or is to be."""

    name: str
    openings: int  # weeks of which something is open to both
    answers: int  # that I gave to what they opened
    chosen: tuple[str, ...]  # what I chose to open of this week, which has not opened yet
    evening: str
    proposed: str  # by me
    thing: str  # what it is about; "" when there is none
    revision: int
    in_the_room: bool


@dataclass(frozen=True, slots=True)
class SharedPage:
    """Everything that is open to somebody, or lets somebody in, and how to end it."""

    partner: SharedWithPartner | None
    invitation: datetime | None  # until when one is out
    keeping: bool
    beliefs: bool
    sessions: tuple[SignedIn, ...]
    handled: Handled

    @property
    def others(self) -> tuple[SignedIn, ...]:
        return tuple(session for session in self.sessions if not session.here)
