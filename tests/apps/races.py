"""Things done at the same moment: each in a thread and on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections

from interwoven.infra.errors import NotNow


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What came of each, all begun together. `NotNow` is an outcome like any other."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        try:
            start.wait(timeout=20)
            return deed()
        except NotNow:
            return NotNow
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(run, deeds))


def elsewhere(ask: Callable[[], object]) -> object:
    return at_once(ask)[0]
