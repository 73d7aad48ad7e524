"""Copies that must not start do not, and each says in a sentence why and what to do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from interwoven.config import command
from interwoven.config.secrets import make
from interwoven.config.variables import NAMES
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
HOME = {"PUBLIC_URL": "https://home.example"}
OPEN = {"HOST": "0.0.0.0"}


@pytest.fixture
def folder(tmp_path) -> Path:
    """A data folder with secrets and databases, which is all that is looked at before the start."""
    folder = tmp_path / "data"
    make(folder, keyring_exists=False)
    for name in ("interwoven.sqlite3", "keyring.sqlite3"):
        (folder / name).touch(mode=0o600)
        (folder / name).write_bytes(b"rows")
    return folder


@pytest.fixture
def said(monkeypatch, folder):
    """Say these variables and nothing else."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(f"{name}_FILE", raising=False)
    monkeypatch.setenv("DATA_DIR", str(folder))
    monkeypatch.setenv("PORT", str(free_port()))

    def say(variables: dict[str, str]) -> None:
        for name, value in variables.items():
            monkeypatch.setenv(name, value)

    return say


# What is said, and what is answered: why, and what to do.
SETTINGS = [
    (OPEN | HOME | {"DEBUG": "on"}, "DEBUG is on", "Leave DEBUG out"),
    (HOME | {"SECRET_KEY": "changeme"}, "SECRET_KEY is a well-known one", "Leave it out"),
    ({"PUBLIC_URL": "http://home.example"}, "no HTTPS", "Put a proxy in front"),
    (OPEN, "no HTTPS", "PUBLIC_URL=https://"),
    ({"PUBLIC_URL": "https://*"}, "letters that a browser would not send", "PUBLIC_URL=https://"),
    (HOME | {"TRUSTED_PROXY": "0"}, "a proxy in front must speak", "Say TRUSTED_PROXY=1"),
    ({"KEYRING_URL": "sqlite:///interwoven.sqlite3"}, "the same database", "of its own"),
    ({"DATABASE_URL": "sqlite:///static/all.sqlite3"}, "handed to anybody", "outside it"),
    ({"KEYRING_URL": "sqlite:///static/ring.sqlite3"}, "handed to anybody", "outside it"),
    ({"DATA_DIR": str(ROOT / "src/interwoven/web/static/web/data")}, "handed to", "of its own"),
    ({"DATABASE_URL": "postgres://us:w@db.example/a"}, "encrypted", "?sslmode=verify-full"),
    ({"KEYRING_URL": "postgres://us:w@8.8.8.8/a?sslmode=prefer"}, "encrypted", "sslmode=verify"),
    ({"DATABASE_URL": "postgres://us:postgres@db/a"}, "well-known", "Give the database's user"),
    ({"DATABASE_URL": "postgres://Ana:Ana@db/x"}, "well-known", "Give the database's user"),
    ({"DATABASE_URL": "mysql://us@db/a"}, "is neither sqlite", "DATABASE_URL=sqlite:///"),
    ({"EMAIL_URL": "mail.example:25"}, "is not of the form", "EMAIL_URL=smtp://"),
    ({"EMAIL_URL": "smtp://mail.example?tls=none"}, "only for a mail server on", "EMAIL_URL=smtp"),
    ({"EXIT_URL": "http://news.example"}, "is not of the form", "EXIT_URL=https://"),
    (HOME | {"EXIT_URL": "https://home.example/a"}, "this copy itself", "EXIT_URL=https://"),
    ({"PORT": "70000"}, "not a whole number from 1 to 65535", "PORT=8000"),
    ({"TIME_ZONE": "Atlantis"}, "not the name of a time zone", "TIME_ZONE=Europe"),
    ({"BACKUP_TO": "age1short"}, "not a public key", "interwoven backup-key"),
]


