"""The two kinds of database, as far as copying and exchanging them goes."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

NEW_NAME = "restoring"


class Store(Protocol):
    """One database of a copy: the data or the keyring."""

    @property
    def name(self) -> str:
        """What Django calls its NAME: a path or a database's name."""

    @property
    def short(self) -> str:
        """Its name among those beside it, which stays when the folder is moved."""

    @property
    def size(self) -> int:
        """Bytes, about."""

    def exists(self) -> bool: ...

    def snapshot(self, to: Path) -> None:
        """Write it as it is at one moment, while others go on writing. Raises `Refused`."""

    def unpack(self, plain: Path) -> Store:
        """Make a new database beside this one from a snapshot. Raises `Refused`."""

    def spare_name(self, day: str) -> str:
        """A free short name beside this one, for what it was until that day."""

    def put_aside(self) -> list[tuple[str, str]]:
        """What earlier exchanges have kept: the name, and the day as it was given."""

    def exchange(self, new: str, kept: str) -> None:
        """Put the new database in this one's place and keep this one, both named by their short
        names; nothing is kept where that is empty. Doing it twice is no harm."""

    def lacks(self, new: str, kept: str) -> bool:
        """Whether the new database is gone without having taken this one's place."""

    def discard(self) -> None:
        """Remove what `unpack` made beside this one, if anything."""
