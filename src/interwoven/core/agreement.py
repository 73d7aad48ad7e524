"""One thing to do: a strand, what already works, a wish each, and one small act that both agree on.

A week after its day each person says for themselves how it went, and privately how understood,
accepted and cared about they felt. What each said opens when both have said it.

Every change of a talk has a number, and the numbers of a couple only grow, from one talk to the
next. A page says which number it was shown, so that nothing typed in one window is laid over what
came from another, and nobody agrees to an act they have not read.

Source: feedback about a gap changes intentions but not behaviour without a concrete plan
(implementation intentions, Gollwitzer 1999); felt responsiveness, Laurenceau and others 1998.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum

from interwoven.core.forms import Form
from interwoven.core.people import Place

REVIEW_AFTER = timedelta(days=7)
AHEAD = timedelta(days=60)  # how far off the day of an act may be
SHORTEST, LONGEST = 1, 600  # minutes an act may take
MOST_SAID, MOST_WHAT = 500, 200  # characters


class Whose(StrEnum):
    """Who sees to it."""

    A = "a"
    B = "b"
    BOTH = "both"

    def includes(self, place: Place | None) -> bool:
        return self is Whose.BOTH or (place is not None and self.value == place.value)


class Outcome(StrEnum):
    """How it went. Each of the three is a full answer."""

    DONE = "done"
    PARTLY = "partly"
    NOT = "not"


class Fault(StrEnum):
    """Why an act cannot be proposed as it is."""

    NO_WORDS = "no words"
    TOO_MANY_WORDS = "too many words"
    DAY_GONE = "day gone"
    DAY_TOO_FAR = "day too far"
    TOO_SHORT = "too short"
    TOO_LONG = "too long"


@dataclass(frozen=True, slots=True)
class Said:
    """What one of the two says about the strand: one thing that works already, and one wish."""

    works: str = ""
    wish: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.works or self.wish)


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Act:
    """One concrete act: what, who sees to it, on which day, and for how long (minutes)."""

    what: str
    whose: Whose
    day: date
    minutes: int

    def review_on(self) -> date:
        """The day from which the two look back at it."""
        return self.day + REVIEW_AFTER

    def faults(self, today: date) -> dict[str, Fault]:
        """What stands in the way of proposing this act today, by field; nothing if it may be."""
        found = {
            "what": _fault_of_words(self.what),
            "day": _fault_of_day(self.day, today),
            "minutes": _fault_of_minutes(self.minutes),
        }
        return {name: fault for name, fault in found.items() if fault is not None}


@dataclass(frozen=True, slots=True)
class Talk:
    """Everything the two have said to each other about one thing to do. Both see all of it."""

    strand: Form
    begun_at: int = 1  # the number of its first change
    said: dict[Place, Said] = field(default_factory=dict)
    said_at: dict[Place, int] = field(default_factory=dict)
    act: Act | None = None  # proposed last
    proposed_by: Place | None = None
    proposed_at: int = 0
    stands: Act | None = None  # agreed to by both, whatever is proposed since
    outcomes: dict[Place, Outcome] = field(default_factory=dict)  # both, or none
    put_away_by: Place | None = None

    def words_of(self, place: Place) -> Said:
        return self.said.get(place, NOTHING_SAID)

    def shown_at(self, seen: int) -> bool:
        """Whether a page that was shown change number `seen` was about this talk at all."""
        return seen >= self.begun_at

    def words_changed_since(self, seen: int, place: Place) -> bool:
        """Whether this person's own words are newer than the page they write on."""
        return self.said_at.get(place, 0) > seen

    def act_changed_since(self, seen: int) -> bool:
        """Whether there is a proposal, newer than the page somebody answers it from."""
        return self.act is not None and self.proposed_at > seen

    def say(self, said: Said, *, by: Place, at: int) -> Talk:
        """Lay these words in place of the ones the same person said before."""
        return replace(self, said=self.said | {by: said}, said_at=self.said_at | {by: at})

    def propose(self, act: Act, *, by: Place, at: int) -> Talk:
        """Lay this act in place of any that was proposed before, by whomever."""
        return replace(self, act=act, proposed_by=by, proposed_at=at)

    def agree(self) -> Talk:
        """Let what was proposed last stand."""
        return replace(self, stands=self.act)

    def move(self, day: date, *, by: Place, at: int) -> Talk:
        """Propose what stands for another day."""
        return self.propose(replace(self.stands, day=day), by=by, at=at) if self.stands else self

    def put_away(self, *, by: Place) -> Talk:
        return replace(self, put_away_by=by)

    def take_up(self) -> Talk:
        """As it was before it was put away."""
        return replace(self, put_away_by=None)

    def decline(self, *, at: int) -> Talk:
        """Take what was proposed away. What was said stays, and so does what stands."""
        return replace(self, act=self.stands, proposed_by=None, proposed_at=at)

    def close(self, outcomes: dict[Place, Outcome]) -> Talk:
        """Lay what both said about how it went beside each other."""
        return replace(self, outcomes=outcomes)

    @property
    def declined(self) -> bool:
        """Whether the last proposal was taken away, and nothing proposed since."""
        return self.act is None and self.proposed_at > 0

    def may_agree(self, place: Place, today: date) -> bool:
        """The one who did not propose agrees, until its day has gone by; nobody with themselves."""
        proposed = self.proposed_by is place.other and self.act != self.stands
        return proposed and not self.day_gone(today)

    def day_gone(self, today: date) -> bool:
        return self.act is not None and self.act.day < today

    def another_day(self, today: date) -> date | None:
        """The day that one of them proposes for what stands, until it has gone by."""
        if self.act is None or self.stands in (None, self.act) or self.day_gone(today):
            return None
        return self.act.day


@dataclass(frozen=True, slots=True)
class Pulse:
    """How one person felt met, 0 to 10 each, or nothing. Theirs alone, always."""

    understood: int | None = None
    accepted: int | None = None
    cared_about: int | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """One person's look back. The outcome opens when both have given one; the pulse never."""

    outcome: Outcome
    pulse: Pulse = field(default_factory=Pulse)


def outcomes_that_open(a: Outcome | None, b: Outcome | None) -> dict[Place, Outcome]:
    """Both outcomes once both are said; until then none, whoever said theirs."""
    if a is None or b is None:
        return {}
    return {Place.A: a, Place.B: b}


def _fault_of_words(what: str) -> Fault | None:
    if not what.strip():
        return Fault.NO_WORDS
    return Fault.TOO_MANY_WORDS if len(what) > MOST_WHAT else None


def _fault_of_day(day: date, today: date) -> Fault | None:
    if day < today:
        return Fault.DAY_GONE
    return Fault.DAY_TOO_FAR if day > today + AHEAD else None


def _fault_of_minutes(minutes: int) -> Fault | None:
    if minutes < SHORTEST:
        return Fault.TOO_SHORT
    return Fault.TOO_LONG if minutes > LONGEST else None
