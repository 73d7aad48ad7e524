"""A form that came back with something to mend, kept sealed for its author for half an hour.

A page that answers a POST is written to the browser's disk with what was typed in it. So a POST
is always answered with a redirect, and the words and the errors wait here for the next GET.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from interwoven.core.people import Seat
from interwoven.infra.crypto.rows import read
from interwoven.infra.models import FormDraft

KEPT_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed, by field, and what is wrong with it, by field."""

    values: dict[str, str] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


NOTHING = Draft()


def keep(
    *, seat: Seat, form: str, values: Mapping[str, str], errors: Mapping[str, str], now: datetime
) -> None:
    draft = Draft(dict(values), dict(errors))
    try:
        _keep(seat, form, draft, now)
    except IntegrityError:  # the same form sent twice at once: the later one stays
        _keep(seat, form, draft, now)


def _keep(seat: Seat, form: str, draft: Draft, now: datetime) -> None:
    with transaction.atomic():
        FormDraft.objects.filter(kept_until__lt=now).delete()
        row = FormDraft.objects.filter(author=seat.person, form=form).first()
        row = row or FormDraft(author=seat.person, form=form)
        row.kept_until = now + KEPT_FOR
        row.put(draft)
        row.save()


def take(*, seat: Seat, form: str, now: datetime) -> Draft:
    """The draft of this form, if one waits. It waits on until it is mended or half an hour old."""
    return take_each(seat=seat, forms=(form,), now=now)[0]


def take_each(*, seat: Seat, forms: Sequence[str], now: datetime) -> tuple[Draft, ...]:
    """The drafts of several forms of one page, in their order. One statement."""
    rows = FormDraft.objects.filter(author=seat.person, form__in=forms, kept_until__gte=now)
    found = {row.form: read(row, Draft, seat=seat) for row in rows}
    return tuple(found.get(form, NOTHING) for form in forms)


@contextmanager
def letting_go(*, seat: Seat, form: str) -> Iterator[None]:
    """Do what this form asks for, and let its draft go: both, or neither.

    A deed that fails keeps the draft. It goes last, in the deed's own transaction: another window
    whose turn comes after this one finds it gone, and what comes back there stays.
    """
    with transaction.atomic():
        yield
        drop(seat=seat, form=form)


def drop(*, seat: Seat, form: str) -> None:
    FormDraft.objects.filter(author=seat.person, form=form).delete()


def drop_all(*, seat: Seat) -> None:
    FormDraft.objects.filter(author=seat.person).delete()
