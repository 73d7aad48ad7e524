"""Backups that are kept for weeks, and what happened since: nobody comes back by any of them."""

from __future__ import annotations

import sqlite3

import pytest

from interwoven.upkeep import age


def test_marks_of_the_erased_come_back_from_every_ledger_beside_the_backup(
    copy, backed_up, identity, tmp_path
):
    """Two erasures after the backup, of which a later one tells; then the disk is lost."""
    for name in ("second.age", "third.age"):
        copy.asks("adding", "a mark")
        copy.does("backup", backed_up.with_name(name))
    new = copy.emptied(tmp_path / "new")
    new.asks("adding", "a mark")
    [mine] = new.asks("marks")

    new.does("restore", backed_up, "--identity", identity)

    assert sorted(new.asks("marks")) == sorted([mine, *copy.asks("marks")])
    assert len(new.asks("marks")) == 3


def test_a_backup_looks_the_same_whether_or_not_anybody_left_or_was_erased(
    copy, backed_up, identity, tmp_path
):
    """But for the head of a sealed file, which has a random length each time."""
    copy.asks("adding", "an erasure")
    after = backed_up.with_name("after.age")
    copy.does("backup", after)

    sizes = []
    for path in (backed_up, after):
        age.unseal(path.with_name(f"{path.name}.ledger"), tmp_path / "plain", identity)
        sizes.append((tmp_path / "plain").stat().st_size)
    assert sizes[0] == sizes[1]


def test_ledgers_of_other_keys_and_copies_are_named_and_passed_over(
    copy, backed_up, identity, tmp_path
):
    copy.asks("adding", "an erasure")
    copy.does("backup-key", "--new")
    copy.does("backup", backed_up.with_name("other-key.age"))
    backed_up.with_name("odd.ledger").write_bytes(b"something")
    copy.asks("adding", "somebody")

    said = copy.says("restore", backed_up, "--identity", identity)

    assert said.returncode == 0, said.stderr
    assert said.stderr.count("passed over") == 2
    assert "bon@example.org" not in copy.asks("asking")["people"]


def test_a_trial_and_a_restore_that_is_refused_write_nothing_into_the_ledger(
    copy, backed_up, identity, tmp_path
):
    """They may be of a copy in which somebody only rehearsed to leave."""
    rehearsal = copy.another(tmp_path / "rehearsal")
    rehearsal.asks("adding", "a parting")
    file = tmp_path / "rehearsed.age"
    rehearsal.does("backup", file)
    before = copy.asks("marks")

    copy.does("restore", file, "--identity", identity, "--check")
    file.write_bytes(file.read_bytes()[:-1])
    copy.refuses("restore", file, "--identity", identity)

    assert copy.asks("marks") == before
    assert copy.asks("asking")["seated"] == 2


def test_a_root_secret_of_another_copy_is_noticed_before_anything_changes(
    copy, backed_up, identity, tmp_path
):
    new = copy.emptied(tmp_path / "new")
    (new.folder / "secrets" / "root").unlink()
    new.does("setup")

    told = new.refuses("restore", backed_up, "--identity", identity)

    assert "root secret is not the one of the backup" in told


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
    assert "every row in it opens" in said
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


@pytest.mark.parametrize("ended", ["an erasure", "a parting"])
def test_where_the_ledger_was_lost_the_data_that_are_put_aside_still_tell(
    copy, backed_up, identity, ended
):
    """Or where a halt came before anything was written in it."""
    copy.asks("adding", ended)
    (copy.folder / "ledger").unlink()

    copy.does("restore", backed_up, "--identity", identity)

    assert copy.asks("asking")["seated"] == 1


def test_where_nothing_tells_any_more_what_was_erased_does_not_open_with_keys_from_after(
    copy, backed_up, identity, tmp_path
):
    copy.asks("adding", "an erasure")
    after = tmp_path / "elsewhere" / "after.age"
    after.parent.mkdir()
    copy.does("backup", after)
    new = copy.emptied(tmp_path / "new")

    ring = f"{after}.keyring"
    told = new.refuses("restore", backed_up, "--identity", identity, "--keyring", ring)

    assert "do not open with this keyring" in told


def test_a_plain_copy_of_a_database_that_is_in_use_is_no_backup(copy, identity, tmp_path):
    plain = tmp_path / "copied.sqlite3"
    with sqlite3.connect(plain) as database:
        database.execute("CREATE TABLE infra_auditentry (id)")

    told = copy.refuses("restore", plain, "--identity", identity, "--keep-keyring")

    assert "interwoven backup" in told
