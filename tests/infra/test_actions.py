"""The doorway: one transaction, an audit entry without words, and each form once."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection

from interwoven.core.people import Seat
from interwoven.infra import drafts
from interwoven.infra.actions import Repeated, action
from interwoven.infra.errors import NotThere
from interwoven.infra.models import AuditEntry, FormDraft, Submission

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

NOW = datetime(2027, 3, 1, 20, tzinfo=UTC)
FORM = uuid4()
WORDS = "what Ana wrote"


class Refused(Exception):
    pass


@action("note.kept")
def keep(*, by: Seat, text: str, now: datetime, submission_id: UUID | None = None) -> int:
    assert connection.in_atomic_block
    drafts.keep(seat=by, form=str(uuid4()), values={"text": text}, errors={}, now=now)
    return FormDraft.objects.filter(author=by.person).count()


@action("note.kept")
def keep_and_fail(*, by: Seat, now: datetime, submission_id: UUID | None = None) -> None:
    drafts.keep(seat=by, form="lost", values={"text": WORDS}, errors={}, now=now)
    raise Refused


@action("room.entered", paired=True)
def enter(*, by: Seat, now: datetime) -> str:
    return "in"


def kept() -> tuple[int, int, int]:
    return tuple(model.objects.count() for model in (FormDraft, AuditEntry, Submission))


def test_an_action_changes_things_and_says_what_came_of_it(ana):
    assert keep(by=ana, text=WORDS, now=NOW) == 1
    assert kept() == (1, 1, 0)


def test_the_audit_says_who_what_and_which_day_and_never_what_was_said(ana):
    keep(by=ana, text=WORDS, now=NOW, submission_id=FORM)
    entry = AuditEntry.objects.values().get()

    assert entry.pop("id").version == 4
    assert entry == {
        "person": ana.person,
        "couple": ana.couple,
        "event": "note.kept",
        "day": NOW.date(),
    }
    assert WORDS not in json.dumps(list(Submission.objects.values()), default=str)


def test_a_person_without_a_partner_is_audited_as_such():
    keep(by=Seat(uuid4()), text=WORDS, now=NOW)

    assert AuditEntry.objects.get().couple is None


def test_an_action_that_fails_leaves_nothing_behind(ana):
    with pytest.raises(Refused):
        keep_and_fail(by=ana, now=NOW, submission_id=FORM)

    assert kept() == (0, 0, 0)


def test_after_a_failure_the_same_form_may_be_sent_again(ana):
    with pytest.raises(Refused):
        keep_and_fail(by=ana, now=NOW, submission_id=FORM)
    keep(by=ana, text=WORDS, now=NOW, submission_id=FORM)

    assert kept() == (1, 1, 1)


def test_a_form_sent_again_changes_nothing_more(ana):
    keep(by=ana, text=WORDS, now=NOW, submission_id=FORM)

    for text in (WORDS, "other words"):
        with pytest.raises(Repeated):
            keep(by=ana, text=text, now=NOW, submission_id=FORM)
    assert kept() == (1, 1, 1)


def test_the_same_number_from_somebody_else_is_another_form(ana, bo):
    keep(by=ana, text=WORDS, now=NOW, submission_id=FORM)
    keep(by=bo, text=WORDS, now=NOW, submission_id=FORM)

    assert kept() == (2, 2, 2)


def test_forms_without_a_number_are_all_taken(ana):
    for _ in range(2):
        keep(by=ana, text=WORDS, now=NOW)

    assert kept() == (2, 2, 0)


def test_what_is_for_two_is_not_there_for_one(ana):
    with pytest.raises(NotThere):
        enter(by=Seat(uuid4()), now=NOW)

    assert kept() == (0, 0, 0)
    assert enter(by=ana, now=NOW) == "in"


def test_an_action_inside_an_action_stands_or_falls_with_it(ana):
    @action("both")
    def both(*, by: Seat, now: datetime) -> None:
        keep(by=by, text=WORDS, now=now)
        raise Refused

    with pytest.raises(Refused):
        both(by=ana, now=NOW)
    assert kept() == (0, 0, 0)


def unclear() -> list:
    def no_by(*, now: datetime) -> None: ...
    def no_now(*, by: Seat) -> None: ...
    def by_position(by: Seat, now: datetime) -> None: ...
    def anything(*args: object, by: Seat, now: datetime) -> None: ...

    return [no_by, no_now, by_position, anything]


@pytest.mark.parametrize("function", unclear(), ids=lambda one: one.__name__)
def test_an_action_that_does_not_say_who_and_when_is_refused_when_written(function):
    with pytest.raises(TypeError, match=function.__name__):
        action("x")(function)


def test_an_action_keeps_its_name_and_says_its_event():
    assert keep.__name__ == "keep"
    assert keep.__dict__["audit_event"] == "note.kept"
