"""Somebody does something, and the process is killed: before and after each statement and COMMIT.

Each is a SIGKILL in a process of its own, on databases of their own, which the next start finds as
they were left. What was asked for is there whole or not at all; if it was answered it is there; the
other sees what they would see before or after it; and doing it again does what was asked. What a
power cut would do to a disk's own memory is not tried.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any

import pytest

from tests.upkeep.copies import Made, addresses

KILLED = {  # what is recorded of a deed: which deed it is
    "checkin.kept": "keeping a week",
    "room.opened": "opening together",
    "evening.came": "the evening",
    "agreement.agreed": "agreeing to an act",
    "person.left": "leaving",
    "person.erased": "erasing",
}
PRIVATE = ("keeping a week", "leaving", "erasing")
HALF = "leaving, with a commit in the middle of it"
LOST = "keeping a week, on a disk that loses it"
TAKEN, OVER = (303,), (302, 303, 404)  # a form sent again by somebody who is no longer there
Kill = dict[str, Any]


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> dict[str, Any]:
    copy = Made(tmp_path_factory.mktemp("killed") / "data", addresses())
    copy.does("setup")
    done = copy.begins("tests.faults.killing", *KILLED.values(), HALF, LOST)
    said, wrong = done.communicate(timeout=300)
    assert done.returncode == 0, wrong
    return json.loads(said)


def what_is_wrong(kills: list[Kill]) -> list[str]:
    """In words, for each kill after which something is not as it was promised."""
    wrong = [f"after a kill at {kill['at']}: {one}" for kill in kills for one in _wrong_with(kill)]
    order = [kill["is"] for kill in kills]
    if ("after", "before") in pairwise(order):
        wrong.append("what was there is gone after a later kill")
    if order[-1] != "after":
        wrong.append("it was answered, and is lost")
    return wrong


def _wrong_with(kill: Kill) -> list[str]:
    found = []
    if kill["is"] == "half":
        found.append("half of it is there")
    if kill["is"] not in kill["shows"]:
        found.append("the other sees what was not before and is not after it")
    if kill["again"] not in (TAKEN if kill["is"] == "before" else OVER) or not kill["then whole"]:
        found.append(f"done again it came to nothing ({kill['again']})")
    return found


@pytest.mark.parametrize("deed", KILLED.values())
def test_a_kill_at_any_step_leaves_it_whole_or_not_there(told, deed):
    kills = told[deed]["kills"]

    assert what_is_wrong(kills) == []
    assert kills[-1]["at"] == "answered 303"
    assert {kill["is"] for kill in kills} == {"before", "after"}
    assert {"default: COMMIT", "default: after COMMIT"} <= {kill["at"] for kill in kills}


@pytest.mark.parametrize("deed", PRIVATE)
def test_the_other_sees_nothing_of_what_one_does_in_private_and_is_killed_at(told, deed):
    assert all("before" in kill["shows"] for kill in told[deed]["kills"])


@pytest.mark.parametrize("deed", sorted(set(KILLED.values()) - set(PRIVATE)))
def test_what_is_done_for_both_does_show(told, deed):
    """So that the test before this one could fail."""
    assert told[deed]["shows"] == ["after"]


def test_a_kill_between_the_rows_and_the_keys_of_an_erasure_is_one_of_them(told):
    steps = [kill["at"] for kill in told["erasing"]["kills"]]
    rows = len(steps) - 1 - steps[::-1].index('default: UPDATE "infra_auditentry" SET')

    assert "writing ledger" in steps[:rows]
    assert 'keyring: DELETE FROM "keyring_datakey"' in steps[rows:]


def test_a_kill_between_leaving_and_the_note_of_it_is_one_of_them(told):
    steps = [kill["at"] for kill in told["leaving"]["kills"]]

    assert steps.index("default: after COMMIT") < steps.index("writing ledger")


def test_every_deed_that_is_named_is_among_those_killed(told):
    for event, deed in KILLED.items():
        assert event in told[deed]["records"]


def test_the_same_test_sees_what_is_half_done(told):
    wrong = what_is_wrong(told[HALF]["kills"])

    assert any("half of it" in one for one in wrong)


def test_the_same_test_sees_what_was_answered_and_is_lost(told):
    assert "it was answered, and is lost" in what_is_wrong(told[LOST]["kills"])
