"""Before a new version changes anything, the copy is backed up; and so there is a way back."""

from __future__ import annotations

from datetime import UTC, datetime

from interwoven.upkeep import lock

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
    assert "all of them open" in old.does("restore", folder / "data.age", "--identity", identity)
    old.does("setup")


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
