"""A copy of Interwoven, as far as keeping it goes: its folder, its data and its keyring."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from interwoven.upkeep.stores import Store

SCRATCH = ".keeping-scratch"


@dataclass(frozen=True, slots=True)
class Copy:
    folder: Path
    data: Store
    keyring: Store

    @property
    def stores(self) -> tuple[Store, Store]:
        """The data first, whoever copies or exchanges them: a keyring that is newer than the data
        opens all of it, and one that is older does not."""
        return self.data, self.keyring

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """An empty folder for what is not finished, on the copy's own disk and gone afterwards."""
        folder = self.folder / SCRATCH
        self.clear()
        folder.mkdir(mode=0o700)
        try:
            yield folder
        finally:
            self.clear()

    def clear(self) -> None:
        """Remove what an act that was cut short has left."""
        shutil.rmtree(self.folder / SCRATCH, ignore_errors=True)
