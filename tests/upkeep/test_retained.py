"""Backups that are kept for weeks, and what happened since: nobody comes back by any of them."""

from __future__ import annotations

import sqlite3

import pytest


def test_marks_of_the_erased_come_back_from_every_ledger_beside_the_backup(
    copy, backed_up, identity, tmp_path
):
    """Two erasures after the backup, of which a later one tells; then the disk is lost."""
    (copy.folder / "ledger").write_text("aa11\n")
    copy.does("backup", backed_up.with_name("second.age"))
    (copy.folder / "ledger").write_text("aa11\nbb22\n")
    copy.does("backup", backed_up.with_name("third.age"))
    assert b"bb22" not in backed_up.with_name("third.age.ledger").read_bytes()
    new = copy.emptied(tmp_path / "new")
    (new.folder / "ledger").write_text("cc33\n")

    new.does("restore", backed_up, "--identity", identity)

    assert (new.folder / "ledger").read_text().split() == ["aa11", "bb22", "cc33"]


@pytest.mark.parametrize("keyring", ["of the backup", "of the folder"])
def test_a_couple_that_parted_since_the_backup_does_not_come_back(
    copy, backed_up, identity, keyring
):
    before = copy.asks("asking")
    copy.asks("adding", "a parting")
    parted = copy.asks("asking")
    assert (before["seated"], parted["seated"]) == (2, 1)

    kept = ["--keep-keyring"] if keyring == "of the folder" else []
    copy.does("restore", backed_up, "--identity", identity, *kept)

    after = copy.asks("asking")
    assert after["seated"] == 1
    assert after["rows"] == parted["rows"]
    assert after["keys"] == parted["keys"]


@pytest.mark.parametrize("keyring", ["of the backup", "of the folder"])
def test_whoever_was_erased_since_the_backup_does_not_come_back(copy, backed_up, identity, keyring):
    before = copy.asks("asking")
    copy.asks("adding", "an erasure")
    gone = copy.asks("asking")
    assert [*before["people"], *gone["people"]].count("bon@example.org") == 1
    assert gone["keys"] < before["keys"]

    kept = ["--keep-keyring"] if keyring == "of the folder" else []
    said = copy.does("restore", backed_up, "--identity", identity, *kept)

    after = copy.asks("asking")
    assert "and all of them open" in said
    assert after["people"] == gone["people"]
    assert after["keys"] == gone["keys"]
    assert after["rows"] == gone["rows"]


def test_whichever_backup_is_put_back_nobody_who_was_erased_can_be_read_and_all_others_can(
    copy, backed_up, identity
):
    """Three that were made on three days, each a little later in what happened."""
    retained = [backed_up]
    for what in ("somebody", "a session"):
        copy.asks("adding", what)
        retained.append(backed_up.with_name(f"{what.split()[-1]}.age"))
        copy.does("backup", retained[-1])
    copy.asks("adding", "an erasure")

    for file in retained:
        copy.does("restore", file, "--identity", identity)
        found = copy.asks("asking")  # opens every row there is
        assert "bon@example.org" not in found["people"]
        assert found["steps"] == ["ZqstepXk by the river"]
        assert len(found["people"]) == (1 if file == backed_up else 2)


def test_without_the_ledger_what_was_erased_is_still_unreadable_with_the_keys_of_today(
    copy, backed_up, identity
):
    copy.asks("adding", "an erasure")
    (copy.folder / "ledger").unlink()

    told = copy.refuses("restore", backed_up, "--identity", identity, "--keep-keyring")

    assert "do not open with this keyring" in told
    assert "bon@example.org" not in copy.asks("asking")["people"]


def test_a_plain_copy_of_a_database_that_is_in_use_is_no_backup(copy, identity, tmp_path):
    plain = tmp_path / "copied.sqlite3"
    with sqlite3.connect(plain) as database:
        database.execute("CREATE TABLE infra_auditentry (id)")

    told = copy.refuses("restore", plain, "--identity", identity, "--keep-keyring")

    assert "interwoven backup" in told
