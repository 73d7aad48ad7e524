"""Sets of acts take turns, week by week, and everything asked has a name and a version."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from interwoven.core.acts import ActSet, QuestionSet, of_week
from interwoven.core.instruments import Instrument
from interwoven.core.provenance import Provenance, Status
from tests.core.sheets import a_few

OURS = Provenance("Us", "CC-BY-4.0", ("Ours.",), "not yet reviewed")
SETS = [ActSet(name, 1, Status.PUBLISHED, name, (), OURS, name in "aceg") for name in "abcdefg"]
WEEK = timedelta(days=7)

weeks = some.dates(date(2026, 1, 1), date(2029, 12, 31))


@pytest.mark.parametrize("kind", [ActSet, QuestionSet, Instrument])
def test_what_was_asked_is_known_by_its_name_and_version(kind):
    blank = dict.fromkeys([field.name for field in fields(kind)])
    asked = kind(**{**blank, "id": "weekly", "version": 12})

    assert asked.ref == "weekly@12"
    with pytest.raises(FrozenInstanceError):
        asked.version = 13


@a_few
@given(week=weeks)
def test_the_sets_for_any_week_take_turns_and_the_others_have_none(week):
    turns = [of_week(SETS, week + WEEK * n).id for n in range(8)]

    assert sorted(turns[:4]) == list("aceg")
    assert turns[4:] == turns[:4]


@pytest.mark.parametrize("sets", [[], [found for found in SETS if not found.for_any_week]])
def test_where_no_set_is_for_any_week_none_can_be_asked_about(sets):
    with pytest.raises(IndexError):
        of_week(sets, date(2026, 1, 4))
