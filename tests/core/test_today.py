"""The one thing that is due, as a table anybody can check."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interwoven.core.today import Due, Standing, due

PAIR = Standing(paired=True, answered=True, decided=True)
ALONE = Standing(paired=False, answered=True)


@pytest.mark.parametrize(
    ("at", "thing"),
    [
        (Standing(paired=True), Due.CHECK_IN),
        (replace(PAIR, decided=False), Due.CHOOSE),
        (PAIR, Due.NOTHING),
        (replace(PAIR, talking=True), Due.TALK),
        (replace(PAIR, look_back=True, talking=True), Due.LOOK_BACK),
        (Standing(paired=True, look_back=True), Due.LOOK_BACK),
        (Standing(paired=True, closed=True), Due.NOTHING),
        (replace(PAIR, decided=False, closed=True), Due.NOTHING),
        (Standing(paired=False), Due.CHECK_IN),
        (ALONE, Due.NOTHING),
        (replace(ALONE, to_confirm=True), Due.CONFIRM),
        (Standing(paired=False, to_confirm=True), Due.CONFIRM),
    ],
)
def test_the_first_thing_on_the_list_is_due(at, thing):
    assert due(at) is thing


standings = st.builds(Standing, **{name: st.booleans() for name in Standing.__dataclass_fields__})


@given(standings)
def test_a_person_alone_is_never_asked_to_choose_what_to_open(at):
    assert due(replace(at, paired=False)) is not Due.CHOOSE
