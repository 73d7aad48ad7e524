"""Backups are files in the age format: sealed to a public key, opened by its secret half alone.

The format is public, so a backup can be opened without this software: `age --decrypt`.
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import pyrage
from pyrage import x25519

from interwoven.upkeep.errors import Refused
from interwoven.upkeep.files import written
from interwoven.upkeep.progress import Progress

BEGINS = "AGE-SECRET-KEY-1"
SQLITE = b"SQLite format 3\0"
PLAIN = (
    "{file} is a database and no backup. A copy of a file in use may be torn, so it is not taken. "
    "Backups are made with: interwoven backup FILE. Nothing was changed."
)
NOT_OPENED = (
    "{file} does not open with that key: it was sealed to another one, or it is damaged or cut "
    "short. Nothing was changed. Try the key that was in use when it was made, or another backup."
)


def new_identity() -> tuple[str, str]:
    """A new pair: the public half to seal to, and the secret half."""
    identity = x25519.Identity.generate()
    return str(identity.to_public()), str(identity)


def seal(source: Path, target: Path, recipient: str) -> None:
    """Write `source`, sealed to a public key, to `target`."""
    to = _recipient(recipient)
    size = source.stat().st_size
    with source.open("rb") as file, written(target) as out, Progress("sealing", size) as progress:
        sink = _Sink(out)
        pyrage.encrypt_io(_Source(file, progress), sink, [to])
        sink.refuse_if_it_failed()


def unseal(source: Path, target: Path, identity_file: Path) -> None:
    """Write what was sealed in `source` to `target`. Raises `Refused` unless it is whole."""
    identities = _identities(identity_file)
    try:
        _refuse_a_plain_database(source)
        size = source.stat().st_size
        with source.open("rb") as file, written(target) as out, Progress("opening", size) as far:
            sink = _Sink(out)
            pyrage.decrypt_io(_Source(file, far), sink, identities)
            sink.refuse_if_it_failed()
    except FileNotFoundError:
        raise Refused(f"{source} is not there.") from None
    except (pyrage.DecryptError, OSError) as wrong:
        if isinstance(wrong, OSError) and wrong.errno is not None:
            raise  # the disk: full, or not readable
        raise Refused(NOT_OPENED.format(file=source)) from None


def _refuse_a_plain_database(source: Path) -> None:
    """A copied file may be torn, or lack what its journal still holds."""
    with source.open("rb") as file:
        if file.read(len(SQLITE)) == SQLITE:
            raise Refused(PLAIN.format(file=source))


def refuse_unless_recipient(text: str) -> None:
    _recipient(text)


def _recipient(text: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        raise Refused(
            f"{text} is not a public key to back up to. It begins with age1; make one with: "
            "interwoven backup-key"
        ) from None


def _identities(file: Path) -> list[x25519.Identity]:
    """The secret halves in a file: one a line, others are remarks."""
    try:
        lines = file.read_text(encoding="utf-8").split()
    except (OSError, UnicodeDecodeError):
        raise Refused(f"{file} cannot be read. It should hold the secret key.") from None
    try:
        found = [x25519.Identity.from_str(line) for line in lines if line.startswith(BEGINS)]
    except pyrage.IdentityError:
        raise Refused(f"The key in {file} is cut short or mistyped.") from None
    if not found:
        raise Refused(f"{file} holds no secret key. It has a line that begins with {BEGINS}.")
    return found


class _Source:
    """What the library reads from, and how far it is."""

    def __init__(self, file: BinaryIO, progress: Progress) -> None:
        self.file, self.progress, self.done = file, progress, 0

    def read(self, size: int = -1) -> bytes:
        some = self.file.read(size)
        self.done += len(some)
        self.progress.at(self.done)
        return some


class _Sink:
    """What the library writes to. It overlooks an error in its last write, so that is kept here."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.wrong: OSError | None = None

    def write(self, some: bytes) -> int:
        try:
            return self.file.write(some)
        except OSError as wrong:
            self.wrong = wrong
            raise

    def flush(self) -> None:
        self.file.flush()

    def refuse_if_it_failed(self) -> None:
        if self.wrong is not None:
            raise self.wrong
