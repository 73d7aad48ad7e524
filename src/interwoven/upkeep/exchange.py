"""The last step of a restore: both databases change places, wholly or not at all.

What is to be done is written down first. If it is cut short, whoever uses the folder next ends it.
"""

from __future__ import annotations

import json
from pathlib import Path

from interwoven.upkeep import lock
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.files import keep, sync_folder

ORDER = "restoring.json"


def begin(copy: Copy, new: Copy, day: str) -> tuple[str, ...]:
    """Exchange both, and give the names under which the old ones are kept."""
    kept = [store.spare_name(day) if store.exists() else "" for store in copy.stores]
    orders = [[one.name, old] for one, old in zip(new.stores, kept, strict=True)]
    keep(copy.folder / ORDER, json.dumps(orders))
    _carry_out(copy)
    return tuple(filter(None, kept))


def is_begun(folder: Path) -> bool:
    return (folder / ORDER).exists()


def end_if_begun(copy: Copy) -> None:
    """End what was cut short. Raises `Refused` where the copy is served."""
    if is_begun(copy.folder):
        with lock.nobody_serving(copy.folder):
            _carry_out(copy)


def _carry_out(copy: Copy) -> None:
    orders = json.loads((copy.folder / ORDER).read_text(encoding="utf-8"))
    for store, (new, kept) in zip(copy.stores, orders, strict=True):
        store.exchange(new, kept)
    (copy.folder / ORDER).unlink()
    sync_folder(copy.folder)
