"""A backup: two files, sealed to a public key. The data in one, the keyring in the other. Once
somebody was erased or left a couple, a third one with the ledger of that.

No key is needed to make one, and no secret of this copy is in either. A file has its name only
once it is whole and on the disk.
"""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from interwoven.infra import handlings, ledger
from interwoven.upkeep import age
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.files import keep, name, partial_of, refuse_unless_folder
from interwoven.upkeep.ledger import LEDGER

KEYRING = ".keyring"
NOTE = "last-backup.json"


def keyring_beside(file: Path) -> Path:
    return file.with_name(file.name + KEYRING)


def make(
    copy: Copy, file: Path, recipient: str, now: datetime, *, noted: bool = True
) -> list[Path]:
    """Write the files while the copy goes on being used. Raises `Refused`.

    It is noted as the last backup, unless it stays on this machine.
    """
    age.refuse_unless_recipient(recipient)
    refuse_unless_folder(file)
    if file.exists():
        raise Refused(f"{file} is there already, and a backup is not written over. Choose a name.")
    files = [file, keyring_beside(file)]
    if (copy.folder / ledger.NAME).exists():
        files.append(file.with_name(file.name + LEDGER))
    try:
        _seal_all(copy, files, recipient)
        handlings.note(copy.folder, handlings.Deed.BACKED_UP, now.date())
        for target in reversed(files):  # whoever sees the first has all
            name(partial_of(target), target)
    finally:
        for target in files:
            partial_of(target).unlink(missing_ok=True)
    if noted:
        keep(copy.folder / NOTE, json.dumps({"file": str(file.absolute()), "at": now.isoformat()}))
    return files


def _seal_all(copy: Copy, files: list[Path], recipient: str) -> None:
    """The data, then the keyring, then who was erased: each knows what is in the one before."""
    with copy.scratch() as scratch:
        for store, target in zip(copy.stores, files, strict=False):
            plain = scratch / "plain"
            store.snapshot(plain)
            age.seal(plain, partial_of(target), recipient)
            plain.unlink()
        for target in files[2:]:
            age.seal(copy.folder / ledger.NAME, partial_of(target), recipient)


def last(folder: Path) -> tuple[Path, datetime] | None:
    """Which backup was the last one, and when, as far as is noted here."""
    try:
        noted = json.loads((folder / NOTE).read_text(encoding="utf-8"))
        return Path(noted["file"]), datetime.fromisoformat(noted["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
