"""Before a new version changes anything, the copy is backed up; and so there is a way back."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from interwoven.upkeep import before, lock

LATER = {"DJANGO_SETTINGS_MODULE": "tests.upgrades.settings_later", "LATER": "expanded"}


def folders(copy) -> list[str]:
    return sorted(path.name for path in copy.folder.glob("before-upgrade-*"))


def test_a_sealed_backup_is_made_once_and_the_older_version_goes_back_to_it(old, tmp_path):
    identity = tmp_path / "identity.txt"
    identity.write_text(old.does("backup-key"))
    days = {datetime.now(UTC).date()}

    said = old.does("setup", **LATER)
    again = old.does("setup", **LATER)

    days.add(datetime.now(UTC).date())
    assert folders(old) in [[f"before-upgrade-{day}"] for day in days]
    assert "backed up, as it was before, in " in said
    assert "backed up" not in again
    [folder] = old.folder.glob("before-upgrade-*")
    assert {p.name for p in folder.iterdir()} == {
        "data.age", "data.age.keyring", "data.age.ledger", "migrations.txt",
    }  # fmt: skip
    assert {path.stat().st_mode & 0o077 for path in (folder, *folder.iterdir())} == {0}
    assert "default infra 0001_initial\n" in (folder / "migrations.txt").read_text()
    assert not (old.folder / "last-backup.json").exists()
    assert "newer version" in old.refuses("setup")
    assert "every row in it opens" in old.does(
        "restore", folder / "data.age", "--identity", identity
    )
    old.does("setup")


def test_a_second_upgrade_on_the_same_day_backs_up_what_was_written_between(old, tmp_path):
    identity = tmp_path / "identity.txt"
    identity.write_text(old.does("backup-key"))
    old.does("setup")
    first = upgraded(old)
    old.does("restore", first, "--identity", identity)
    old.asks("adding", "somebody")
    written = old.asks("asking")["people"]

    second = upgraded(old)

    assert second != first
    old.does("restore", second, "--identity", identity)
    assert old.asks("asking")["people"] == written


def upgraded(copy) -> Path:
    """The backup that is made before it; of the same state and day the only one."""
    (copy.folder / "stamps" / "databases").unlink()  # whose digest is that of both versions
    copy.does("setup", **LATER)
    files = list(copy.folder.glob("before-upgrade-*/data.age"))
    states = {(file.parent / "migrations.txt").read_text() for file in files}
    assert len(states) == len(files)
    return max(files, key=lambda file: file.stat().st_mtime_ns)


def test_of_one_state_and_day_the_newest_is_left_and_never_none(tmp_path):
    day = date(2026, 12, 1)
    for state in ("one\n", "one\n", "two\n", "two\n", "one\n"):
        there = set(tmp_path.glob("*/data.age"))
        folder = before.folder_for(tmp_path, state, day)
        assert set(tmp_path.glob("*/data.age")) == there
        for name in ("data.age", "data.age.keyring"):
            (folder / name).write_text(state)
        before.leave_only(folder, day)

    kept = sorted(path.read_text() for path in tmp_path.glob("*/data.age"))
    assert kept == ["one\n", "two\n"]
    assert len(list(tmp_path.iterdir())) == 2
    assert before.folder_for(tmp_path, "one\n", date(2026, 12, 2)).name.endswith("-02")
    before.leave_only(folder, date(2026, 12, 2))
    assert len(list(tmp_path.glob("*/data.age"))) == 2


def test_where_there_is_no_key_it_says_so_in_a_line_and_goes_on(old):
    said = old.does("setup", **LATER)

    assert "no backup was made before this" in said
    assert "interwoven backup-key" in said
    assert folders(old) == []


def test_a_start_that_cannot_back_up_changes_nothing(old):
    old.does("backup-key")

    with lock.keeping(old.folder):
        told = old.refuses("setup", **LATER)

    assert "Another backup, restore or rotation is at work" in told
    old.does("setup")  # by this version, which would refuse what a newer one has changed
    assert folders(old) == []
