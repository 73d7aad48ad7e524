"""Where a backup goes that is made before a new version changes a copy: into its own folder.

One for each state of the databases and day, the newest, so that a start which fails again and again
fills no disk, and what was written since an earlier one is in it. Which state it was, lies beside.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

from interwoven.infra.lines import sync_folder
from interwoven.upkeep.files import keep

FILE, STATE = "data.age", "migrations.txt"
PREFIX = "before-upgrade-"


def folder_for(data_dir: Path, state: str, day: date) -> Path:
    """A folder of that day without a backup in it, for one of this state."""
    for folder in _folders(data_dir, day):
        if not (folder / FILE).exists():  # not made yet, or cut short
            folder.mkdir(mode=0o700, exist_ok=True)
            keep(folder / STATE, state)
            return folder
    raise AssertionError  # there is always another number


def leave_only(folder: Path, day: date) -> None:
    """Remove the earlier ones of the same state and day, now that this one is whole."""
    for other in folder.parent.glob(f"{PREFIX}{day}*"):
        if other != folder and _state_in(other) == _state_in(folder):
            (other / FILE).unlink(missing_ok=True)  # first: cut short after it, there is none
            sync_folder(other)
            shutil.rmtree(other)


def _folders(data_dir: Path, day: date) -> Iterator[Path]:
    yield data_dir / f"{PREFIX}{day}"
    for number in count(2):
        yield data_dir / f"{PREFIX}{day}-{number}"


def _state_in(folder: Path) -> str:
    try:
        return (folder / STATE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""
