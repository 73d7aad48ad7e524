"""Hold somebody at a place until another has come, or is kept waiting for whoever is held there.

The second is the product's own doing: it keeps the two apart, which is what a test of it is after.
If in twenty seconds neither is so, nothing was raced, and whoever was held gets an error.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, get_ident

from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.utils.module_loading import import_string

PATIENCE = 20  # seconds, of a machine that does much else
A_LOOK = 0.02
WAITS_FOR_ME = """
    SELECT count(*) FROM pg_locks
    WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))
"""


def together(monkeypatch, name: str) -> None:
    """Let two come to this function at the same moment, if nothing keeps one of them waiting."""
    true, came, both = import_string(name), set[int](), Event()
    keeps_waiting = _watched(monkeypatch)

    def meet(*args: object, **kwargs: object) -> object:
        came.add(get_ident())
        if len(came) > 1:
            both.set()
        _hold(both, keeps_waiting)
        return true(*args, **kwargs)

    monkeypatch.setattr(name, meet)


def late(monkeypatch, name: str, until: str) -> None:
    """Let whoever comes to this function wait until another was done, if it can be meanwhile."""
    true, other, was_done = import_string(name), import_string(until), Event()
    keeps_waiting = _watched(monkeypatch)

    def wait(*args: object, **kwargs: object) -> object:
        _hold(was_done, keeps_waiting)
        return true(*args, **kwargs)

    def do(*args: object, **kwargs: object) -> object:
        try:
            return other(*args, **kwargs)
        finally:
            was_done.set()

    monkeypatch.setattr(name, wait)
    monkeypatch.setattr(until, do)


def _hold(came: Event, keeps_waiting: Callable[[], bool]) -> None:
    for _ in range(int(PATIENCE / A_LOOK)):
        if came.wait(timeout=A_LOOK) or keeps_waiting():
            return
    raise AssertionError("Nobody came, and nobody was kept waiting: nothing was raced.")


def _watched(monkeypatch) -> Callable[[], bool]:
    """Whether whoever asks keeps somebody waiting for the database, by the transaction it is in."""
    begin, beginning = DatabaseWrapper._start_transaction_under_autocommit, list[int]()

    def begin_watched(self: DatabaseWrapper) -> None:
        if self.alias != "default":
            return begin(self)
        beginning.append(get_ident())
        try:
            return begin(self)
        finally:
            beginning.remove(get_ident())

    def keeps_waiting() -> bool:
        if connection.vendor == "sqlite":  # whose transactions wait where they begin
            return connection.in_atomic_block and bool(beginning)
        with connection.cursor() as cursor:
            cursor.execute(WAITS_FOR_ME)
            return bool(cursor.fetchone()[0])

    monkeypatch.setattr(DatabaseWrapper, "_start_transaction_under_autocommit", begin_watched)
    return keeps_waiting
