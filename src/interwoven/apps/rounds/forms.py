"""What a form may have sent. Whatever is not one of the choices counts as left out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from django.http import QueryDict

from interwoven.core.acts import ActSet
from interwoven.core.agreement import Whose
from interwoven.core.people import Place
from interwoven.core.responding import Reply
from interwoven.core.rounds import DAYS, Pick, Plan

E = TypeVar("E", bound=StrEnum)


def pick(sent: QueryDict, acts: ActSet) -> Pick:
    ids = {act.id for act in acts.acts}
    return Pick(_one_of(ids, sent.get("wish")), _one_of(ids, sent.get("guess")))


def plan(sent: QueryDict, acts: ActSet) -> Plan:
    days = {str(day) for day in range(DAYS)}
    day = _one_of(days, sent.get("day"))
    return Plan(
        act=_one_of({act.id for act in acts.acts}, sent.get("act")),
        whose=_member(Whose, sent.get("whose")),
        day=int(day) if day else None,
    )


def for_one(sent: QueryDict) -> bool:
    return sent.get("for") == "one"


def left_at_talking(sent: QueryDict) -> bool:
    return sent.get("do") == "talk"


def reply(sent: QueryDict) -> tuple[Place, Reply] | None:
    """Who answers the other, and what. Nothing, if either is not one of ours."""
    by, said = _member(Place, sent.get("by")), _member(Reply, sent.get("reply"))
    return (by, said) if by and said else None


def _one_of(choices: Iterable[str], sent: str | None) -> str:
    return next((choice for choice in choices if choice == sent), "")


def _member(kind: type[E], sent: str | None) -> E | None:
    return next((member for member in kind if member.value == sent), None)
