"""The doctor finds what is wrong, says what to do about it, and changes nothing."""

from __future__ import annotations

import json
import shutil
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller

from interwoven.config import doctor
from interwoven.config.env import read
from tests.ports import free_port

NOW = datetime.now(UTC)


@pytest.fixture
def well(copy, backed_up):
    """A copy with nothing wrong: set up, backed up, and its key kept elsewhere."""
    return copy


def examined(copy, status: int, **more: str) -> dict:
    done = copy.says("doctor", "--json", **more)
    assert done.returncode == status, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_a_copy_with_nothing_wrong_is_well(well):
    found = examined(well, 0)

    assert found["well"] is True
    assert found["problems"] == found["not_looked_at"] == []
    assert len(found["looked_at"]) > 10
    assert well.does("doctor").startswith("All is well: settings, secrets, ")


def _no_backup(copy):
    (copy.folder / "last-backup.json").unlink()


def _old_backup(copy):
    note = copy.folder / "last-backup.json"
    at = (NOW - timedelta(hours=27)).isoformat()
    note.write_text(json.dumps(json.loads(note.read_text()) | {"at": at}))


def _open_secret(copy):
    (copy.folder / "secrets" / "root").chmod(0o644)


def _short_secret(copy):
    (copy.folder / "secrets" / "kek-1").write_bytes(b"short")


def _wrong_key(copy):
    (copy.folder / "secrets" / "kek-1").write_bytes(bytes(32))


def _no_static(copy):
    shutil.rmtree(copy.folder / "static")


def _half_rotated(copy):
    copy.asks("adding", "half a rotation")


def _newer_schema(copy):
    copy.asks("adding", "a migration of the future")


def _older_schema(copy):
    copy.asks("adding", "an older schema")


def _clock_behind(copy):
    copy.asks("adding", "a day to come")


def _restore_begun(copy):
    (copy.folder / "restoring.json").write_text("[]")


def _old_upgrade(copy):
    (copy.folder / f"before-upgrade-{(NOW - timedelta(days=15)).date()}").mkdir(mode=0o700)


def _nonsense_setting(copy):
    with (copy.folder / "instance.toml").open("a") as file:
        file.write('port = "eight thousand"\n')


PLANTED = [
    (_no_backup, "backups", "interwoven backup-key"),
    (_old_backup, "backups", "27 hours old"),
    (_open_secret, "secrets", "chmod 600"),
    (_short_secret, "secrets", "Put back the file"),
    (_wrong_key, "keys", "Put back the secrets"),
    (_no_static, "static files", "interwoven setup"),
    (_half_rotated, "keys", "interwoven keys rotate"),
    (_newer_schema, "schema", "Take that version again"),
    (_older_schema, "schema", "interwoven setup"),
    (_clock_behind, "clock", "set the clock"),
    (_restore_begun, "files", "interwoven setup"),
    (_old_upgrade, "old databases", "Remove it"),
    (_nonsense_setting, "settings", "PORT=8000"),
]


@pytest.mark.parametrize(
    ("plant", "about", "remedy"), PLANTED, ids=lambda each: getattr(each, "__name__", each)
)
def test_a_planted_problem_is_found_with_its_remedy_and_alone(well, plant, about, remedy):
    plant(well)

    found = examined(well, 1)

    assert [problem["about"] for problem in found["problems"]] == [about]
    assert remedy in found["problems"][0]["says"]


def test_several_are_told_at_once_and_in_words(well):
    for plant in (_no_static, _old_backup):
        plant(well)

    done = well.says("doctor")

    assert done.returncode == 1
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "- static files",
        "- backups",
    ]


def test_what_could_not_be_looked_at_is_not_called_well(well):
    _short_secret(well)
    found = examined(well, 1)

    assert found["not_looked_at"] == ["schema", "content", "keys", "clock"]
    assert "Not looked at until that is mended" in well.says("doctor").stdout


