"""The last step of a restore: both databases change places, wholly or not at all.

What is to be done is written down first. If it is cut short, whoever uses the folder next ends it.
"""

from __future__ import annotations

import json
from pathlib import Path

from interwoven.infra.lines import sync_folder
from interwoven.upkeep import lock
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.files import keep

ORDER = "restoring.json"
LOST = (
    "A restore was cut short here, and what it would have put in its place is gone: {names}. Put "
    "it back, beside the database it belongs to, and say it again. Or give that restore up: remove "
    "{order}, and restore once more."
)


def begin(copy: Copy, new: Copy, day: str) -> tuple[str, ...]:
    """Exchange both, and give the names under which the old ones are kept, each beside the new.

    What is written down names no folder, so that it holds when the whole copy is moved.
    """
    kept = [store.spare_name(day) if store.exists() else "" for store in copy.stores]
    orders = [[one.short, old] for one, old in zip(new.stores, kept, strict=True)]
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
    order = copy.folder / ORDER
    orders = json.loads(order.read_text(encoding="utf-8"))
    acts = [(store, *names) for store, names in zip(copy.stores, orders, strict=True)]
    if lost := [new for store, new, kept in acts if store.lacks(new, kept)]:
        raise Refused(LOST.format(names=", ".join(lost), order=order))
    for store, new, kept in acts:
        store.exchange(new, kept)
    order.unlink()
    sync_folder(copy.folder)
