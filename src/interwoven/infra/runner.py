"""The one background thread: runs what is due, every few seconds.

What is due is always a row that says so, and each run may happen twice: nothing is lost if the
process dies, and a page that finds something overdue does the same work itself.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import connections
from django.utils import timezone

EVERY = 5.0  # seconds

_log = logging.getLogger("interwoven.runner")
_jobs: list[Callable[[datetime], None]] = []
_stop = threading.Event()
_thread: threading.Thread | None = None


def every_few_seconds(job: Callable[[datetime], None]) -> None:
    """Register a job. Called from `AppConfig.ready`."""
    if job not in _jobs:
        _jobs.append(job)


def run_once(now: datetime) -> None:
    for job in _jobs:
        try:
            job(now)
        except Exception as error:  # one job's fault must not stop the others
            _log.error("job failed: %s (%s)", job.__name__, type(error).__name__)


def start() -> None:
    global _thread  # one thread a process
    if _thread is None:
        _stop.clear()
        _thread = threading.Thread(target=_loop, name="runner", daemon=True)
        _thread.start()


def stop() -> None:
    global _thread
    _stop.set()
    if _thread is not None:
        _thread.join(timeout=EVERY * 2)
        _thread = None


def _loop() -> None:
    while not _stop.wait(EVERY):
        run_once(timezone.now())
    connections.close_all()
