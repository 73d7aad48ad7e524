"""From two sealed files to two databases beside the ones in use. Nothing in use is touched here."""

from __future__ import annotations

from pathlib import Path

from interwoven.upkeep import age
from interwoven.upkeep.copy import Copy


def unpack(copy: Copy, file: Path, keyring: Path | None, identity: Path) -> Copy:
    """Open and unpack both, each beside its own. Without a keyring, take a copy of the folder's.

    Raises `Refused` where one does not open, is damaged, or is of another kind of database.
    """
    with copy.scratch() as scratch:
        plain = scratch / "data", scratch / "keyring"
        age.unseal(file, plain[0], identity)
        if keyring is None:
            copy.keyring.snapshot(plain[1])
        else:
            age.unseal(keyring, plain[1], identity)
        found = (store.unpack(each) for store, each in zip(copy.stores, plain, strict=True))
        return Copy(copy.folder, *found)


def discard(copy: Copy) -> None:
    for store in copy.stores:
        store.discard()
