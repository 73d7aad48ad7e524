"""The one doorway through which data changes.

An action is a keyword-only function that says who acts (`by`) and when (`now`). The decorator
opens the transaction and writes the audit entry, so neither can be forgotten. An action that also
takes a `submission_id` is carried out once for each: a form sent twice changes nothing more.
`tests/rules/test_actions.py` checks that every public function in an `actions.py` is one.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from datetime import datetime
from typing import ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import IntegrityError, transaction

from interwoven.core.people import Seat
from interwoven.infra.errors import NotThere
from interwoven.infra.models import AuditEntry, Submission

P = ParamSpec("P")
R = TypeVar("R")


class Repeated(Exception):
    """This very form was taken before. What it did then stands."""


def action(event: str, *, paired: bool = False) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a seat act, in one transaction, with `event` recorded beside the change.

    With `paired`, only someone who holds a place in a couple may act; others get `NotThere`.
    A `submission_id` that this person used before raises `Repeated`, and nothing changes.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        _refuse_unclear(function)

        @functools.wraps(function)
        def wrapper(*args: P.args, **kwargs: P.kwargs) -> R:
            by, now = cast("Seat", kwargs["by"]), cast("datetime", kwargs["now"])
            if paired and not by.paired:
                raise NotThere
            with transaction.atomic():
                _refuse_repeated(by, cast("UUID | None", kwargs.get("submission_id")), now)
                result = function(*args, **kwargs)
                AuditEntry.objects.create(
                    person=by.person, couple=by.couple, event=event, day=now.date()
                )
            return result

        wrapper.__dict__["audit_event"] = event
        return wrapper

    return decorate


def _refuse_repeated(by: Seat, submission_id: UUID | None, now: datetime) -> None:
    if submission_id is None:
        return
    try:
        with transaction.atomic():
            Submission.objects.create(author=by.person, token=submission_id, day=now.date())
    except IntegrityError:
        raise Repeated from None


def _refuse_unclear(function: Callable[..., object]) -> None:
    parameters = inspect.signature(function).parameters
    if any(p.kind is not p.KEYWORD_ONLY for p in parameters.values()):
        raise TypeError(f"{function.__qualname__}: an action takes keyword arguments only")
    if not {"by", "now"} <= parameters.keys():
        raise TypeError(f"{function.__qualname__}: an action says who acts (by) and when (now)")