@pytest.mark.parametrize(("variables", "why", "remedy"), SETTINGS)
def test_a_bad_setting_starts_nothing_and_says_why_and_what_to_do(
    said, capsys, variables, why, remedy
):
    said(variables)

    for name in ("start", "serve"):
        assert command.main([name]) == 2
        told = capsys.readouterr().err
        assert told.count("\n- ") + told.startswith("- ") == 1, told
        assert why in told
        assert remedy in told
        assert told.endswith(".\nNothing was started.\n")


def _keyring_gone(folder: Path) -> None:
    (folder / "keyring.sqlite3").unlink()


def _key_gone(folder: Path) -> None:
    (folder / "secrets" / "kek-1").unlink()


def _key_cut_short(folder: Path) -> None:
    (folder / "secrets" / "kek-1").write_bytes(b"short")


def _root_cut_short(folder: Path) -> None:
    (folder / "secrets" / "root").write_bytes(b"0")


def _secret_cut_short(folder: Path) -> None:
    (folder / "secrets" / "secret_key").write_text("changeme")


def _secrets_open(folder: Path) -> None:
    (folder / "secrets" / "root").chmod(0o644)


def _folder_open(folder: Path) -> None:
    folder.chmod(0o755)


def _misspelt(folder: Path) -> None:
    (folder / "instance.toml").write_text('kepper = "partner"\n')


FOLDERS = [
    (_keyring_gone, "keyring.sqlite3 is missing", "Put "),
    (_key_gone, "Missing: ", "Put back the secrets"),
    (_key_cut_short, "holds 5 bytes and must hold 32", "Put back the file"),
    (_root_cut_short, "holds 1 bytes and must hold 32", "Put back the file"),
    (_secret_cut_short, "secret_key is shorter than 50 letters", "."),
    (_secrets_open, "can be read by others on this machine", "chmod 600"),
    (_folder_open, "can be read by others on this machine", "chmod 700"),
    (_misspelt, "kepper is not a setting it may hold", "Remove that line"),
]


@pytest.mark.parametrize(("break_it", "why", "remedy"), FOLDERS)
def test_a_broken_folder_is_not_served_and_says_why_and_what_to_do(
    said, capsys, folder, break_it, why, remedy
):
    break_it(folder)

    assert command.main(["serve"]) == 2

    told = capsys.readouterr().err
    assert why in told
    assert remedy in told
    assert told.endswith("\nNothing was started.\n")


@pytest.mark.parametrize("break_it", [_keyring_gone, _key_gone, _folder_open, _misspelt])
def test_nor_is_anything_made_anew_in_it(said, capsys, folder, break_it):
    break_it(folder)
    before = sorted(path.name for path in folder.rglob("*"))

    assert command.main(["start"]) == 2

    assert capsys.readouterr().err.endswith("\nNothing was started.\n")
    assert sorted(path.name for path in folder.rglob("*")) == before


def start(**variables: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if k.removesuffix("_FILE") not in NAMES}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "-m", "interwoven.config.command", "start", "--empty"],
        env=clean | {"PYTHONPATH": str(ROOT / "src"), "PORT": str(free_port())} | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("variables", "why"),
    [(HOME | {"DEBUG": "on"}, "DEBUG is on"), ({"KEYRING_URL": "sqlite:///a", "DATABASE_URL":
      "sqlite:///a"}, "the same database")],
)  # fmt: skip
def test_a_process_of_its_own_ends_with_2_and_without_a_trace(tmp_path, variables, why):
    done = start(DATA_DIR=str(tmp_path / "data"), **variables)

    assert (done.returncode, done.stdout) == (2, "")
    assert why in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_database_that_is_none_ends_it_in_a_sentence_as_well(tmp_path, folder):
    """What only the database can say is said the same way."""
    shutil.copytree(folder, tmp_path / "copy")

    done = start(DATA_DIR=str(tmp_path / "copy"))

    assert done.returncode == 2
    assert "The database cannot be used: file is not a database" in done.stderr
    assert "Traceback" not in done.stderr
