"""The ledger of what no restore undoes: who was erased, and who left whom.

A file outside the databases. A backup from before brings the person back, or the couple. Whoever
restores one erases and leaves again, by this file, before anything is served. It holds no name and
no id: a mark for each, which only somebody with the root secret and the rows can tell, and no mark
tells which of the two it is of.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from django.conf import settings

from interwoven.infra.crypto import tokens

NAME = "ledger"
STRUCK = "-"


def note(mark: str) -> None:
    """Write a mark down, on the disk and not only on the way there. Twice does no harm."""
    _write(mark)


def strike(mark: str) -> None:
    """Take a mark back: what it stands for did not come about."""
    _write(STRUCK + mark)


def _write(line: str) -> None:
    fresh = not _file().exists()
    with _file().open("a", encoding="ascii") as ledger:
        if fresh:
            os.fchmod(ledger.fileno(), 0o600)
        ledger.write(f"\n{line}\n")  # a line cut short before takes nothing in
        ledger.flush()
        os.fsync(ledger.fileno())


def noted() -> frozenset[str]:
    """Every mark that stands. A line that a halt cut short is no mark of anybody."""
    return marks_in(_file())


def marks_in(file: Path) -> frozenset[str]:
    """The marks that stand in this ledger: of each, the last line counts."""
    found: dict[str, bool] = {}
    with suppress(FileNotFoundError):
        for line in file.read_text(encoding="ascii", errors="replace").split():
            found[line.removeprefix(STRUCK)] = not line.startswith(STRUCK)
    return frozenset(mark for mark, stands in found.items() if stands)


def mark_of(person: UUID) -> str:
    """Of somebody who was erased."""
    return tokens.fingerprint("erasure", person.hex).hex()


def mark_of_parting(person: UUID, couple: UUID) -> str:
    """Of somebody who left this couple. They may be in another one meanwhile."""
    return tokens.fingerprint("parting", person.hex + couple.hex).hex()


def _file() -> Path:
    return Path(settings.DATA_DIR) / NAME
