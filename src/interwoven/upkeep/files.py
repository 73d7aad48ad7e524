"""Files that are there whole or not at all, also after a power cut."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from interwoven.infra.lines import sync_folder
from interwoven.upkeep.errors import Refused


def partial_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.part")


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """A new file for its owner alone, on the disk by the time this ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def keep(path: Path, text: str) -> None:
    """Write a small file, instead of the one that may be there."""
    with written(partial_of(path)) as file:
        file.write(text.encode())
    name(partial_of(path), path)


def name(partial: Path, path: Path) -> None:
    """Give a finished file its name."""
    partial.replace(path)
    sync_folder(path.parent)


def refuse_unless_folder(path: Path) -> None:
    if not path.parent.is_dir():
        raise Refused(f"There is no folder {path.parent}. Make it, or name another one.")
