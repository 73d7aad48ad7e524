"""A PostgreSQL database: copied by pg_dump, put back beside, exchanged by its name."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from interwoven.upkeep.errors import Refused
from interwoven.upkeep.progress import Progress
from interwoven.upkeep.stores import NEW_NAME

MAGIC = b"PGDMP"
INSTALL = (
    "Install PostgreSQL's own client programs, of the server's version "
    "(on Debian and Ubuntu: postgresql-client)."
)
SIZE = "SELECT pg_database_size(current_database())"
THERE = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)"
LIKE = "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY datname"
BEFORE = "_before_"  # between a database's name and the day until which it was in use


@dataclass(frozen=True)
class Postgres:
    """How to reach it, in libpq's words. The password is apart: no list of programs shows it."""

    name: str
    server: Mapping[str, Any]
    password: str = field(default="", repr=False)

    @property
    def short(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        with self._connected(self.name) as connection:
            return int(_one(connection.execute(SIZE)))

    def exists(self) -> bool:
        with self._connected() as connection:
            return bool(_one(connection.execute(THERE, [self.name])))

    def snapshot(self, to: Path) -> None:
        with Progress(self.name):
            self._run("pg_dump", "--format=custom", "--no-owner", "--no-privileges",
                      f"--file={to}", f"--dbname={self._address(self.name)}")  # fmt: skip
        self._run("pg_restore", "--list", str(to))

    def unpack(self, plain: Path) -> Postgres:
        with plain.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise Refused(
                    f"The backup is not of a PostgreSQL database, and {self.name} is one. Name the "
                    "kind of database it came from in DATABASE_URL or KEYRING_URL."
                )
        self.discard()
        new = replace(self, name=self._new())
        with self._connected() as connection:
            _create(connection, new.name)
        with Progress(new.name):
            self._run("pg_restore", "--no-owner", "--no-privileges", "--single-transaction",
                      "--exit-on-error", f"--dbname={self._address(new.name)}",
                      str(plain))  # fmt: skip
        return new

    def spare_name(self, day: str) -> str:
        kept = base = f"{self.name}{BEFORE}{day.replace('-', '')}"[:58]
        number = 2
        with self._connected() as connection:
            while _one(connection.execute(THERE, [kept])):
                kept, number = f"{base}_{number}", number + 1
        return kept

    def put_aside(self) -> list[tuple[str, str]]:
        prefix = f"{self.name}{BEFORE}"
        with self._connected() as connection:
            found = connection.execute(LIKE, [prefix]).fetchall()
        return [(name, name.removeprefix(prefix)[:8]) for (name,) in found]

    def exchange(self, new: str, kept: str) -> None:
        """Both names change in one transaction."""
        try:
            with self._connected() as connection:
                if not _one(connection.execute(THERE, [new])):
                    return  # it was cut short after this
                old_there = _one(connection.execute(THERE, [self.name]))
                with connection.transaction():
                    if old_there:
                        connection.execute(_rename(self.name, kept))
                    connection.execute(_rename(new, self.name))
        except psycopg.errors.ObjectInUse:
            raise Refused(
                f"Somebody is connected to the database {self.name}. Stop what is, and say: "
                "interwoven setup, which ends what was begun."
            ) from None

    def lacks(self, new: str, kept: str) -> bool:
        with self._connected() as connection:
            there = {n: _one(connection.execute(THERE, [n])) for n in (new, self.name, kept)}
        return not there[new] and not (there[self.name] and (there[kept] or not kept))

    def discard(self) -> None:
        with self._connected() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(
                    sql.Identifier(self._new())
                )
            )

    def _new(self) -> str:
        return f"{self.name[:50]}_{NEW_NAME}"

    @contextmanager
    def _connected(self, name: str = "postgres") -> Iterator[psycopg.Connection]:
        try:
            with psycopg.connect(
                self._address(name), password=self.password or None, autocommit=True
            ) as connection:
                yield connection
        except psycopg.errors.ObjectInUse:  # one of those below, and no word on reaching it
            raise
        except psycopg.OperationalError as wrong:
            raise Refused(f"The database {name} cannot be reached: {_first(str(wrong))}") from None

    def _address(self, name: str) -> str:
        return make_conninfo(dbname=name, **{k: v for k, v in self.server.items() if v})

    def _run(self, program: str, *arguments: str) -> None:
        found = shutil.which(program)
        if found is None:
            raise Refused(f"{program} is not on this machine. {INSTALL}")
        environment = dict(os.environ) | ({"PGPASSWORD": self.password} if self.password else {})
        done = subprocess.run(  # noqa: S603 - our own words, and no shell
            [found, *arguments], env=environment, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            remedy = f" {INSTALL}" if "version mismatch" in done.stderr else ""
            raise Refused(f"{program} could not do it: {_first(done.stderr)}.{remedy}")


def _create(connection: psycopg.Connection, name: str) -> None:
    try:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name))
        )
    except psycopg.errors.InsufficientPrivilege:
        raise Refused(
            "The backup is put back into a new database first, and this user may not make one. Let "
            "it, as PostgreSQL's administrator: ALTER ROLE … CREATEDB"
        ) from None


def _rename(old: str, new: str) -> sql.Composed:
    return sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
        sql.Identifier(old), sql.Identifier(new)
    )


def _one(cursor: psycopg.Cursor[Any]) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None


def _first(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0] if lines else "no reason was given"
