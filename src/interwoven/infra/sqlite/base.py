"""Django's SQLite, without the check that a JSON column holds JSON, and without files made anew.

We open databases with `trusted_schema` off, so that a file somebody prepared cannot run functions
by its schema. Some builds of SQLite count `json_valid`, which Django writes into the schema of a
JSON column, among those functions, and refuse the table. What Django writes there is JSON anyway.

A database that was there and is gone is not made again, empty: it would pass for the real one, and
what is put back would lie beside it unread. Until then it cannot be opened, which pages can say.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.backends.sqlite3 import base
from typing_extensions import override

IN_MEMORY = (":memory:", "file:")
_seen: set[str] = set()


class DatabaseWrapper(base.DatabaseWrapper):
    data_type_check_constraints = {
        kind: check
        for kind, check in base.DatabaseWrapper.data_type_check_constraints.items()
        if kind != "JSONField"
    }

    @override
    def get_connection_params(self) -> dict[str, Any]:
        found: dict[str, Any] = super().get_connection_params()
        name = str(found["database"])
        if not name.startswith(IN_MEMORY) and _was_there(name):
            found["database"] = f"{Path(name).absolute().as_uri()}?mode=rw"
        return found


def _was_there(name: str) -> bool:
    """Whether anything is in this file, or was when it was opened before."""
    file = Path(name)
    if file.exists() and file.stat().st_size:
        _seen.add(name)
    return name in _seen
