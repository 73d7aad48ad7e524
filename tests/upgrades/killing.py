"""Begin a copy of this version again and again, killing it each time at another step.

    DATA_DIR=… python -m tests.upgrades.killing < {"times": …, "seed": …, "notes": false}

A step is a statement to a database, or a file opened to be written, named or taken away. A kill is
followed by the next start, which may be killed as well; whichever is not, has brought the copy up
whole. Then the copy is as it was at first, and it begins anew. Says at which steps it was killed.
With `notes` a step is the note that a migration was made, and nothing else.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from interwoven.config.steps import start_django
from tests.upkeep import killing
from tests.upkeep.copies import GIVEN, ON_POSTGRES
from tests.upkeep.killing import _carry_out, _ends

DATABASES = [os.environ[name] for name in ("DATABASE_URL", "KEYRING_URL")] if ON_POSTGRES else []
SETUP = ["setup"]
NOTE = 'INSERT INTO "django_migrations"'


def main(times: int, seed: int, *, notes: bool = False) -> None:
    start_django()
    if notes:
        killing._watch = _watch_notes
    start = Start(Path(os.environ["DATA_DIR"]))
    length = _length_of(start)
    dice = Random(seed)
    killed: list[int] = []
    while len(killed) < times:
        start.again()
        while True:
            at = dice.randint(1, length)
            how = _ends(lambda at=at: _carry_out(SETUP, kill_at=at))
            assert how in (0, -signal.SIGKILL), f"not begun after kills at {killed} of {length}"
            if how == 0:
                break
            killed.append(at)
        assert _ends(_is_whole) == 0, f"not whole after kills at {killed} of {length}"
    start.forget()
    sys.stdout.write(json.dumps({"killed": killed, "steps": length}))


def _watch_notes(step: killing.Step, watched: ExitStack) -> None:
    from django.db import connections

    def statement(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(NOTE):
            step()
        return execute(sql, *rest)

    for alias in ("default", "keyring"):
        watched.enter_context(connections[alias].execute_wrapper(statement))


class Start:
    """How the copy was at first; and so again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.kept = folder.with_name("at first")
        shutil.copytree(folder, self.kept)
        for address in DATABASES:
            self._tell(f"CREATE DATABASE {_name(address)}_first TEMPLATE {_name(address)}")

    def again(self) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.kept, self.folder)
        for address in DATABASES:
            name = _name(address)
            self._tell(f"DROP DATABASE {name} WITH (FORCE)")
            self._tell(f"CREATE DATABASE {name} TEMPLATE {name}_first")

    def forget(self) -> None:
        shutil.rmtree(self.kept)
        for address in DATABASES:
            self._tell(f"DROP DATABASE {_name(address)}_first")

    def _tell(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(GIVEN_BEFORE, autocommit=True) as connection:
            connection.execute(statement)


GIVEN_BEFORE = urlsplit(GIVEN)._replace(path="/postgres").geturl() if ON_POSTGRES else ""


def _name(address: str) -> str:
    return urlsplit(address).path.removeprefix("/")


def _length_of(start: Start) -> int:
    out = start.folder.with_name("steps")
    assert _ends(lambda: out.write_text(str(_carry_out(SETUP)))) == 0
    steps = int(out.read_text())
    out.unlink()
    return steps


def _is_whole() -> None:
    """Nothing is left to be made, and everything opens."""
    from interwoven.infra import migrating
    from interwoven.upkeep import trial

    assert not any(map(migrating.pending, migrating.ALIASES))
    trial.open_everything()
    if os.environ.get("LATER"):
        _is_moved()


def _is_moved() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT event, area FROM infra_auditentry")
        rows = cursor.fetchall()
    assert len(rows) > 100
    assert [row for row in rows if row[1] != row[0].partition(".")[0]] == []


if __name__ == "__main__":
    main(**json.load(sys.stdin))
