"""The database fails at one statement, and at each in turn: what was asked happens whole, or not.

The same deed is done in a world without a fault, with the same chance, so that its outcome is known
to the byte. After a fault the data must be as before, or as after; whoever did it is told the truth
about which; what the partner sees is one of the same two; and trying again does what was asked.
"""

from __future__ import annotations

from contextlib import nullcontext
from types import SimpleNamespace
from uuid import uuid4

import pytest

from interwoven.apps.leaving import lasting
from interwoven.infra import ledger
from interwoven.infra.crypto import keys
from tests.faults.deeds import DEEDS, ERASING, Deed, State, sizes, state
from tests.faults.failing import MOST, done
from tests.privacy.chance import chance
from tests.privacy.world import Stage, opening_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.mark.parametrize("name", DEEDS)
def test_whatever_fails_it_happens_whole_or_not_at_all(stage: Stage, name):
    deed = DEEDS[name]
    before, after, count = _without_a_fault(stage, deed)
    assert before != after
    assert 5 < count < MOST
    outcomes = [_with_a_fault(stage, deed, at, before, after) for at in range(1, count + 1)]

    assert outcomes.count("not") > 3  # most of the faults come before the commit


def _without_a_fault(stage: Stage, deed: Deed) -> tuple[State, State, int]:
    with stage.world() as world:
        chance.begin("before")
        deed.before(world)
        before = state()
        status, count = done(world, deed)
        assert status == 303
        return before, state(), count


def _with_a_fault(stage: Stage, deed: Deed, at: int, before: State, after: State) -> str:
    with stage.world() as world:
        chance.begin("before")
        deed.before(world)
        assert state() == before
        status, _ = done(world, deed, at)
        found = state()
        assert found in (before, after), f"half of it after a fault at statement {at}"
        if status == 303:
            assert found == after, f"said to be done after a fault at {at}, and is not"
        else:
            assert status == 503, (at, status)
        if found == before:
            assert done(world, deed)[0] == 303
            assert sizes(state()) == sizes(after), f"not as asked, at the second try after {at}"
        return "whole" if found == after else "not"


@pytest.mark.parametrize("at", range(1, 40))
def test_an_erasure_is_whole_or_goes_on_or_never_began(stage: Stage, at):
    with stage.world() as world:
        before = state()
        done(world, ERASING, at)
        noted = bool(ledger.noted())
        lasting.go_on(world.now)

        gone = (
            not world.people["ana@example.org"]
            .__class__.objects.get(pk=world.person("Ana"))
            .is_active
        )
        assert gone is noted
        assert noted or state() == before
        assert keys.exist(world.person("Ana")) is not gone
        assert world.ask("Bo", "get", f"/map/{opening_of(world, 'Bo')}/").status_code == 200


def test_the_same_test_sees_what_is_half_done(stage: Stage, monkeypatch):
    """A fault that is planted: actions without a transaction."""
    deed = DEEDS["leaving"]
    before, after, count = _without_a_fault(stage, deed)
    without = SimpleNamespace(atomic=nullcontext)
    monkeypatch.setattr("interwoven.infra.actions.transaction", without)
    half = [at for at in range(1, count + 1) if _is_half_done(stage, deed, at, before, after)]

    assert half


def _is_half_done(stage: Stage, deed: Deed, at: int, before: State, after: State) -> bool:
    try:
        _with_a_fault(stage, deed, at, before, after)
    except AssertionError as wrong:
        return "half of it" in str(wrong)
    return False


def test_a_mark_counts_after_one_that_a_full_disk_cut_short(data_folder):
    (data_folder / ledger.NAME).write_text("ab")
    mark = ledger.mark_of(uuid4())

    ledger.note(mark)

    assert mark in ledger.noted()
