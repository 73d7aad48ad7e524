"""The last step of a restore, cut short: it is ended later, or it is told why it cannot be."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from interwoven.config import doctor
from interwoven.config.copies import copy_of
from interwoven.config.env import read
from tests.upkeep.copies import ON_POSTGRES, Made
from tests.upkeep.test_restore import as_it_is


@pytest.fixture
def one_step_left(copy, backed_up, identity):
    """A copy whose restore was cut short once it was written down what is to be done."""
    copy.asks("adding", "somebody")
    copy.asks("halting", backed_up, identity)
    assert "restoring.json" in copy.files()
    return copy


def test_a_restore_that_was_cut_short_is_ended_where_the_folder_was_moved_to(
    one_step_left, tmp_path
):
    before = one_step_left.asks("asking")["people"]
    one_step_left.folder.rename(tmp_path / "moved")
    moved = Made(tmp_path / "moved", one_step_left.addresses)

    moved.does("setup")

    assert "restoring.json" not in moved.files()
    assert len(moved.asks("asking")["people"]) == len(before) - 1


def test_what_was_to_be_put_in_place_and_is_gone_is_told_and_nothing_changed(one_step_left):
    named = {"DATA_DIR": str(one_step_left.folder), **one_step_left.addresses}
    copy_of(read(named)).keyring.discard()
    before = as_it_is(one_step_left)

    told = one_step_left.refuses("setup")

    assert "was cut short here" in told
    assert "restoring.json, and restore once more" in told
    assert as_it_is(one_step_left) == before
    (one_step_left.folder / "restoring.json").unlink()
    one_step_left.does("setup")


if ON_POSTGRES:

    def test_whoever_is_connected_is_told_of_and_the_next_setup_ends_it(copy, backed_up, identity):
        import psycopg

        copy.asks("adding", "somebody")
        with psycopg.connect(copy.addresses["KEYRING_URL"]):
            told = copy.refuses("restore", backed_up, "--identity", identity)

        assert "Somebody is connected" in told
        copy.does("setup")
        assert "restoring.json" not in copy.files()
        assert len(copy.asks("asking")["people"]) == 2
        later = datetime.now(UTC) + timedelta(days=15)
        old = list(
            doctor._old_databases(read({"DATA_DIR": str(copy.folder), **copy.addresses}), later)
        )
        assert len(old) == 2
        assert "_before_" in old[0]
