"""Who is at work in a data folder: the one that serves it, and the one that keeps it.

The system lets go of a lock when its process ends, however it ends, so none is ever left behind.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from interwoven.upkeep.errors import Refused

SERVED = "This copy is being served from {folder}. Stop it first, then say it again."
BUSY = "Another backup, restore or rotation is at work in {folder}. Say it again once that is done."
IN_USE = (
    "This copy is already being served, made ready or restored in {folder}. Stop that, or let it "
    "end; then say it again."
)


@contextmanager
def serving(folder: Path) -> Iterator[None]:
    """Be the only one that uses what is in the folder; it is not exchanged meanwhile.

    Two that serve would each wake their own listeners alone. Raises `Refused`.
    """
    with _held(folder, ".serving", IN_USE):
        yield


@contextmanager
def nobody_serving(folder: Path) -> Iterator[None]:
    """Have the folder to oneself, to exchange what is in it. Raises `Refused`."""
    with _held(folder, ".serving", SERVED):
        yield


@contextmanager
def keeping(folder: Path) -> Iterator[None]:
    """Be the only one that backs up, restores or rotates here. Raises `Refused`."""
    with _held(folder, ".keeping", BUSY):
        yield


@contextmanager
def _held(folder: Path, name: str, otherwise: str) -> Iterator[None]:
    descriptor = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(otherwise.format(folder=folder)) from None
        yield
    finally:
        os.close(descriptor)
