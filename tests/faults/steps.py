"""Every step at which a process may be killed that is doing something to its data."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from unittest import mock

from django.conf import settings
from django.db import connections

Step = Callable[[str], None]


def watch(step: Step, watched: ExitStack) -> None:
    """Call `step` before each statement, before and after each COMMIT, and before a file changes.

    What lies between two steps leaves nothing behind, reading least of all; so to be killed before
    one is to be killed after the one before it.
    """
    for alias in ("default", "keyring"):
        connection = connections[alias]

        def statement(
            execute: Any, sql: str, *rest: Any, alias: str = alias
        ) -> Any:  # one function for each of the two
            if not sql.startswith("SELECT"):
                step(f"{alias}: {' '.join(sql.split()[:3])}")
            return execute(sql, *rest)

        def commit(alias: str = alias, commit: Callable[[], None] = connection._commit) -> None:
            step(f"{alias}: COMMIT")
            commit()
            step(f"{alias}: after COMMIT")

        watched.enter_context(connection.execute_wrapper(statement))
        watched.enter_context(mock.patch.object(connection, "_commit", commit))
    sys.addaudithook(lambda event, details: _file(step, event, details))


def _file(step: Step, event: str, details: tuple[Any, ...]) -> None:
    if event != "open" or not isinstance(details[2], int):
        return
    written = details[2] & (os.O_WRONLY | os.O_RDWR)
    if written and str(details[0]).startswith(str(Path(settings.DATA_DIR))):
        step(f"writing {Path(str(details[0])).name}")
