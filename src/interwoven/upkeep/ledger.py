"""The ledger goes along with each backup, and comes back from every one that lies there.

Without it the loss of a disk would be the return of whoever was erased: the ledger lies outside the
databases, and an older backup knows nothing of a later erasure. It also tells whose root secret a
backup belongs to.
"""

from __future__ import annotations

import sys
from pathlib import Path

from interwoven.infra.ledger import NAME, is_ours, marks_in, note
from interwoven.upkeep import age
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.errors import Refused

LEDGER = ".ledger"
NOT_OUR_ROOT = (
    "This copy's root secret is not the one of the backup. Put back the secrets that belong to it, "
    "all of them, and say it again. Nothing was changed."
)
PASSED_OVER = "{file} is of another copy or another key, and was passed over."


def gather(copy: Copy, file: Path, identity: Path) -> frozenset[str]:
    """The marks in all ledgers that lie beside a backup and are of this copy.

    Raises `Refused` where the backup's own does not open, or was made with another root secret.
    """
    found: set[str] = set()
    own = file.with_name(file.name + LEDGER)
    with copy.scratch() as scratch:
        plain = scratch / NAME
        for sealed in sorted(file.parent.glob(f"*{LEDGER}")):
            if _opens(sealed, plain, identity, must=sealed == own):
                found |= marks_in(plain)
    return frozenset(found)


def _refuse_unless_ours(plain: Path) -> None:
    if not is_ours(plain):
        raise Refused(NOT_OUR_ROOT)


def note_all(marks: frozenset[str]) -> None:
    """Take them into this copy's own ledger."""
    for mark in sorted(marks):
        note(mark)


def _opens(sealed: Path, plain: Path, identity: Path, *, must: bool) -> bool:
    try:
        age.unseal(sealed, plain, identity)
        _refuse_unless_ours(plain)
    except Refused:
        if must:
            raise
    else:
        return True
    sys.stderr.write(PASSED_OVER.format(file=sealed) + "\n")
    return False
