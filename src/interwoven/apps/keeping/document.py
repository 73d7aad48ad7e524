"""What somebody takes along, as it is written down: a format that anybody may read.

docs/reference/export.md explains it, and docs/reference/export.schema.json checks it. A change
that an older reader would misread makes a new version.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum

from interwoven.core.agreement import Outcome
from interwoven.core.consent import ConsentKind
from interwoven.core.forms import Form
from interwoven.core.opening import Part

FORMAT, VERSION = "interwoven-export", 1


class Who(StrEnum):
    """One of the two, as whoever takes it along would say. No id of anybody is in a file."""

    ME = "me"
    THEM = "them"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    pronouns: str


@dataclass(frozen=True, slots=True)
class Marks:
    felt: int | None
    hoped: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """What one sheet says of one form; for the page to read, and not in the file."""

    form: Form
    felt: int | None
    hoped: int | None
    guessed: int | None


@dataclass(frozen=True, slots=True)
class Answers:
    """One person's sheet. The words beside an act's id are for people; nothing reads them."""

    marks: dict[Form, Marks]
    acts: str
    wish: str
    wish_words: str
    guess: str
    guess_words: str
    amounts: dict[Form, int]
    step: str

    @property
    def lines(self) -> tuple[Line, ...]:
        """A line for each form that has a mark or a guess, in the order of `Form`."""
        return tuple(
            Line(form, *self._marks(form), guessed=self.amounts.get(form))
            for form in Form
            if form in self.marks or form in self.amounts
        )

    def _marks(self, form: Form) -> tuple[int | None, int | None]:
        marks = self.marks.get(form)
        return (marks.felt, marks.hoped) if marks else (None, None)


@dataclass(frozen=True, slots=True)
class Week:
    """A week of one's own, whether anything of it opened or not."""

    week: str  # 2026-03-29
    answers: Answers
    chosen: tuple[Part, ...]
    decided: bool
    opened: bool

    @property
    def day(self) -> date:
        return date.fromisoformat(self.week)


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two answered to a line of the other's: a short answer, or words."""

    by: Who
    part: Part
    reply: str
    words: str


@dataclass(frozen=True, slots=True)
class Opened:
    """What opened of one week: of both, what the map of it shows to both."""

    week: str
    partner: Person  # as they were called then, in a couple that was left
    mine: Answers
    theirs: Answers
    said: tuple[Said, ...]

    @property
    def day(self) -> date:
        return date.fromisoformat(self.week)


@dataclass(frozen=True, slots=True)
class Words:
    works: str
    wish: str


@dataclass(frozen=True, slots=True)
class Act:
    what: str
    whose: Who
    day: str
    minutes: int

    @property
    def on(self) -> date:
        return date.fromisoformat(self.day)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing to do. Of one that was put away, only one's own words."""

    state: str  # talking, agreed, finished or put_away
    partner: Person
    strand: Form
    mine: Words
    theirs: Words
    agreed: Act | None
    proposed: Act | None
    proposed_by: Who | None
    my_outcome: Outcome | None
    their_outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class LookBack:
    """How it went for oneself, with the marks that never open."""

    about: str
    outcome: Outcome
    understood: int | None
    accepted: int | None
    cared_about: int | None


@dataclass(frozen=True, slots=True)
class Yes:
    to: ConsentKind
    on: str
    taken_back_on: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """Everything of one person's, and what was opened to them."""

    format: str
    version: int
    made_on: str
    me: Person
    address: str
    yes: tuple[Yes, ...]
    partner: Person | None
    weeks: tuple[Week, ...]
    opened: tuple[Opened, ...]
    things: tuple[Thing, ...]
    looks_back: tuple[LookBack, ...]

    @property
    def day(self) -> date:
        return date.fromisoformat(self.made_on)


def as_json(document: Document) -> str:
    return json.dumps(asdict(document), ensure_ascii=False, separators=(",", ":"))
