"""Django's SQLite, without the check that a JSON column holds JSON.

We open databases with `trusted_schema` off, so that a file somebody prepared cannot run functions
by its schema. Some builds of SQLite count `json_valid`, which Django writes into the schema of a
JSON column, among those functions, and refuse the table. What Django writes there is JSON anyway.
"""

from __future__ import annotations

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    data_type_check_constraints = {
        kind: check
        for kind, check in base.DatabaseWrapper.data_type_check_constraints.items()
        if kind != "JSONField"
    }
