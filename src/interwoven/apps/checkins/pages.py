"""What the check-in, the map, the weeks, the room and the evening know. Frozen, and one seat's."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from interwoven.core.closeness import Hope
from interwoven.core.forms import Form
from interwoven.core.opening import Part
from interwoven.core.people import Place
from interwoven.core.responding import Response
from interwoven.web.pages import Option
from interwoven.web.weave import WovenWeek

DYES = {
    Form.EMOTIONAL: "emo",
    Form.PHYSICAL: "phy",
    Form.INTELLECTUAL: "int",
    Form.SPIRITUAL: "spi",
}
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form: its name, what is in it, and what is wrong with it."""

    name: str
    value: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class FormFields:
    """One form of closeness, as it is asked about."""

    form: Form
    dye: str
    name: str
    meaning: str
    felt_ask: str
    hoped_ask: str
    low: str
    high: str
    felt: Field
    hoped: Field
    amount: Field | None  # monthly, and only for two


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that another window filled in otherwise."""

    label: str
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class CheckInPage:
    title: str
    lead: str
    partner: str  # "" for one person
    first: tuple[FormFields, ...]
    folded: tuple[FormFields, ...]  # the other strands, when the two chose one beforehand
    beliefs_unasked: bool
    wish_ask: str
    wishes: tuple[Option, ...]
    wish: Field
    guess_ask: str
    guesses: tuple[Option, ...]
    guess: Field
    amount_ask: str
    step_ask: str
    step: Field | None
    week: date
    revision: int
    notice: str
    wrong: bool
    differences: tuple[Difference, ...] = ()
    blind: bool = False  # whether it is filled in without seeing what is kept
    unseen: bool = False  # and whether there is something that is not shown


@dataclass(frozen=True, slots=True)
class ClosedPage:
    """In place of the form: this week has opened, or nothing may be kept without a yes."""

    opened: bool
    partner: str
    next_evening: date | None = None


@dataclass(frozen=True, slots=True)
class PartChoice:
    part: Part
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ChoosePage:
    """What happens with a week's answers. Nothing on it knows of the other's."""

    partner: str  # "" for one person
    evening: str  # "Sunday at 19:00"
    opens_on: date
    strand: str  # what the two look at this week, or ""
    choices: tuple[Option, ...]
    parts: tuple[PartChoice, ...]
    decided: bool
    kept_all: bool

    @property
    def chosen(self) -> tuple[str, ...]:
        """What they open so far, in words."""
        return tuple(part.label for part in self.parts if part.chosen)


@dataclass(frozen=True, slots=True)
class Side:
    """One person's marks in one form, and the guess at what they hoped for."""

    place: Place
    name: str
    felt: int | None
    hoped: int | None
    hope: Hope
    guesser: str
    guessed: int | None
    met: bool
    gap: str  # "+2", "0", "−1", or "–" where a mark was left out


@dataclass(frozen=True, slots=True)
class Answers:
    """What each answered to the other's line. `mine` is given by the one who looks."""

    part: Part
    about: str  # "Answer Bo, Emotional"
    other: str
    mine: Response | None
    theirs: Response | None
    draft: str = ""  # words that came back to be mended
    error: str = ""

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        return (("part", self.part),)


@dataclass(frozen=True, slots=True)
class MapLine:
    form: Form
    dye: str
    name: str
    sides: tuple[Side, Side]
    alike: bool
    answers: Answers


@dataclass(frozen=True, slots=True)
class WishSide:
    place: Place
    name: str
    wish: str
    guesser: str
    guess: str  # worded to the person guessed at; "" when nobody's guess opened
    met: bool  # whether it is the very act they wished for


@dataclass(frozen=True, slots=True)
class StepSide:
    place: Place
    name: str
    step: str


@dataclass(frozen=True, slots=True)
class MapPage:
    """What two people opened to each other in one week. The same for both, but for the answers."""

    id: UUID
    week: date
    partner: str
    lines: tuple[MapLine, ...]
    wishes: tuple[WishSide, ...]
    wish_answers: Answers | None
    steps: tuple[StepSide, ...]
    step_answers: Answers | None
    talk: tuple[Option, ...]
    talk_first: str
    over: bool = False  # of a couple this person has left: to read, and nothing to answer

    @property
    def guessed(self) -> bool:
        """Whether any guess at an amount has opened."""
        return any(side.guessed is not None for line in self.lines for side in line.sides)


@dataclass(frozen=True, slots=True)
class OwnLine:
    form: Form
    dye: str
    name: str
    felt: int | None
    hoped: int | None
    hope: Hope


@dataclass(frozen=True, slots=True)
class OwnPage:
    """One person's own week, for them alone."""

    week: date
    place: Place
    name: str
    lines: tuple[OwnLine, ...]
    wish: str
    guess: str
    step: str
    partner: str = ""
    empty: bool = False


@dataclass(frozen=True, slots=True)
class WeekRow:
    week: date
    own: UUID | None  # one's own answers
    opened: UUID | None  # the map of what both opened


@dataclass(frozen=True, slots=True)
class WeeksPage:
    partner: str
    rows: tuple[WeekRow, ...]
    older: date | None


@dataclass(frozen=True, slots=True)
class InTheRoom:
    me: bool
    both: bool  # shows only to someone who is in it
    over: bool  # the two were in, and opened what there was, or nothing


@dataclass(frozen=True, slots=True)
class RoomPage:
    """The shared room. Who else is in it shows only to someone who is in it."""

    partner: str
    here: InTheRoom
    opened_this_week: bool
    opens_on: date
    evening: str
    strand: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class SettlePage:
    partner: str
    evening: str
    strand: str
    proposed: str  # "Friday at 20:00, looking at emotional", or ""
    mine: bool  # whether the proposal is my own
    revision: int  # of what is shown here, so that nothing else is agreed to
    days: tuple[Option, ...]
    day: str
    time: str
    zone: str
    zones: tuple[str, ...]
    strands: tuple[Option, ...]
    chosen: str
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recent:
    """What Today says of check-ins: from opened things and from one's own."""

    woven: tuple[WovenWeek | None, ...]
    answered: bool  # whether I kept anything for this week
    decided: bool
    closed: bool  # whether this week has opened already
    opened: UUID | None  # the latest opening, if it is of the last evening or of now
    opened_on: date | None
    line: str  # a line of the other's to show, in their own words
    line_about: str
    answers: Answers | None  # to that line, and what the other answered to mine
    opens_on: date | None
    evening: str
    nothing_tonight: bool
