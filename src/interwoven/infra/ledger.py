"""The ledger of what no restore undoes: who was erased, and who left whom.

A file outside the databases. A backup from before brings the person back, or the couple. Whoever
restores one erases and leaves again, by this file, before anything is served. It holds no name and
no id: a mark for each, which only somebody with the root secret and the rows can tell.

It tells nothing by its size either, nor by being there: it is made at the first start, full of
blanks that look like marks, and a mark takes the place of a blank. It is touched every hour.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from django.conf import settings

from interwoven.infra.crypto import tokens
from interwoven.infra.lines import sync_folder

NAME = "ledger"
BLOCK = 512  # marks for which there is room at first; a full one is followed by another
WIDTH = 65  # bytes of a mark and the end of its line


def make() -> None:
    """Have it there, and as if it had been written to just now."""
    with _opened() as file:
        os.utime(file)


def note(mark: str) -> None:
    """Write a mark down, on the disk and not only on the way there. Twice does no harm."""
    with _opened() as file:
        found = _lines(os.pread(file, _size(file), 0))
        if mark not in found:
            blanks = enumerate(_blanks(len(found)))
            at = next((n for n, blank in blanks if found[n] == blank), len(found))
            if at == len(found):
                _add_a_block(file)
            _put(file, at, mark)


def strike(mark: str) -> None:
    """Take a mark back: what it stands for did not come about."""
    with _opened() as file:
        found = _lines(os.pread(file, _size(file), 0))
        if mark in found:
            at = found.index(mark)
            _put(file, at, _blanks(at + 1)[at])


def noted() -> frozenset[str]:
    """Every mark there is."""
    try:
        return marks_in(_file())
    except FileNotFoundError:
        return frozenset()


def marks_in(file: Path) -> frozenset[str]:
    """The marks in a ledger of this copy, without its blanks. One cut short is nobody's."""
    found = _lines(file.read_bytes())
    blanks = _blanks(len(found))
    pairs = zip(found, blanks, strict=True)
    return frozenset(line for line, blank in pairs if line != blank and len(line) == len(blank))


def is_ours(file: Path) -> bool:
    """Whether a ledger was made with this copy's root secret: then a blank of it is known."""
    found = _lines(file.read_bytes())
    return any(map(str.__eq__, found, _blanks(len(found))))


def mark_of(person: UUID) -> str:
    """Of somebody who was erased."""
    return tokens.fingerprint("erasure", person.hex).hex()


def mark_of_parting(person: UUID, couple: UUID) -> str:
    """Of somebody who left this couple. They may be in another one meanwhile."""
    return tokens.fingerprint("parting", person.hex + couple.hex).hex()


@contextmanager
def _opened() -> Iterator[int]:
    """The file, for oneself alone, with at least one whole block in it."""
    fresh = not _file().exists()
    file = os.open(_file(), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        if _size(file) % (BLOCK * WIDTH) or not _size(file):  # new, or cut short while it grew
            _add_a_block(file)
        if fresh:
            sync_folder(_file().parent)
        yield file
    finally:
        os.close(file)


def _add_a_block(file: int) -> None:
    """Or the rest of one, after the last whole line there is."""
    first = _size(file) // WIDTH
    blanks = "".join(f"{blank}\n" for blank in _blanks((first // BLOCK + 1) * BLOCK)[first:])
    os.pwrite(file, blanks.encode(), first * WIDTH)
    os.fsync(file)


def _put(file: int, at: int, mark: str) -> None:
    os.pwrite(file, f"{mark}\n".encode(), at * WIDTH)
    os.fsync(file)


def _lines(content: bytes) -> list[str]:
    each = (content[at : at + WIDTH] for at in range(0, len(content), WIDTH))
    return [line.decode("ascii", errors="replace").rstrip("\n") for line in each]


def _size(file: int) -> int:
    return os.fstat(file).st_size


def _blanks(count: int) -> list[str]:
    """What stands where no mark does: one for each place, and known to us alone."""
    seed = tokens.fingerprint("blank", "")
    return [sha256(seed + str(at).encode()).hexdigest() for at in range(count)]


def _file() -> Path:
    return Path(settings.DATA_DIR) / NAME