def test_where_there_is_no_copy_it_says_how_to_make_one(well, tmp_path):
    found = examined(well, 1, DATA_DIR=str(tmp_path / "nothing"))

    assert "interwoven setup" in found["problems"][0]["says"]
    assert not (tmp_path / "nothing").exists()


def test_a_mail_server_that_does_not_answer_is_found(well):
    place = f"127.0.0.1:{free_port()}"
    found = examined(well, 1, EMAIL_URL=f"smtp://us:hunter2@{place}?tls=none")

    [problem] = found["problems"]
    assert problem["about"] == "mail"
    assert place in problem["says"]
    assert "hunter2" not in json.dumps(found)


def test_a_mail_server_that_answers_is_in_order(well):
    server = Controller(None, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        examined(well, 0, EMAIL_URL=f"smtp://127.0.0.1:{server.port}?tls=none")
    finally:
        server.stop()


@pytest.fixture
def env(tmp_path):
    return read({"DATA_DIR": str(tmp_path)})


def test_too_little_room_on_the_disk_is_found(env, monkeypatch):
    usage = namedtuple("usage", "total used free")
    for free, count in ((doctor.LEAST_FREE - 1, 1), (doctor.LEAST_FREE, 0)):
        monkeypatch.setattr("shutil.disk_usage", lambda _, free=free: usage(1, 1, free))
        assert len(list(doctor._disk(env, NOW))) == count


@pytest.mark.django_db(databases=["default", "keyring"])
def test_a_clock_from_before_this_version_is_found():
    assert list(doctor._clock(None, NOW)) == []
    [told] = doctor._clock(None, datetime(1970, 1, 2, tzinfo=UTC))
    assert "1970-01-02" in told


def test_databases_that_a_restore_put_aside_long_ago_are_found(env):
    for days in (13, 15):
        day = (NOW - timedelta(days=days)).date().isoformat()
        env.database.path.with_name(f"interwoven.sqlite3.before-{day}").touch()
        env.keyring.path.with_name(f"keyring.sqlite3.before-{day}-2").touch()

    told = list(doctor._old_databases(env, NOW))

    assert len(told) == 2
    assert "Remove it" in told[0]


def test_a_database_that_is_open_to_others_missing_or_damaged_is_found(env):
    import sqlite3

    for file in (env.database.path, env.keyring.path):
        with sqlite3.connect(file) as database:
            database.execute("CREATE TABLE t (words)")
            database.executemany("INSERT INTO t VALUES (?)", [("x" * 900,)] * 99)
        database.close()
        file.chmod(0o600)
    assert list(doctor._files(env, NOW)) == []

    env.database.path.chmod(0o640)
    whole = bytearray(env.keyring.path.read_bytes())
    whole[8192:12288] = b"\xff" * 4096
    env.keyring.path.write_bytes(whole)
    readable, damaged = doctor._files(env, NOW)
    assert "chmod 600" in readable
    assert "damaged" in damaged

    env.database.path.unlink()
    assert "is missing" in next(doctor._files(env, NOW))


@pytest.mark.parametrize("name", ["handled", "ledger"])
def test_a_file_that_another_user_wrote_is_found(env, monkeypatch, name):
    for file in ("handled", "ledger"):
        (env.data_dir / file).touch()
    assert list(doctor._owners(env, NOW)) == []
    owner = env.data_dir.stat().st_uid

    monkeypatch.setattr(doctor, "_owner_of", lambda path: owner + (path.name == name))

    [told] = doctor._owners(env, NOW)
    assert f"sudo chown {owner} '{env.data_dir / name}'" in told


def test_looking_changes_nothing(well):
    before = {path: path.stat().st_mtime_ns for path in _kept(well)}
    examined(well, 0)

    assert {path: path.stat().st_mtime_ns for path in _kept(well)} == before


def _kept(copy):
    beside = ("-wal", "-shm")
    return [p for p in sorted(copy.folder.rglob("*")) if p.is_file() and p.name[-4:] not in beside]
