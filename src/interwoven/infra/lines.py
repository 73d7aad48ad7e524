"""Lines that are on the disk once they are written, in files that only ever grow."""

from __future__ import annotations

import os
from pathlib import Path


def append(file: Path, line: str) -> None:
    """Write a line, and the name of the file if it is new. For its owner alone.

    It begins anew, so that a line which a halt cut short takes nothing in.
    """
    fresh = not file.exists()
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(descriptor, f"\n{line}\n".encode("ascii"))
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if fresh:
        sync_folder(file.parent)


def sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
