"""A start that is killed while it brings the databases up is made good by the next one.

Each kill is a SIGKILL at a step out of all a start takes; which ones is the same in every run. What
a power cut would do to a disk's own memory is not tried.
"""

from __future__ import annotations

import shutil

import pytest

from tests.ports import free_port
from tests.upgrades import kept
from tests.upgrades.kept import ask
from tests.upkeep.copies import Made, addresses

LATER = {"DJANGO_SETTINGS_MODULE": "tests.upgrades.settings_later"}
LATEST = kept.versions()[-1]
DOORS = list(LATEST.manifest["doors"].items())
SOME_DOORS = dict([*DOORS[:2], *DOORS[-4:]])  # of two, and each with a lock, a code or a passkey


@pytest.fixture
def at_zero(begun, tmp_path) -> Made:
    """Nothing was ever kept there."""
    folder = tmp_path / "data"
    shutil.copytree(begun.folder, folder, ignore=shutil.ignore_patterns("*.sqlite3*", "databases"))
    return Made(folder, addresses())


def test_a_first_start_killed_at_any_step_is_ended_by_the_next(at_zero):
    done = ask(at_zero, "tests.upgrades.killing", {"times": 4, "seed": 1})

    assert len(set(done["killed"])) > 2
    assert done["steps"] > 150


def test_a_first_start_killed_before_a_migration_is_noted_is_ended_by_the_next(at_zero):
    """Django notes most of them after the commit, and could not go on from there."""
    told = {"times": 5, "seed": 3, "notes": True}

    done = ask(at_zero, "tests.upgrades.killing", told)

    assert len(set(done["killed"])) > 3
    assert 40 < done["steps"] < 100


def test_an_upgrade_killed_at_any_step_goes_on_where_it_stopped(old):
    """Two made-up versions: a column is added, filled a few rows at a time, and then required."""
    told = {"times": 10, "seed": 2}

    done = ask(old, "tests.upgrades.killing", told, **LATER, LATER="contracted")

    assert len(set(done["killed"])) > 6
    assert done["steps"] > 190  # more than there are rows to be filled


def test_the_code_before_works_on_what_was_expanded_and_is_not_started_on_it(old):
    """So that a way back by hand is open between the two versions; a start is no such thing."""
    old.does("setup", **LATER, LATER="expanded")

    found = ask(old, "tests.upgrades.looking", LATEST.manifest | {"doors": SOME_DOORS})

    assert found["people"] == {name: LATEST.manifest["people"][name] for name in SOME_DOORS}
    for start in ("setup", "serve"):
        told = old.refuses(start, PORT=str(free_port()))
        assert (
            "written by a newer version of Interwoven (infra 0002_expand, infra 0003_move)" in told
        )
        assert "docs/how-to/upgrade.md" in told


def test_what_is_not_brought_up_to_this_version_is_not_served(old):
    told = old.refuses("serve", **LATER, LATER="expanded", PORT=str(free_port()))

    assert "are not brought up to this version. Say: interwoven setup" in told
