"""Both databases as they were at one moment, to begin from again and again.

Taken and put back while nobody is connected, by a process that is not either.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from psycopg import sql

from interwoven.infra import ledger

BESIDE = ("", "-wal", "-shm")
OURS = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
Place = dict[str, Any]


@dataclass(frozen=True)
class Moment:
    """What is called the same is taken over what was."""

    name: str

    @classmethod
    def now(cls, name: str) -> Moment:
        for place in _places():
            if "sqlite" in place["ENGINE"]:
                _copy(place["NAME"], f"{place['NAME']}_{name}")
            else:
                _put_aside(place, name)
        return cls(name)

    def again(self) -> None:
        for place in _places():
            if "sqlite" in place["ENGINE"]:
                _copy(f"{place['NAME']}_{self.name}", place["NAME"])
            else:
                _put_back(place, self.name)
        (Path(settings.DATA_DIR) / ledger.NAME).unlink(missing_ok=True)


def _places() -> tuple[Place, ...]:
    return settings.DATABASES["default"], settings.DATABASES["keyring"]


def _copy(source: str, target: str) -> None:
    for end in BESIDE:
        Path(target + end).unlink(missing_ok=True)
        if Path(source + end).exists():
            shutil.copy(source + end, target + end)


def _put_aside(place: Place, name: str) -> None:
    with _connected(place) as (connection, tables):
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(name)))
        for table in tables:
            there, here = sql.Identifier(name, table), sql.Identifier("public", table)
            connection.execute(sql.SQL("CREATE TABLE {} AS TABLE {}").format(there, here))


def _put_back(place: Place, name: str) -> None:
    with _connected(place) as (connection, tables):
        connection.execute("SET session_replication_role = replica")  # in whatever order
        for table in tables:
            there, here = sql.Identifier(name, table), sql.Identifier("public", table)
            connection.execute(sql.SQL("DELETE FROM {}").format(here))
            connection.execute(sql.SQL("INSERT INTO {} SELECT * FROM {}").format(here, there))


@contextmanager
def _connected(place: Place) -> Iterator[tuple[psycopg.Connection, list[str]]]:
    who = {"user": place["USER"], "password": place["PASSWORD"], "port": place["PORT"] or None}
    where = {"host": place["HOST"] or None, **place["OPTIONS"]}
    with psycopg.connect(dbname=place["NAME"], **who, **where) as connection:
        yield connection, [table for (table,) in connection.execute(OURS)]
