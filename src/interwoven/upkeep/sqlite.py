"""A SQLite database: one file, copied through SQLite itself and never as a file."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from interwoven.infra.lines import sync_folder
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.progress import Progress
from interwoven.upkeep.stores import NEW_NAME

MAGIC = b"SQLite format 3\0"
PAGES = 1024  # copied between two looks at how far it is
BESIDE = ("-wal", "-shm", "-journal")
BEFORE = ".before-"  # between a database's name and the day until which it was in use


@dataclass(frozen=True)
class Sqlite:
    path: Path

    @property
    def name(self) -> str:
        return str(self.path)

    @property
    def short(self) -> str:
        return self.path.name

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def exists(self) -> bool:
        return self.path.exists()

    def snapshot(self, to: Path) -> None:
        """Copy one moment of it: a read transaction holds it still for us and for nobody else."""
        try:
            with closing(_opened(self.path)) as source, closing(sqlite3.connect(to)) as copy:
                source.execute("BEGIN")
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                _copy(source, copy, self.path.name)
                copy.execute("PRAGMA journal_mode=DELETE")  # one file, and none beside it
            refuse_if_broken(to, self.path.name)
        except sqlite3.Error as wrong:
            raise Refused(f"{self.path} cannot be copied: {wrong}.") from None

    def unpack(self, plain: Path) -> Sqlite:
        with plain.open("rb") as file:
            if file.read(len(MAGIC)) != MAGIC:
                raise Refused(
                    f"The backup is not of a SQLite database, and {self.path} is one. Name the "
                    "kind of database it came from in DATABASE_URL or KEYRING_URL."
                )
        self.discard()
        new = Sqlite(self._new())
        shutil.move(plain, new.path)
        refuse_if_broken(new.path, "The backup")
        return new

    def spare_name(self, day: str) -> str:
        kept = self.path.with_name(f"{self.path.name}{BEFORE}{day}")
        number = 2
        while kept.exists():
            kept = self.path.with_name(f"{self.path.name}{BEFORE}{day}-{number}")
            number += 1
        return kept.name

    def put_aside(self) -> list[tuple[str, str]]:
        found = sorted(self.path.parent.glob(f"{self.path.name}{BEFORE}*"))
        return [(str(path), path.name.partition(BEFORE)[2][:10]) for path in found]

    def exchange(self, new: str, kept: str) -> None:
        unpacked = self._named(new)
        if not unpacked.exists():
            return  # it was cut short after this
        if self.path.exists():
            self._keep_as(self._named(kept))
        _settle(unpacked)
        unpacked.replace(self.path)
        sync_folder(self.path.parent)

    def lacks(self, new: str, kept: str) -> bool:
        if self._named(new).exists():
            return False
        if not self.path.exists():
            return True
        old = self._named(kept) if kept else None
        return old is not None and (not old.exists() or old.samefile(self.path))

    def discard(self) -> None:
        for suffix in ("", *BESIDE):
            _beside(self._new(), suffix).unlink(missing_ok=True)

    def _new(self) -> Path:
        return self._named(f".{self.path.name}.{NEW_NAME}")

    def _named(self, short: str) -> Path:
        return self.path.with_name(short)

    def _keep_as(self, kept: Path) -> None:
        """Keep the old file, with its journal if it has one: the new file must not meet that."""
        with suppress(sqlite3.Error), closing(_opened(self.path)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for suffix in BESIDE:
            if _beside(self.path, suffix).exists():
                _beside(self.path, suffix).replace(_beside(kept, suffix))
        if not kept.exists():
            kept.hardlink_to(self.path)
        sync_folder(self.path.parent)


def refuse_if_broken(path: Path, name: str) -> None:
    """Have SQLite read every page of it. Raises `Refused`."""
    try:
        with closing(_opened(path)) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
            orphan = database.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.Error as wrong:
        found, orphan = str(wrong), None
    if found != "ok" or orphan is not None:
        why = found if found != "ok" else "a row refers to one that is not there"
        raise Refused(f"{name} is damaged ({why}). Nothing was changed. Use an earlier backup.")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _settle(path: Path) -> None:
    """Bring into the file what may still lie in a journal beside it."""
    with closing(_opened(path)) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _copy(source: sqlite3.Connection, copy: sqlite3.Connection, name: str) -> None:
    with Progress(name) as progress:

        def look(_: int, remaining: int, total: int) -> None:
            progress.total = total
            progress.at(total - remaining)

        source.backup(copy, pages=PAGES, progress=look)


def _opened(path: Path) -> sqlite3.Connection:
    """Open it, and never make an empty one where there is none."""
    address = f"{path.absolute().as_uri()}?mode=rw"
    return sqlite3.connect(address, uri=True, timeout=10, isolation_level=None)


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
