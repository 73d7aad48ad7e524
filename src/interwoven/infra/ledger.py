"""The ledger of what no restore undoes: who was erased, and who left whom.

A file outside the databases. A backup from before brings the person back, or the couple. Whoever
restores one erases and leaves again, by this file, before anything is served. It holds no name and
no id: a mark for each, which only somebody with the root secret and the rows can tell, and no mark
tells which of the two it is of.
"""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from interwoven.infra.crypto import tokens

NAME = "ledger"


def note(mark: str) -> None:
    """Write a mark down, on the disk and not only on the way there. Twice does no harm."""
    fresh = not _file().exists()
    with _file().open("a", encoding="ascii") as ledger:
        if fresh:
            os.fchmod(ledger.fileno(), 0o600)
        ledger.write(f"\n{mark}\n")  # a line cut short before takes nothing in
        ledger.flush()
        os.fsync(ledger.fileno())


def noted() -> frozenset[str]:
    """Every mark there is. A line that a halt cut short is no mark of anybody."""
    try:
        return frozenset(_file().read_text(encoding="ascii", errors="replace").split())
    except FileNotFoundError:
        return frozenset()


def mark_of(person: UUID) -> str:
    """Of somebody who was erased."""
    return tokens.fingerprint("erasure", person.hex).hex()


def mark_of_parting(person: UUID, couple: UUID) -> str:
    """Of somebody who left this couple. They may be in another one meanwhile."""
    return tokens.fingerprint("parting", person.hex + couple.hex).hex()


def _file() -> Path:
    return Path(settings.DATA_DIR) / NAME
