"""A whole round in one sealed cookie, so that nothing of it is kept anywhere else.

Every pick is one letter: its place in the set of acts. So the cookie is equally long whatever was
picked, and whoever looks over a shoulder, or at the wire, learns nothing from its size.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from interwoven.apps.rounds.sets import set_of
from interwoven.core.agreement import Whose
from interwoven.core.people import Place
from interwoven.core.responding import Reply
from interwoven.core.rounds import DAYS, Alone, Pick, Plan, Round
from interwoven.infra.crypto.tokens import open_cookie, seal_cookie
from interwoven.infra.errors import Unreadable

NAME = "round"
KEPT_FOR = timedelta(minutes=30)

Kept = Round | Alone
T = TypeVar("T")

NOTHING = "-"
TWO, ONE = "2", "1"  # how many play
LENGTH = 13
REPLIES, WHOSE, WEEK, NO_YES = tuple(Reply), tuple(Whose), range(DAYS), (False, True)


def read(request: HttpRequest, *, now: datetime) -> Kept | None:
    """The round this browser carries: none if it is missing, altered, too old or outlived."""
    try:
        match open_cookie(NAME, request.COOKIES.get(NAME, ""), now=now):
            case [str(acts), str(letters)] if len(letters) == LENGTH:
                return _read(acts, letters)
    except (Unreadable, LookupError, ValueError):
        return None
    return None


def write(response: HttpResponse, kept: Kept, *, now: datetime) -> None:
    """Let the browser carry this round for half an hour more."""
    sealed = seal_cookie(NAME, [kept.acts, _letters(kept)], until=now + KEPT_FOR)
    response.set_cookie(
        NAME,
        sealed,
        max_age=KEPT_FOR,
        path=reverse("rounds:start"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def clear(response: HttpResponse) -> None:
    """Let go of the round."""
    response.delete_cookie(NAME, path=reverse("rounds:start"), samesite="Lax")


def _letters(kept: Kept) -> str:
    ids = _ids(kept.acts)
    if isinstance(kept, Alone):
        letters = [ONE, *_pick_letters(ids, kept.pick), _letter(NO_YES, kept.unfinished)]
        return "".join(letters).ljust(LENGTH, NOTHING)
    return "".join(
        (
            TWO,
            *_pick_letters(ids, kept.first),
            *_pick_letters(ids, kept.second),
            _letter(REPLIES, kept.replies.get(Place.A)),
            _letter(REPLIES, kept.replies.get(Place.B)),
            _letter(ids, kept.plan.act),
            _letter(WHOSE, kept.plan.whose),
            _letter(WEEK, kept.plan.day),
            *(_letter(NO_YES, yes) for yes in (kept.handed_over, kept.ended, kept.unfinished)),
        )
    )


def _read(acts: str, letters: str) -> Kept:
    ids = _ids(acts)
    first = _pick(ids, letters[1:3])
    if letters[0] == ONE:
        return Alone(acts, first, unfinished=bool(_value(NO_YES, letters[3])))
    replies = zip(Place, (_value(REPLIES, letter) for letter in letters[5:7]), strict=True)
    handed_over, ended, unfinished = (bool(_value(NO_YES, letter)) for letter in letters[10:13])
    return Round(
        acts,
        first=first,
        second=_pick(ids, letters[3:5]),
        replies={place: reply for place, reply in replies if reply},
        plan=Plan(
            act=_value(ids, letters[7]) or "",
            whose=_value(WHOSE, letters[8]),
            day=_value(WEEK, letters[9]),
        ),
        handed_over=handed_over,
        ended=ended,
        unfinished=unfinished,
    )


def _ids(acts: str) -> tuple[str, ...]:
    return tuple(act.id for act in set_of(acts).acts)


def _pick(ids: Sequence[str], letters: str) -> Pick:
    return Pick(*(_value(ids, letter) or "" for letter in letters))


def _pick_letters(ids: Sequence[str], pick: Pick) -> tuple[str, str]:
    return _letter(ids, pick.wish), _letter(ids, pick.guess)


def _letter(choices: Sequence[T], value: T | None) -> str:
    return str(choices.index(value)) if value in choices else NOTHING


def _value(choices: Sequence[T], letter: str) -> T | None:
    return None if letter == NOTHING else choices[int(letter)]
