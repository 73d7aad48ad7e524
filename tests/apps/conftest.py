from __future__ import annotations

import sqlite3
from collections.abc import Callable

import pytest
from django.db import connections


@pytest.fixture
def shared(tmp_path, monkeypatch) -> Callable[[], None]:
    """Puts what was made so far where threads can reach it: on SQLite, in a file.

    The tests' own SQLite lies in memory, where two connections do not take turns as on a disk.
    """

    def share() -> None:
        for alias in ("default", "keyring"):
            connection = connections[alias]
            if connection.vendor == "sqlite":
                file = tmp_path / f"{alias}.sqlite3"
                with sqlite3.connect(file) as copy:
                    connection.connection.backup(copy)
                copy.execute("PRAGMA journal_mode=WAL")  # as a copy that has run before has it
                copy.close()
                monkeypatch.setitem(connection.settings_dict, "NAME", str(file))

    return share
