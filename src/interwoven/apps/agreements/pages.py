"""What the pages about one thing to do know."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from interwoven.core.agreement import Outcome, Said, Whose
from interwoven.core.forms import Form
from interwoven.core.people import Place
from interwoven.infra.drafts import NOTHING, Draft
from interwoven.web.pages import Option

STRANDS = tuple(Option(form.value, form.value.capitalize()) for form in Form)
OUTCOMES = (
    Option(Outcome.DONE, "Done"),
    Option(Outcome.PARTLY, "Partly"),
    Option(Outcome.NOT, "Not this time"),
)


def dye_of(strand: Form) -> str:
    """What the sheet calls the colour of a strand."""
    return strand.value[:3]


class Stage(StrEnum):
    """How far the two are with it."""

    START = "start"
    TALKING = "talking"
    AGREED = "agreed"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Standing:
    """The one thing two people are at, as one of them may see it."""

    state: str  # talking, agreed or review
    what: str  # "" until an act is proposed
    whose: Whose | None
    day: date | None
    mine: bool  # whether it is this seat's part
    my_look_back_given: bool
    another_day: date | None = None  # that the other proposes instead


@dataclass(frozen=True, slots=True)
class Column:
    """What one of the two said."""

    place: Place
    name: str
    said: Said


@dataclass(frozen=True, slots=True)
class ActShown:
    what: str
    who: str  # "You see to it."
    day: date
    minutes: int
    review_on: date


@dataclass(frozen=True, slots=True)
class Clash:
    """The text kept now, and another one typed elsewhere. Neither is lost."""

    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class SayForm:
    draft: Draft  # what the fields hold
    works: Clash | None = None
    wish: Clash | None = None
    unfinished: bool = False  # something typed waits to be mended


@dataclass(frozen=True, slots=True)
class ProposeForm:
    draft: Draft
    whose: tuple[Option, ...]
    clash: Clash | None = None
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class MoveForm:
    """Another day for what was agreed on."""

    draft: Draft
    proposed: date | None = None
    mine: bool = False
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class PutAway:
    """What this person put away last, and may take up again."""

    strand: Form
    revision: int


@dataclass(frozen=True, slots=True)
class ReviewForm:
    draft: Draft
    given: bool
    unseen: bool = False  # whether what was said before is not shown now
    outcomes: tuple[Option, ...] = OUTCOMES


@dataclass(frozen=True, slots=True)
class Finished:
    """One that both looked back at."""

    strand: Form
    what: str
    day: date
    how: tuple[tuple[str, str], ...]  # who and how it went: "You", "partly"
    partly: bool

    @property
    def dye(self) -> str:
        return dye_of(self.strand)


@dataclass(frozen=True, slots=True)
class Shared:
    """The one thing two people are at, as far as both see it: nobody's forms and looks back."""

    strand: Form
    columns: tuple[Column, ...]  # what each said, in the order of their places
    agreed: ActShown | None
    proposed: ActShown | None  # last, and not agreed on
    proposed_by: Place | None
    revision: int


@dataclass(frozen=True, slots=True)
class Talking:
    """What may be said and proposed, and what is proposed now."""

    said_something: bool  # this person, so far
    say: SayForm
    propose: ProposeForm
    act: ActShown | None = None
    proposed_by_me: bool = False
    may_agree: bool = False
    day_gone: bool = False
    declined: bool = False  # the last proposal was, by either

    @property
    def next(self) -> str:
        """What the one filled button on the page does."""
        if self.may_agree:
            return "agree"
        return "propose" if self.said_something else "say"


@dataclass(frozen=True, slots=True)
class OneThingPage:
    partner: str
    stage: Stage
    revision: int = 0
    strand: Form | None = None
    changed: bool = False  # something had changed when this person last pressed a button
    columns: tuple[Column, ...] = ()  # what each said, in the order of their places
    talking: Talking | None = None
    agreed: ActShown | None = None
    move: MoveForm | None = None
    review: ReviewForm | None = None
    last: Finished | None = None
    away: PutAway | None = None
    start: Draft = NOTHING
    strands: tuple[Option, ...] = STRANDS
    leftover: tuple[str, ...] = ()  # typed into a form that is not on this page now

    @property
    def dye(self) -> str:
        return dye_of(self.strand) if self.strand else ""


@dataclass(frozen=True, slots=True)
class EarlierPage:
    finished: tuple[Finished, ...]
    newer: int | None  # the number of that page, if there is one
    older: int | None
