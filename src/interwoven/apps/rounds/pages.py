"""What each page of a round is given. The cover is given nothing, so that it can tell nothing."""

from __future__ import annotations

from dataclasses import dataclass

from interwoven.core.acts import ActSet
from interwoven.core.agreement import Whose
from interwoven.core.people import Place
from interwoven.core.responding import Reply
from interwoven.core.rounds import Look, Pick, Round
from interwoven.web.pages import Option

NAMES = {Place.A: "First", Place.B: "Second"}
WHOSE = (Option(Whose.A, "First"), Option(Whose.B, "Second"), Option(Whose.BOTH, "Both"))
WEEK = (  # Monday is 0
    Option("0", "Mon", "day"),
    Option("1", "Tue", "sday"),
    Option("2", "Wed", "nesday"),
    Option("3", "Thu", "rsday"),
    Option("4", "Fri", "day"),
    Option("5", "Sat", "urday"),
    Option("6", "Sun", "day"),
)


@dataclass(frozen=True, slots=True)
class PickPage:
    """The acts twice, and what the one who holds the phone has picked of them so far."""

    title: str  # of the set, so that one that does not fit can be changed
    wishes: tuple[Option, ...]
    guesses: tuple[Option, ...]
    pick: Pick
    unfinished: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One person's wish, what the other had guessed, and what the other answers to it."""

    place: Place
    name: str
    wish: str
    other: Place
    others_name: str
    guessed: str
    reply: Reply | None

    @property
    def hidden(self) -> tuple[tuple[str, str], ...]:
        """What the form of the reply says besides: who is answering."""
        return (("by", self.other),)


@dataclass(frozen=True, slots=True)
class PlanFields:
    """What there is to agree on, and what is chosen so far."""

    acts: tuple[Option, ...]
    act: str
    whose: str
    day: str
    unfinished: bool
    everyone: tuple[Option, ...] = WHOSE
    week: tuple[Option, ...] = WEEK


@dataclass(frozen=True, slots=True)
class LookPage:
    lines: tuple[Line, Line]
    both_met: bool
    plan: PlanFields


@dataclass(frozen=True, slots=True)
class CardPage:
    """What the two take away. Without an act, they left it at talking."""

    lines: tuple[Line, Line]
    act: str
    wished_by: str  # "" when both wished for it
    sees_to_it: str  # "" when both do
    day: str


@dataclass(frozen=True, slots=True)
class QuestionPage:
    wish: str
    guess: str
    question: str


def pick_page(acts: ActSet, pick: Pick, *, unfinished: bool) -> PickPage:
    """The page for whoever is picking: their own pick, and nothing else of the round."""
    return PickPage(
        title=acts.title,
        wishes=tuple(Option(act.id, act.mine) for act in acts.acts),
        guesses=tuple(Option(act.id, act.theirs) for act in acts.acts),
        pick=pick,
        unfinished=unfinished,
    )


def look_page(acts: ActSet, game: Round, opened: Look) -> LookPage:
    short = {act.id: act.short for act in acts.acts}
    plan, wishes = game.plan, opened.wishes
    fields = PlanFields(
        acts=tuple(Option(wish, short[wish]) for wish in wishes),
        act=plan.act or (wishes[0] if len(wishes) == 1 else ""),
        whose=plan.whose or "",
        day="" if plan.day is None else str(plan.day),
        unfinished=game.unfinished,
    )
    return LookPage(_lines(acts, game, opened), opened.both_met, fields)


def card_page(acts: ActSet, game: Round, opened: Look) -> CardPage:
    plan = game.plan
    act = next((act for act in acts.acts if act.id == plan.act), None)
    alike = len(opened.wishes) == 1
    day = WEEK[plan.day] if plan.day is not None else None
    return CardPage(
        lines=_lines(acts, game, opened),
        act="" if act is None else act.mine if alike else act.theirs,
        wished_by="" if alike else _wished_by(opened, plan.act),
        sees_to_it=NAMES[Place(plan.whose)] if plan.whose in (Whose.A, Whose.B) else "",
        day=day.label + day.hint if day else "",
    )


def question_page(acts: ActSet, pick: Pick, asked: str) -> QuestionPage:
    by_id = {act.id: act for act in acts.acts}
    return QuestionPage(by_id[pick.wish].mine, by_id[pick.guess].theirs, asked)


def _lines(acts: ActSet, game: Round, opened: Look) -> tuple[Line, Line]:
    return _line(acts, game, opened, Place.A), _line(acts, game, opened, Place.B)


def _line(acts: ActSet, game: Round, opened: Look, place: Place) -> Line:
    by_id = {act.id: act for act in acts.acts}
    shown = opened.a if place is Place.A else opened.b
    return Line(
        place=place,
        name=NAMES[place],
        wish=by_id[shown.wish].mine,
        other=place.other,
        others_name=NAMES[place.other],
        guessed=by_id[shown.guessed].yours,
        reply=game.replies.get(place.other),
    )


def _wished_by(opened: Look, act: str) -> str:
    return NAMES[Place.A if act == opened.a.wish else Place.B]
