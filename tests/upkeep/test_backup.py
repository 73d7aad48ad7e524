"""A backup is consistent, sealed, whole or not there, and keeps data and keyring apart."""

from __future__ import annotations

import json
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime

import pyrage
import pytest

from interwoven.infra import handlings
from interwoven.infra.handlings import Deed
from interwoven.upkeep import age, backup
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.postgres import Postgres
from interwoven.upkeep.sqlite import Sqlite
from tests.privacy.searching import spellings
from tests.upkeep.copies import ON_POSTGRES

ROWS = 4000


@pytest.fixture
def plain(backed_up, identity, tmp_path):
    """What lies in both files, once they are opened."""
    found = {}
    for name in ("first.age", "first.age.keyring"):
        age.unseal(backed_up.with_name(name), tmp_path / name, identity)
        found[name] = (tmp_path / name).read_bytes()
    return found


def held(content: bytes, words: dict[str, str]) -> set[str]:
    return {name for name, word in words.items() if any(way in content for way in spellings(word))}


def test_nothing_that_was_typed_is_in_either_file_even_when_it_is_opened(backed_up, plain, words):
    for name, content in plain.items():
        assert held(backed_up.with_name(name).read_bytes(), words) == set()
        assert held(content, words) == set()


def test_what_is_in_the_files_are_the_two_databases(plain):
    magic = b"PGDMP" if ON_POSTGRES else b"SQLite format 3\0"

    assert all(content.startswith(magic) for content in plain.values())
    assert len(plain["first.age"]) > len(plain["first.age.keyring"])


def test_each_file_says_nothing_but_that_it_is_sealed(backed_up):
    for file in backed_up.parent.iterdir():
        assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert b"SQLite" not in file.read_bytes()


def test_no_secret_of_the_copy_is_in_a_backup(copy, plain):
    secrets = [path.read_bytes() for path in (copy.folder / "secrets").iterdir()]

    assert len(secrets) == 3
    for content in plain.values():
        assert not [secret for secret in secrets if secret in content]


def test_nothing_is_left_behind_and_when_it_was_is_noted(copy, backed_up):
    assert [one.deed for one in handlings.latest(copy.folder)] == [Deed.BACKED_UP]
    assert copy.files() - {"last-backup.json", handlings.NAME} <= {
        "interwoven.sqlite3", "keyring.sqlite3", "ledger", "secrets", "stamps", "static",
        "instance.toml",
    }  # fmt: skip
    noted = json.loads((copy.folder / "last-backup.json").read_text())
    assert noted["file"] == str(backed_up)
    assert sorted(path.name for path in backed_up.parent.iterdir()) == [
        "first.age", "first.age.keyring", "first.age.ledger",
    ]  # fmt: skip


def test_a_backup_is_never_written_over(copy, backed_up):
    before = backed_up.read_bytes()

    assert "not written over" in copy.refuses("backup", backed_up)
    assert backed_up.read_bytes() == before


def test_without_a_key_it_says_how_to_make_one(copy, tmp_path):
    assert "interwoven backup-key" in copy.refuses("backup", tmp_path / "x.age")
    assert "age1" in copy.refuses("backup", tmp_path / "x.age", "--to", "age1nonsense")
    assert not list(tmp_path.glob("x.age*"))


def test_another_key_can_be_named_for_one_backup(copy, tmp_path):
    public, secret = age.new_identity()
    (tmp_path / "key").write_text(secret)

    copy.does("backup", tmp_path / "x.age", "--to", public)

    assert "every row in it opens" in copy.does(
        "restore", tmp_path / "x.age", "--identity", tmp_path / "key", "--check"
    )


def test_the_secret_half_is_shown_once_and_kept_nowhere(copy, identity):
    secret = identity.read_text().split()[-1]

    assert "already" in copy.refuses("backup-key")
    for path in copy.folder.rglob("*"):
        assert not path.is_file() or secret.encode() not in path.read_bytes()


