"""Move a kept copy from its SQLite files into the two databases of PostgreSQL, as they were then.

    DATA_DIR=… DATABASE_URL=… KEYRING_URL=… python -m tests.upgrades.moving < MANIFEST

The tables are made by the very migrations the version had, and the rows go through the models of
that time, so that each value is what that database would hold.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from interwoven.config.steps import start_django

start_django()

from django.conf import settings  # noqa: E402 - Django first
from django.core.management.color import no_style  # noqa: E402
from django.db import connections, transaction  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from django.db.migrations.state import ProjectState  # noqa: E402

from tests.upgrades.kept import PARTS  # noqa: E402

FILES = {"default": PARTS["data"], "keyring": PARTS["keyring"]}


def main() -> None:
    made = json.load(sys.stdin)["everything"]["migrations"]
    for alias in FILES:
        state = _tables_of_then(
            alias, [(app, name) for app, _, name in (each.partition(" ") for each in made[alias])]
        )
        _rows(alias, state)
        Path(settings.DATA_DIR, FILES[alias]).unlink()
    sys.stdout.write("null")


def _tables_of_then(alias: str, made: list[tuple[str, str]]) -> ProjectState:
    executor = MigrationExecutor(connections[alias])
    latest = [key for key in made if not _is_built_upon(executor, key, made)]
    return executor.migrate(latest)


def _is_built_upon(
    executor: MigrationExecutor, key: tuple[str, str], made: list[tuple[str, str]]
) -> bool:
    children = executor.loader.graph.node_map[key].children
    return any(child.key in made and child.key[0] == key[0] for child in children)


def _rows(alias: str, state: ProjectState) -> None:
    kept = f"kept {alias}"
    connections.settings[kept] = connections.settings[alias] | {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(Path(settings.DATA_DIR, FILES[alias])),
        "OPTIONS": {},
    }
    models = [model for model in _models(state) if _lies_in(alias, model)]
    with transaction.atomic(using=alias):  # what refers to what is looked at in the end
        for model in models:
            rows = list(model._base_manager.using(kept).all())
            model._base_manager.using(alias).bulk_create(rows, batch_size=200)
        _numbers_go_on(alias, models)
    connections[kept].close()


def _models(state: ProjectState) -> list[Any]:
    return list(state.apps.get_models(include_auto_created=True))


def _lies_in(alias: str, model: Any) -> bool:
    return model._meta.managed and (alias == "keyring") == (model._meta.app_label == "keyring")


def _numbers_go_on(alias: str, models: list[Any]) -> None:
    """New rows are numbered after those that were brought."""
    with connections[alias].cursor() as cursor:
        for statement in connections[alias].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


if __name__ == "__main__":
    main()
