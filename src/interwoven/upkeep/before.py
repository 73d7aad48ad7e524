"""Where a backup goes that is made before a new version changes a copy: into its own folder.

One for each state of the databases and day, so that a start which fails again and again fills no
disk. Which state it was, lies beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from interwoven.upkeep.files import keep

FILE, STATE = "data.age", "migrations.txt"
PREFIX = "before-upgrade-"


def folder_for(data_dir: Path, state: str, day: date) -> Path | None:
    """A folder for a backup of this state, or none where there is one from this day already."""
    for folder in _folders(data_dir, day):
        if not (folder / FILE).exists():  # not made yet, or cut short
            folder.mkdir(mode=0o700, exist_ok=True)
            keep(folder / STATE, state)
            return folder
        if _state_in(folder) == state:
            return None
    raise AssertionError  # there is always another number


def _folders(data_dir: Path, day: date) -> Iterator[Path]:
    yield data_dir / f"{PREFIX}{day}"
    for number in count(2):
        yield data_dir / f"{PREFIX}{day}-{number}"


def _state_in(folder: Path) -> str:
    try:
        return (folder / STATE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
