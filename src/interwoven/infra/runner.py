"""The one background thread: runs what is due, every few seconds.

What is due is always a row that says so, and each run may happen twice: nothing is lost if the
process dies. Pages never do this work: what a page asks of the database must not depend on what
somebody else keeps to themselves.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import close_old_connections, connections
from django.utils import timezone

EVERY = 5.0  # seconds
NO_PAUSE, AN_HOUR = timedelta(), timedelta(hours=1)

Job = Callable[[datetime], None]

_log = logging.getLogger("interwoven.runner")
_jobs: dict[Job, timedelta] = {}  # and how long each rests after it was done
_done: dict[Job, datetime] = {}
_stop = threading.Event()
_thread: threading.Thread | None = None


def every_few_seconds(job: Job) -> None:
    """Register a job. Called from `AppConfig.ready`."""
    _jobs[job] = NO_PAUSE


def every_hour(job: Job) -> None:
    """Register a job that can wait. It also runs soon after each start."""
    _jobs[job] = AN_HOUR


def run_once(now: datetime) -> None:
    for job, pause in tuple(_jobs.items()):
        if job in _done and NO_PAUSE <= now - _done[job] < pause:  # or the clock was put back
            continue
        try:
            job(now)
        except Exception as error:  # one job's fault must not stop the others
            _log.error("job failed: %s (%s)", job.__name__, type(error).__name__)
        else:
            _done[job] = now


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
        close_old_connections()  # one that broke would fail every job from then on
        run_once(timezone.now())
    connections.close_all()
