"""What was done with everything in this copy at once, by whoever keeps it: a line and a day each.

A file outside the databases, so that putting an older backup back does not take a line out of it.
It is written by the functions themselves that take everything along or open everything, before
they do. Whoever keeps the machine can also read it in ways that leave no line; pages say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from interwoven.infra import lines

NAME = "handled"


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
    done = [one for one in _all(file) if one.deed is deed]
    if done and done[-1].day == day:  # a clock that ran ahead may have written any earlier one
        return
    lines.append(file, f"{day.isoformat()} {deed}")


def latest(folder: Path) -> tuple[Handling, ...] | None:
    """Every restore and every trial, and the last backup; what was written last comes first.

    What is done every night hides nothing else, and a clock that ran ahead neither. A line that a
    halt cut short is left out. There is no answer where the file cannot be read.
    """
    try:
        every = _all(folder / NAME)
    except OSError:
        return None
    last = max((at for at, one in enumerate(every) if one.deed is Deed.BACKED_UP), default=None)
    shown = [one for at, one in enumerate(every) if one.deed is not Deed.BACKED_UP or at == last]
    return tuple(reversed(shown))


def _all(file: Path) -> list[Handling]:
    """Each line of it, in the order in which they were written."""
    try:
        written = file.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return []
    return [found for line in written if (found := _told(line))]


def _told(line: str) -> Handling | None:
    day, _, deed = line.partition(" ")
    try:
        return Handling(date.fromisoformat(day), Deed(deed))
    except ValueError:
        return None
