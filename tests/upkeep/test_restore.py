"""A restore brings back all of it or changes nothing, and is not begun while somebody is served."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from interwoven.infra import handlings
from interwoven.infra.handlings import Deed
from interwoven.upkeep import age
from tests.ports import free_port
from tests.upkeep.copies import ON_POSTGRES


def as_it_is(copy) -> dict[str, object]:
    """All that is kept in a copy, to see that it did not change."""
    files = sorted(copy.files())
    if ON_POSTGRES:
        return {"files": files, "found": copy.asks("asking")}
    whole = [path for path in copy.folder.rglob("*") if path.suffix == ".sqlite3"]
    return {"files": files, "digests": {p.name: digest(p) for p in whole}}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def keyring_of(file: Path) -> Path:
    return file.with_name(f"{file.name}.keyring")


def handled(copy) -> set[Deed]:
    """What people are told that was done with everything here."""
    return {one.deed for one in handlings.latest(copy.folder)}


def test_all_that_was_written_comes_back_to_an_empty_folder(copy, backed_up, identity, tmp_path):
    before = copy.asks("asking")
    new = copy.emptied(tmp_path / "new")

    said = new.does("restore", backed_up, "--identity", identity)

    after = new.asks("asking")
    assert before["rows"] == after["rows"]
    assert before["keys"] == after["keys"]
    assert before["steps"] == after["steps"] == ["ZqstepXk by the river"]
    assert said.startswith("Restored: every key and every row in it opens.\n")
    assert handled(new) == {Deed.OPENED, Deed.RESTORED}


def test_what_was_there_is_kept_beside_and_can_be_put_back(copy, backed_up, identity):
    copy.asks("adding", "somebody")
    later = copy.asks("asking")

    said = copy.does("restore", backed_up, "--identity", identity)

    assert copy.asks("asking")["keys"] < later["keys"]
    assert said.count("before") >= 2
    if not ON_POSTGRES:
        for name in ("interwoven.sqlite3", "keyring.sqlite3"):
            [kept] = copy.folder.glob(f"{name}.before-*")
            kept.replace(copy.folder / name)
        assert copy.asks("asking") == later


def test_nothing_chosen_before_opens_by_itself_and_nobody_stays_signed_in(
    copy, backed_up, identity
):
    copy.asks("adding", "a session")
    before = copy.asks("asking")
    assert before["chosen"] == 2
    assert before["sessions"] == 1
    copy.does("backup", backed_up.with_name("second.age"))

    copy.does("restore", backed_up.with_name("second.age"), "--identity", identity)

    after = copy.asks("asking")
    assert after["chosen"] == 0
    assert after["sessions"] == 0
    assert after["rows"] == before["rows"]


def test_a_trial_changes_nothing_even_beside_a_served_copy(copy, backed_up, identity, held):
    before = as_it_is(copy)

    with held(copy.folder / ".serving"):
        said = copy.does("restore", backed_up, "--identity", identity, "--check")

    assert "Nothing was changed" in said
    assert as_it_is(copy) == before
    assert handled(copy) == {Deed.BACKED_UP, Deed.OPENED}


@pytest.fixture
def held():
    """Hold a lock as a server holds it."""
    import fcntl

    def hold(path: Path):
        file = path.open("w")
        fcntl.flock(file, fcntl.LOCK_EX)
        return file

    return hold


def test_a_served_copy_is_not_restored_over(copy, backed_up, identity, held):
    before = as_it_is(copy)
    with held(copy.folder / ".serving"):
        assert "being served" in copy.refuses("restore", backed_up, "--identity", identity)

    assert as_it_is(copy) == before


def test_one_bit_flipped_anywhere_is_found_and_nothing_changed(copy, backed_up, identity):
    before = as_it_is(copy)
    for file in (backed_up, keyring_of(backed_up)):
        whole = file.read_bytes()
        for place in (60, len(whole) // 2, len(whole) - 1):
            broken = bytearray(whole)
            broken[place] ^= 1
            file.write_bytes(broken)
            told = copy.refuses("restore", backed_up, "--identity", identity)
            assert "does not open with that key" in told
        file.write_bytes(whole)
        assert as_it_is(copy) == before


def test_a_file_cut_short_is_found(copy, backed_up, identity):
    before, whole = as_it_is(copy), backed_up.read_bytes()
    for length in (0, 100, len(whole) - 1, len(whole) - 65_552):
        backed_up.write_bytes(whole[: max(length, 0)])
        assert "does not open" in copy.refuses("restore", backed_up, "--identity", identity)

    assert as_it_is(copy) == before


def test_a_key_of_somebody_else_opens_nothing(copy, backed_up, tmp_path):
    before = as_it_is(copy)
    other = tmp_path / "other"
    other.write_text(age.new_identity()[1])

    assert "does not open" in copy.refuses("restore", backed_up, "--identity", other)
    assert as_it_is(copy) == before


def test_the_keyring_of_another_copy_is_refused_before_anything_changes(
    copy, template, backed_up, identity, tmp_path
):
    """A copy with the same key files and other keys: only the rows can tell."""
    other = template[0].another(tmp_path / "other")
    other.asks("adding", "a keyring of its own")
    public = identity.read_text().split("public key: ")[1].split()[0]
    other.does("backup", tmp_path / "other.age", "--to", public)
    before = as_it_is(copy)

    told = copy.refuses(
        "restore", backed_up, "--identity", identity,
        "--keyring", keyring_of(tmp_path / "other.age"),
    )  # fmt: skip

    assert told.startswith("Some rows in the backup do not open with this keyring. Name")
    assert as_it_is(copy) == before


def test_a_keyring_that_the_key_files_do_not_open_is_refused(copy, backed_up, identity, tmp_path):
    before = as_it_is(copy)
    file = copy.folder / "secrets" / "kek-1"
    right = file.read_bytes()
    file.write_bytes(bytes(32))

    told = copy.refuses("restore", backed_up, "--identity", identity)

    assert "Put back the secrets" in told
    file.write_bytes(right)
    assert as_it_is(copy) == before


def test_the_two_files_in_each_other_s_place_are_refused(copy, backed_up, identity):
    before = as_it_is(copy)

    told = copy.refuses("restore", keyring_of(backed_up), "--keyring", backed_up,
                        "--identity", identity)  # fmt: skip

    assert "Is it the right file?" in told
    assert as_it_is(copy) == before


def test_without_its_keyring_it_says_what_to_name(copy, backed_up, identity):
    keyring_of(backed_up).unlink()

    assert f"{keyring_of(backed_up)} is not there" in copy.refuses(
        "restore", backed_up, "--identity", identity
    )
    assert "every row in it opens" in copy.does(
        "restore", backed_up, "--identity", identity, "--keep-keyring"
    )


def test_old_data_with_the_newer_keyring_of_the_folder_open(copy, backed_up, identity):
    copy.asks("adding", "somebody")
    newer = copy.asks("asking")["keys"]
    copy.does("keys", "rotate")

    copy.does("restore", backed_up, "--identity", identity, "--keep-keyring")

    after = copy.asks("asking")
    assert after["keys"] == newer
    assert after["key files"] == {"2": newer}


def test_a_backup_of_a_newer_version_is_refused(copy, identity, tmp_path):
    copy.asks("adding", "a migration of the future")
    copy.does("backup", tmp_path / "newer.age")
    before = as_it_is(copy)

    told = copy.refuses("restore", tmp_path / "newer.age", "--identity", identity)

    assert "newer version" in told
    assert "infra 0999_of_the_future" in told
    assert as_it_is(copy) == before


def test_a_backup_of_an_older_version_is_brought_up_to_this_one(copy, identity, tmp_path):
    before = copy.asks("asking")
    copy.asks("adding", "an older schema")
    copy.does("backup", tmp_path / "older.age")

    copy.does("restore", tmp_path / "older.age", "--identity", identity)

    assert copy.asks("asking")["rows"] == before["rows"]


def test_a_backup_made_while_people_write_is_whole(copy, identity, tmp_path):
    writer = copy.begins("tests.upkeep.writing")
    assert writer.stdout.readline() == "writing\n"
    for number in range(3):
        copy.does("backup", tmp_path / f"{number}.age")
    rounds, wrong = writer.communicate(timeout=60)
    assert writer.returncode == 0, wrong
    assert json.loads(rounds) > 3

    for number in range(3):
        said = copy.does("restore", tmp_path / f"{number}.age", "--identity", identity, "--check")
        assert "every row in it opens" in said


def test_a_restore_under_way_lets_nobody_serve(copy, tmp_path):
    import fcntl

    with (copy.folder / ".serving").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        assert "or restored" in copy.refuses("serve", PORT=str(free_port()))
        assert "or restored" in copy.refuses("setup")