def test_a_new_key_takes_the_place_of_the_old_and_leaves_the_other_settings(copy, identity):
    before = (copy.folder / "instance.toml").read_text()
    after = copy.does("backup-key", "--new")

    public = after.split("public key: ")[1].split()[0]
    kept = (copy.folder / "instance.toml").read_text()
    assert kept.count("backup_to") == 1
    assert f'backup_to = "{public}"' in kept
    assert public not in before


def test_where_there_is_no_folder_it_says_so(copy, identity, tmp_path):
    assert "There is no folder" in copy.refuses("backup", tmp_path / "nowhere" / "x.age")


def test_two_at_a_time_are_refused(copy, identity, tmp_path):
    with locked(copy.folder / ".keeping"):
        assert "at work" in copy.refuses("backup", tmp_path / "x.age")


def locked(path):
    import fcntl

    file = path.open("w")
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def test_without_pg_dump_it_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Refused, match="client programs"):
        Postgres("couple", {}).snapshot(tmp_path / "x")


def test_a_snapshot_shows_one_moment_while_others_write(tmp_path):
    """Two rows change together; a snapshot in the midst of it has both or neither."""
    path = tmp_path / "busy.sqlite3"
    _fill(path)
    over, writes = threading.Event(), []
    writer = threading.Thread(target=_write, args=(path, over, writes))
    writer.start()
    try:
        for number in range(5):
            before = len(writes)
            copy = tmp_path / f"copy-{number}"
            Sqlite(path).snapshot(copy)
            assert len(writes) > before or _until_more(writes, before), "nobody wrote meanwhile"
            with closing(sqlite3.connect(copy)) as found:
                assert found.execute("SELECT count(*), count(DISTINCT n) FROM t").fetchone() == (
                    ROWS, 1,
                )  # fmt: skip
    finally:
        over.set()
        writer.join()


def _fill(path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER, words TEXT)")
        database.executemany(
            "INSERT INTO t VALUES (?, 0, ?)", [(i, "x" * 400) for i in range(ROWS)]
        )
        database.commit()


def _write(path, over, writes) -> None:
    with closing(sqlite3.connect(path, timeout=10)) as database:
        while not over.is_set():
            database.execute("UPDATE t SET n = n + 1")
            database.commit()
            writes.append(1)


def _until_more(writes, before) -> bool:
    return any(len(writes) > before for _ in iter(lambda: threading.Event().wait(0.01), None))


def test_a_full_disk_at_the_very_last_write_is_noticed(tmp_path, monkeypatch):
    """The library overlooks it; a backup cut short must not pass for one."""
    public, _ = age.new_identity()
    source = tmp_path / "source"
    source.write_bytes(b"x" * 100_000)

    def full(self, some: bytes) -> int:
        self.wrong = OSError(28, "No space left on device")
        raise self.wrong

    monkeypatch.setattr(age._Sink, "write", full)
    with pytest.raises((OSError, pyrage.EncryptError)):
        age.seal(source, tmp_path / "sealed", public)


def test_a_backup_that_fails_leaves_nothing(tmp_path):
    """The keyring is away: the data, sealed by then, are not left half a backup."""
    folder = tmp_path / "data"
    folder.mkdir()
    _fill(folder / "d")
    public, _ = age.new_identity()

    with pytest.raises(Refused, match="cannot be copied"):
        backup.make(
            Copy(folder, Sqlite(folder / "d"), Sqlite(folder / "away")),
            tmp_path / "x.age",
            public,
            datetime.now(UTC),
        )

    assert {path.name for path in tmp_path.iterdir()} == {"data"}
    assert backup.last(folder) is None
    assert not (folder / "away").exists()


def test_a_key_that_is_no_key_is_refused(tmp_path):
    file = tmp_path / "key"
    for text, why in (("", "no secret key"), ("AGE-SECRET-KEY-1QQQ", "cut short or mistyped")):
        file.write_text(text)
        with pytest.raises(Refused, match=why):
            age.unseal(file, tmp_path / "out", file)
