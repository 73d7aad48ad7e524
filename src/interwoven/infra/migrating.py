"""Bringing a database up to this version, so that a halt at any moment is made good by the next
start; and saying beforehand whether that is to be done at all.
"""

from __future__ import annotations

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connections, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

ALIASES = ("keyring", "default")  # the keys first: data never lie without them
NEWER = (
    "The {called} were written by a newer version of Interwoven ({names}). Take that version "
    "again, or restore a backup from before: docs/how-to/upgrade.md"
)
OLDER = "The {called} are not brought up to this version. Say: interwoven setup"
CALLED = {"keyring": "keys", "default": "data"}
NAMED = 3  # migrations, of those this version does not know

Name = tuple[str, str]  # an app and a migration of it


class WholeOrNot(MigrationExecutor):
    """A migration and the note that it was made are one transaction.

    Django writes that note after the commit wherever an index is made. Killed in between, the next
    start would make the same tables again, and fail each time.
    """

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,  # noqa: FBT001, FBT002 - Django's signature
        fake_initial: bool = False,  # noqa: FBT001, FBT002
    ) -> ProjectState:
        if not migration.atomic:  # it goes on where it stopped, and says so itself
            return super().apply_migration(state, migration, fake, fake_initial)
        with (
            self.connection.constraint_checks_disabled(),  # SQLite takes this outside alone
            transaction.atomic(using=self.connection.alias),
        ):
            return super().apply_migration(state, migration, fake, fake_initial)


def ours() -> frozenset[Name]:
    """Every migration that this version knows. Reading them takes a while, so ask once."""
    return frozenset(MigrationLoader(None).disk_migrations)


def too_new(alias: str, known: frozenset[Name]) -> list[Name]:
    """The migrations made in it that a version which knows these does not."""
    return sorted({*made(alias)} - known)


def names_of(strange: list[Name]) -> str:
    """The first few of them, which tell the version well enough."""
    return ", ".join(" ".join(name) for name in strange[:NAMED])


def newer(alias: str, known: frozenset[Name]) -> str:
    """What to say of it if a newer version has written in it; nothing otherwise."""
    strange = too_new(alias, known)
    return NEWER.format(called=CALLED[alias], names=names_of(strange)) if strange else ""


def of_another_version(alias: str, known: frozenset[Name]) -> str:
    """What to say of it if a newer version has written in it, or if it waits for `setup`."""
    if said := newer(alias, known):
        return said
    waits = known - {*made(alias)} and pending(alias)  # the first asks quickly
    return OLDER.format(called=CALLED[alias]) if waits else ""


def made(alias: str) -> list[Name]:
    """The migrations made in it so far; none in a database that was never used."""
    return sorted(MigrationRecorder(connections[alias]).applied_migrations())


def state() -> str:
    """Which migrations were made in both, one a line."""
    names = [(alias, *name) for alias in ALIASES for name in made(alias)]
    return "".join(f"{' '.join(each)}\n" for each in names)


def pending(alias: str) -> bool:
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def bring_up_to_date(alias: str) -> None:
    """Make what is pending, one migration after another, each whole or not at all."""
    executor = WholeOrNot(connections[alias])
    executor.loader.check_consistent_history(connections[alias])
    targets = executor.loader.graph.leaf_nodes()
    plan = executor.migration_plan(targets)
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=alias, plan=plan)
    executor.migrate(targets, plan)
    emit_post_migrate_signal(verbosity=0, interactive=False, db=alias, plan=plan)
