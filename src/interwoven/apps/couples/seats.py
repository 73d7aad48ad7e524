"""Turn a signed-in request into the seat the person holds."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from interwoven.apps.accounts.who import id_of
from interwoven.apps.couples.table import kept_at_hand, rows_with, seat_at
from interwoven.core.people import Seat
from interwoven.infra.errors import NotThere

P = ParamSpec("P")


class SeatedRequest(HttpRequest):
    seat: Seat


def seat_of(person: AbstractBaseUser | AnonymousUser) -> Seat:
    """The seat this person holds now: a place in a couple, or a chair of their own."""
    pk = id_of(person)
    return seat_at(rows_with(pk), pk)


def seat_if_signed_in(request: HttpRequest) -> Seat | None:
    """The seat of whoever asks for a page that is open to anyone, if they are signed in."""
    return seat_of(request.user) if request.user.is_authenticated else None


def seated(
    view: Callable[Concatenate[SeatedRequest, P], HttpResponse], *, paired: bool = False
) -> Callable[..., HttpResponse]:
    """Give the view `request.seat`. A page for two is not there for one."""

    @functools.wraps(view)
    def wrapper(request: SeatedRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        pk = id_of(request.user)
        rows = rows_with(pk)
        request.seat = seat_at(rows, pk)
        if paired and not request.seat.paired:
            raise NotThere
        with kept_at_hand(request.seat, rows):
            return view(request, *args, **kwargs)

    wrapper.__dict__["needs_seat"] = "pair" if paired else "person"
    return wrapper


def seated_pair(
    view: Callable[Concatenate[SeatedRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Like `seated`, for pages that only exist for two."""
    return seated(view, paired=True)
