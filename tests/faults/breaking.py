"""What can be done, by an order, to the databases and the disk of a served copy while it serves."""

from __future__ import annotations

import gc
import resource
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from interwoven.infra.crypto import keys

LOCK = "PRAGMA query_only = {}"


def carry_out(order: dict[str, Any]) -> None:
    match order["do"]:
        case "no room":
            _longest_file(0)
        case "room":
            _longest_file(resource.RLIM_INFINITY)
        case "read only":
            connection_created.connect(_read_only)
            _all("ON")
        case "writable":
            connection_created.disconnect(_read_only)
            _all("OFF")
        case "let go":
            let_go()
        case "state":
            from tests.faults.deeds import state

            Path(order["to"]).write_text(repr(state()))


def let_go() -> None:
    """Hold no connection any more, and no key in memory."""
    for connection in _connections():
        connection.inc_thread_sharing()
        connection.close()
        connection.dec_thread_sharing()
    keys.forget()


def _longest_file(size: int) -> None:
    """How long a file may get by writing to it. There is no other full disk for everybody."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, most))


def _read_only(connection: BaseDatabaseWrapper, **_: object) -> None:
    connection.connection.execute(LOCK.format("ON"))


def _all(what: str) -> None:
    for connection in _connections():
        connection.connection.execute(LOCK.format(what))


def _connections() -> Iterator[BaseDatabaseWrapper]:
    """Those of every thread, as Django has a set for each."""
    for one in gc.get_objects():
        if issubclass(type(one), BaseDatabaseWrapper) and one.connection is not None:
            yield one
