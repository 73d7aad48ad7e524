"""The erasure ledger: who was erased, in a file outside the databases.

A backup from before an erasure brings the person back. Whoever restores one erases them again, by
this file, before anything is served. It holds no name and no id: a mark for each person, which only
somebody with the root secret and the person's row can tell.
"""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from interwoven.infra.crypto import tokens

NAME = "erased"


def note(person: UUID) -> None:
    """Write somebody down, on the disk and not only on the way there. Twice does no harm."""
    fresh = not _file().exists()
    with _file().open("a", encoding="ascii") as ledger:
        if fresh:
            os.fchmod(ledger.fileno(), 0o600)
        ledger.write(f"{mark_of(person)}\n")
        ledger.flush()
        os.fsync(ledger.fileno())


def noted() -> frozenset[str]:
    """Every mark there is. A line that a halt cut short is no mark of anybody."""
    try:
        return frozenset(_file().read_text(encoding="ascii", errors="replace").split())
    except FileNotFoundError:
        return frozenset()


def mark_of(person: UUID) -> str:
    return tokens.fingerprint("erasure", person.hex).hex()


def _file() -> Path:
    return Path(settings.DATA_DIR) / NAME
