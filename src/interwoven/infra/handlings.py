"""What was done with everything in this copy at once, by whoever keeps it: a line and a day each.

A file outside the databases, so that putting an older backup back does not take a line out of it.
It is written by the functions themselves that take everything along or open everything, before
they do. Whoever keeps the machine can also read it in ways that leave no line; pages say so.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

NAME = "handled"
MOST_ON_A_PAGE = 12


class Deed(StrEnum):
    BACKED_UP = "backed-up"
    OPENED = "opened"  # every row, by the machine, to see that it can be read
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Handling:
    day: date
    deed: Deed


def note(folder: Path, deed: Deed, day: date) -> None:
    """Write it down, once for each day, on the disk and not only on the way there."""
    file = folder / NAME
    if Handling(day, deed) in _all(file):
        return
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as lines:
        lines.write(f"\n{day.isoformat()} {deed}\n")  # begins anew after one that was cut short
        lines.flush()
        os.fsync(lines.fileno())


def latest(folder: Path) -> tuple[Handling, ...]:
    """The latest first. A line that a halt cut short is left out."""
    newest = sorted(_all(folder / NAME), key=lambda one: (one.day, one.deed), reverse=True)
    return tuple(newest[:MOST_ON_A_PAGE])


def _all(file: Path) -> set[Handling]:
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return set()
    return {found for line in lines if (found := _told(line))}


def _told(line: str) -> Handling | None:
    day, _, deed = line.partition(" ")
    try:
        return Handling(date.fromisoformat(day), Deed(deed))
    except ValueError:
        return None
