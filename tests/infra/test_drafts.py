"""A form that came back waits for its author, for half an hour, and for nobody else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, OperationalError

from interwoven.infra import drafts
from interwoven.infra.drafts import NOTHING
from interwoven.infra.errors import NotNow
from interwoven.infra.models import FormDraft

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

NOW = datetime(2027, 3, 1, 20, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
WORDS, ERROR = "half a thought", "Say a little more."


def keep(seat, form="wish", words=WORDS, now=NOW) -> None:
    drafts.keep(seat=seat, form=form, values={"text": words}, errors={"text": ERROR}, now=now)


def test_what_was_typed_and_what_is_wrong_with_it_come_back(ana):
    keep(ana)
    found = drafts.take(seat=ana, form="wish", now=NOW)

    assert found.values == {"text": WORDS}
    assert found.errors == {"text": ERROR}


def test_it_waits_until_it_is_mended(ana):
    keep(ana)
    drafts.take(seat=ana, form="wish", now=NOW)

    assert drafts.take(seat=ana, form="wish", now=NOW).values == {"text": WORDS}
    drafts.drop(seat=ana, form="wish")
    assert drafts.take(seat=ana, form="wish", now=NOW) == NOTHING


def test_nobody_else_finds_it(ana, bo, stranger):
    keep(ana)

    for seat in (bo, stranger):
        assert drafts.take(seat=seat, form="wish", now=NOW) == NOTHING
        drafts.drop(seat=seat, form="wish")
    assert drafts.take(seat=ana, form="wish", now=NOW).values == {"text": WORDS}


def test_each_form_has_its_own(ana):
    keep(ana)
    keep(ana, "note", "other words")

    assert drafts.take(seat=ana, form="wish", now=NOW).values == {"text": WORDS}
    assert drafts.take(seat=ana, form="note", now=NOW).values == {"text": "other words"}


def test_the_latest_takes_the_place_of_the_earlier(ana):
    keep(ana)
    keep(ana, words="a whole thought")

    assert drafts.take(seat=ana, form="wish", now=NOW).values == {"text": "a whole thought"}
    assert FormDraft.objects.count() == 1


def test_after_half_an_hour_it_is_not_found_and_soon_not_there(ana, bo):
    keep(ana)

    assert drafts.take(seat=ana, form="wish", now=NOW + 30 * MINUTE) != NOTHING
    assert drafts.take(seat=ana, form="wish", now=NOW + 31 * MINUTE) == NOTHING
    keep(bo, now=NOW + 31 * MINUTE)
    assert not FormDraft.objects.filter(author=ana.person).exists()


def test_it_lies_sealed(ana):
    keep(ana)
    found = json.dumps(list(FormDraft.objects.values()), default=repr)

    assert WORDS not in found
    assert ERROR not in found


def test_the_same_form_sent_twice_at_once_leaves_one(ana, monkeypatch):
    """As if another request had kept one between this one's look and its write."""
    save, lost = FormDraft.save, []

    def lose_the_race(row, *args, **kwargs):
        if not lost:
            lost.append(True)
            raise IntegrityError
        save(row, *args, **kwargs)

    monkeypatch.setattr(FormDraft, "save", lose_the_race)
    keep(ana)

    assert lost
    assert drafts.take(seat=ana, form="wish", now=NOW).values == {"text": WORDS}


def test_a_form_that_was_carried_out_lets_its_draft_go_and_no_other(ana, bo):
    for seat, form in ((ana, "wish"), (ana, "note"), (bo, "wish")):
        keep(seat, form)

    with drafts.letting_go(seat=ana, form="wish"):
        # Until the deed is done it waits: another window shows it until then.
        assert drafts.take(seat=ana, form="wish", now=NOW) != NOTHING

    assert drafts.take(seat=ana, form="wish", now=NOW) == NOTHING
    assert drafts.take(seat=ana, form="note", now=NOW) != NOTHING
    assert drafts.take(seat=bo, form="wish", now=NOW) != NOTHING


def test_a_deed_that_fails_keeps_the_draft_and_undoes_what_it_had_done(ana):
    @drafts.letting_go(seat=ana, form="wish")
    def fail() -> None:
        keep(ana, "what the deed did")
        raise NotNow

    keep(ana)
    with pytest.raises(NotNow):
        fail()

    assert drafts.take(seat=ana, form="wish", now=NOW).values == {"text": WORDS}
    assert drafts.take(seat=ana, form="what the deed did", now=NOW) == NOTHING


def test_nothing_is_done_whose_draft_would_come_back(ana, monkeypatch):
    """As if the machine stopped between the two."""

    def stop(**_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(drafts, "drop", stop)
    keep(ana)

    with pytest.raises(OperationalError), drafts.letting_go(seat=ana, form="wish"):
        keep(ana, "what the deed did")

    assert drafts.take(seat=ana, form="wish", now=NOW) != NOTHING
    assert drafts.take(seat=ana, form="what the deed did", now=NOW) == NOTHING
