"""Backup, restore and rotation, killed at many a step: nothing is lost, and nothing half is left.

Each kill is a SIGKILL at a random step out of all the command takes; which ones is the same in
every run. What a power cut would do to a disk's own memory is not tried.
"""

from __future__ import annotations


def test_a_rotation_killed_at_any_step_is_ended_by_the_next(copy):
    copy.asks("adding", "many keys")

    done = copy.asks("killing", 25, 1, "keys", "rotate")

    assert len(done["killed"]) == 25
    assert len(set(done["killed"])) > 15
    assert done["steps"] > 700
    assert len(copy.asks("asking")["key files"]) == 1
    assert not [p for p in (copy.folder / "secrets").iterdir() if p.name.startswith(".")]


def test_a_backup_killed_at_any_step_leaves_no_half_file(copy, identity, tmp_path):
    away = tmp_path / "away"
    away.mkdir()

    done = copy.asks("killing", 15, 2, "backup", away / "%.age")
    last = copy.asks("killing", 10, "last", "backup", away / "last-%.age")

    assert len(done["killed"]) == 15
    assert len(set(last["killed"])) == 10
    whole = [path for path in away.glob("*.age") if not path.name.startswith(".")]
    assert 2 <= len(whole) < 25
    for file in whole:
        assert file.with_name(f"{file.name}.keyring").exists()
    said = copy.does("restore", max(whole), "--identity", identity, "--check")
    assert "every row in it opens" in said
    assert ".keeping-scratch" not in copy.files()


def test_a_restore_killed_at_any_step_leaves_the_old_or_the_new(copy, backed_up, identity):
    copy.asks("adding", "somebody")

    done = copy.asks("killing", 20, 3, "restore", backed_up, "--identity", identity)

    assert len(done["killed"]) == 20
    assert len(set(done["killed"])) > 12
    left = {name for name in copy.files() if ".before-" not in name}
    assert left <= {
        "interwoven.sqlite3", "keyring.sqlite3", "secrets", "stamps", "static", "instance.toml",
        "last-backup.json", "handled", "ledger",
    }  # fmt: skip


def test_a_restore_killed_while_things_change_places_is_ended_by_the_next_start(
    copy, backed_up, identity
):
    """The last steps, one after another: the order is written, files are renamed, it is removed."""
    copy.asks("adding", "somebody")

    done = copy.asks("killing", 16, "last", "restore", backed_up, "--identity", identity)

    assert len(set(done["killed"])) == 16
    assert "restoring.json" not in copy.files()
