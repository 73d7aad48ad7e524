"""The ledger goes along with each backup, and comes back from every one that lies there.

Without it the loss of a disk would be the return of whoever was erased: the ledger lies outside the
databases, and an older backup knows nothing of a later erasure.
"""

from __future__ import annotations

from pathlib import Path

from interwoven.infra.ledger import NAME, marks_in
from interwoven.upkeep import age
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.files import keep

LEDGER = ".ledger"


def gather(copy: Copy, file: Path, identity: Path) -> None:
    """Take into this copy's ledger what those in the backup's folder hold. Raises `Refused`."""
    found = set(marks_in(copy.folder / NAME))
    with copy.scratch() as scratch:
        for sealed in sorted(file.parent.glob(f"*{LEDGER}")):
            age.unseal(sealed, scratch / NAME, identity)
            found |= marks_in(scratch / NAME)
    if found:
        keep(copy.folder / NAME, "".join(f"{mark}\n" for mark in sorted(found)))
