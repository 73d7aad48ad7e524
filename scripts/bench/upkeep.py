"""What keeping a copy costs: backing it up, trying the backup, wrapping every key anew.

    DATA_DIR=… python -m bench.upkeep

Run as a process of its own over a copy that may be written to. It is filled up first, so that it is
not the start of things that is measured.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.copies import Copy
from bench.figures import Figure
from bench.servers import Failed, product, told

ROWS, KEYS = 20_000, 5_000
WORDS = "A quarter of an hour on the bench by the river, without either phone. " * 10


def figures(copy: Copy) -> list[Figure]:
    found = json.loads(told(product(copy.folder), "bench.upkeep", str(copy.folder)))
    size = f"{found['size'] / 1e6:.0f} MB, {found['rows']:,} sealed rows"
    written = f"{found['kept']:,} check-ins kept meanwhile, none of them refused"
    return [
        Figure("Backup, sealed and on the disk", found["backup"], "MB/s", beside=size),
        Figure("Trying it: unpacked, every row opened", found["restore"], "MB/s", beside=size),
        Figure("Rotation", found["rotation"], "keys/s", beside=f"{found['keys']:,} keys"),
        Figure("Backup while somebody writes", found["busy backup"], "MB/s", beside=written),
        Figure("Rotation while somebody writes", found["busy rotation"], "keys/s", beside=written),
    ]


def main(folder: Path) -> None:
    from interwoven.config import env as environment
    from interwoven.config import secrets
    from interwoven.config.copies import copy_of
    from interwoven.config.steps import start_django
    from interwoven.upkeep import age, backup, restore

    start_django()
    from interwoven.upkeep import rotate, trial

    env = environment.read({"DATA_DIR": str(folder)})
    copy, file, key = copy_of(env), folder / "bench.age", folder / "bench.key"
    public, secret = age.new_identity()
    key.write_text(secret)
    _fill()
    trial.off()  # so that nothing lies in a journal
    size = copy.data.size + copy.keyring.size

    ring = backup.keyring_beside(file)
    _, backing = _timed(lambda: backup.make(copy, file, public, datetime.now(UTC)))
    _, rotating = _timed(lambda: rotate.rotate(lambda: secrets.add_kek(folder)))
    with _somebody_writes() as kept:
        second = folder / "second.age"
        _, busy_backing = _timed(lambda: backup.make(copy, second, public, datetime.now(UTC)))
        _, busy_rotating = _timed(lambda: rotate.rotate(lambda: secrets.add_kek(folder)))
    opened, trying = _timed(lambda: _tried(restore.unpack(copy, file, ring, key), trial))
    sys.stdout.write(
        json.dumps(
            {
                "size": size,
                "rows": sum(opened.rows.values()),
                "keys": opened.keys,
                "backup": size / 1e6 / backing,
                "restore": size / 1e6 / trying,
                "rotation": opened.keys / rotating,
                "busy backup": size / 1e6 / busy_backing,
                "busy rotation": opened.keys / busy_rotating,
                "kept": kept[0],
            }
        )
    )


@contextmanager
def _somebody_writes() -> Iterator[list[int]]:
    """Another process keeps check-ins meanwhile; afterwards, how many."""
    kept: list[int] = []
    with subprocess.Popen(
        [sys.executable, "-m", "bench.writing"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as writer:  # fmt: skip
        assert writer.stdout is not None
        writer.stdout.readline()
        yield kept
        kept.append(json.loads(writer.communicate()[0]))
    if writer.returncode:
        raise Failed(f"Whoever wrote meanwhile ended with {writer.returncode}.")


def _tried(unpacked: Any, trial: Any) -> Any:
    trial.on(unpacked)
    return trial.pass_it(frozenset())


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    began = time.perf_counter()
    return work(), time.perf_counter() - began


def _fill() -> None:
    from django.db import transaction

    from interwoven.apps.accounts.models import Person
    from interwoven.apps.checkins.kept import Kept
    from interwoven.apps.checkins.models import CheckIn
    from interwoven.core.opening import Sheet
    from interwoven.infra.crypto import keys
    from interwoven.infra.crypto.keys import KeyClass, Subject

    author = Person.objects.order_by("pk")[0]
    day, rows = date(1900, 1, 1), []
    for number in range(ROWS):
        row = CheckIn(author=author, week=day + timedelta(days=number), opened=True)
        row.put(Kept(Sheet(step=WORDS)))
        rows.append(row)
    CheckIn.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    with transaction.atomic(using="keyring"):
        for _ in range(KEYS):
            keys.for_sealing(Subject(uuid4(), KeyClass.PRIVATE))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
