"""Small acts that may feel close, six to a set, and questions to take away and ask.

A person picks the act that would feel close to them and guesses the other's. A guess that misses
shows closeness offered in a kind that was not the one wished for, which is what there is to learn.

Source: needs misread, or met in ways that do not fit, is the guide's account of why couples drift.
The six kinds and every act are ours and not validated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from interwoven.core.forms import Form
from interwoven.core.provenance import Provenance, Status


class ActKind(StrEnum):
    """What sort of thing an act is. A set holds one of each; none is sexual."""

    LISTENING = "listening"
    TOUCH = "touch"
    HELP = "help"
    IDEAS = "ideas"
    TIME = "time"
    QUIET = "quiet"


@dataclass(frozen=True, slots=True)
class Act:
    """One small act, worded for each place it is read in."""

    id: str
    form: Form
    kind: ActKind
    mine: str  # as a wish of one's own: "A job taken off my list"
    theirs: str  # as a guess at the other's wish: "A job taken off their list"
    yours: str  # after "Bo guessed:", to the person guessed at: "a job taken off your list"
    short: str  # for a chip, and nobody's in particular: "One job off the list"


@dataclass(frozen=True, slots=True)
class ActSet:
    """Six acts to pick from, one of each kind."""

    id: str
    version: int
    status: Status
    title: str
    acts: tuple[Act, ...]
    provenance: Provenance
    for_any_week: bool = False  # whether it fits anybody, and is asked about in turn

    @property
    def ref(self) -> str:
        """Its name and version, such as "ordinary-week@1"."""
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True)
class Question:
    """One question to say aloud, about the kind of act it belongs to."""

    id: str
    kind: ActKind
    ask: str


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions for one person to take away, two or more for each kind of act."""

    id: str
    version: int
    status: Status
    title: str
    questions: tuple[Question, ...]
    provenance: Provenance

    @property
    def ref(self) -> str:
        """Its name and version, such as "ordinary-week@1"."""
        return f"{self.id}@{self.version}"


def of_week(sets: Sequence[ActSet], week: date) -> ActSet:
    """The set that everybody is asked about in one week: those for any week take turns.

    Nobody chose it, so none that speaks of a life somebody may not have is among them. It depends
    on the date alone, so that two people are asked about the same six acts even if they became a
    couple in the middle of a week. Raises `IndexError` if no set is for any week.
    """
    general = [found for found in sets if found.for_any_week]
    return general[week.toordinal() // 7 % max(1, len(general))]
