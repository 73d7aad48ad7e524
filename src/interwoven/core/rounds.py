"""One round on one phone: two people pick in turn, and both picks appear together.

Each picks which of a few acts would feel close this week and guesses the other's. Nothing of a
pick shows until both are whole; then everything shows, to both at once. There are no names: they
are the first and the second, in the places a and b.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from interwoven.core.agreement import Whose
from interwoven.core.people import Place
from interwoven.core.responding import Reply

DAYS = 7  # a day is 0 to 6, from Monday


@dataclass(frozen=True, slots=True)
class Pick:
    """The id of the act that would feel close to me, and of my guess at yours. "" is none yet."""

    wish: str = ""
    guess: str = ""

    @property
    def whole(self) -> bool:
        return bool(self.wish and self.guess)


@dataclass(frozen=True, slots=True)
class Plan:
    """The act the two agree on: which of their wishes, who sees to it, and on which day."""

    act: str = ""
    whose: Whose | None = None
    day: int | None = None

    @property
    def whole(self) -> bool:
        return bool(self.act) and self.whose is not None and self.day is not None


class Turn(StrEnum):
    """Whose hands the phone is in."""

    FIRST = "first"
    COVER = "cover"  # between the two: nothing shows
    SECOND = "second"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Round:
    """Everything two people have done so far with one set of acts."""

    acts: str  # the set asked about, "id@version"
    first: Pick = Pick()
    handed_over: bool = False
    second: Pick = Pick()
    replies: Mapping[Place, Reply] = field(default_factory=dict)  # by who answers
    plan: Plan = Plan()
    ended: bool = False  # with a plan, or left at talking
    unfinished: bool = False  # the last form came with something left out


@dataclass(frozen=True, slots=True)
class Alone:
    """The same for one person: a wish, a guess, and then a question to ask."""

    acts: str
    pick: Pick = Pick()
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's wish, and under it what the other had guessed it to be."""

    wish: str
    guessed: str

    @property
    def met(self) -> bool:
        """Whether the guess landed on the wish."""
        return self.wish == self.guessed


@dataclass(frozen=True, slots=True)
class Look:
    """Both wishes at once."""

    a: Shown
    b: Shown

    @property
    def both_met(self) -> bool:
        return self.a.met and self.b.met

    @property
    def wishes(self) -> tuple[str, ...]:
        """What there is to agree on: two wishes, or one if they are the same."""
        return tuple(dict.fromkeys((self.a.wish, self.b.wish)))


def turn(game: Round) -> Turn:
    """Say whose turn it is. Once handed over, a round never goes back to the first."""
    if not game.first.whole:
        return Turn.FIRST
    if not game.handed_over:
        return Turn.COVER
    return Turn.BOTH if game.second.whole else Turn.SECOND


def look(game: Round) -> Look | None:
    """Lay both picks side by side, or nothing at all while either is missing.

    What comes out depends on the two picks alone. Swapping the people swaps the sides.
    """
    if turn(game) is not Turn.BOTH:
        return None
    one, other = game.first, game.second
    return Look(a=Shown(one.wish, other.guess), b=Shown(other.wish, one.guess))


def pick_first(game: Round, pick: Pick) -> Round:
    """Take the first one's pick, until the phone is handed over. What was whole stays whole."""
    now = turn(game)
    if now is Turn.FIRST or (now is Turn.COVER and pick.whole):
        return replace(game, first=pick, unfinished=not pick.whole)
    return game


def hand_over(game: Round) -> Round:
    """The second one has the phone. Does nothing before the first has picked."""
    return replace(game, handed_over=True) if turn(game) is Turn.COVER else game


def pick_second(game: Round, pick: Pick) -> Round:
    """Take the second one's pick. Once both are open, nobody changes what they said."""
    if turn(game) is Turn.SECOND:
        return replace(game, second=pick, unfinished=not pick.whole)
    return game


def answer(game: Round, by: Place, reply: Reply) -> Round:
    """One of the two answers the other's wish, once it is open. A later answer replaces it."""
    if turn(game) is not Turn.BOTH:
        return game
    return replace(game, replies={**game.replies, by: reply})


def agree(game: Round, plan: Plan) -> Round:
    """Settle on one of the two wishes. A plan with something left out stays to be finished.

    Does nothing before both are open, and an act neither wished for counts as left out.
    """
    opened = look(game)
    if opened is None:
        return game
    if plan.act not in opened.wishes:
        plan = replace(plan, act="")
    return replace(game, plan=plan, ended=plan.whole, unfinished=not plan.whole)


def leave_it_at_talking(game: Round) -> Round:
    """End the round without a plan. Does nothing before both are open."""
    if turn(game) is not Turn.BOTH:
        return game
    return replace(game, plan=Plan(), ended=True, unfinished=False)
