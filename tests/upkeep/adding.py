"""Something more in a copy, for a test: see `WAYS`.

DATA_DIR=… python -m tests.upkeep.adding WHAT
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from interwoven.config import env as environment
from interwoven.config import secrets
from interwoven.config.steps import start_django

start_django()

from django.apps import apps  # noqa: E402 - Django first
from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from interwoven.apps.accounts.models import Person  # noqa: E402
from interwoven.apps.couples.seats import seat_of  # noqa: E402
from interwoven.apps.leaving import erasing  # noqa: E402
from interwoven.apps.leaving.actions import leave  # noqa: E402
from interwoven.infra import ledger  # noqa: E402
from interwoven.infra.crypto import keys  # noqa: E402
from interwoven.infra.crypto.keys import KeyClass, Subject  # noqa: E402
from interwoven.infra.keyring.models import DataKey  # noqa: E402
from interwoven.infra.models import AuditEntry, Session  # noqa: E402
from interwoven.infra.sessions import SessionStore  # noqa: E402
from tests.apps.couples.people import make_person  # noqa: E402

BO = "bon@example.org"
MIGRATION = "INSERT INTO django_migrations (app, name, applied) VALUES (%s, %s, %s)"


def somebody() -> None:
    make_person("Somebody")


def many_keys() -> None:
    for _ in range(700):
        keys.for_sealing(Subject(uuid4(), KeyClass.PRIVATE))


def an_erasure() -> None:
    """Bo is erased, as he would erase himself."""
    bo = Person.objects.get(email=BO)
    erasing.erase(by=seat_of(bo), now=datetime.now(UTC))


def a_parting() -> None:
    """Bo leaves, as he would leave himself."""
    bo = Person.objects.get(email=BO)
    leave(by=seat_of(bo), session=SessionStore(), now=datetime.now(UTC))


def a_mark() -> None:
    """Of somebody who was erased, and of whom nothing else is left."""
    ledger.note(ledger.mark_of(uuid4()))


def half_a_rotation() -> None:
    """A new key file, and some keys wrapped by it."""
    number = secrets.add_kek(environment.read(os.environ).data_dir)
    settings.SECRETS.learn()
    keys.rewrap(number, 2)


def a_session() -> None:
    later = datetime.now(UTC) + timedelta(days=1)
    named = {"owner": b"", "used_on": later.date()}
    columns = {field.name for field in Session._meta.fields}
    Session.objects.create(
        key_hash="x", content="", expires=later, **{k: v for k, v in named.items() if k in columns}
    )


def a_keyring_of_its_own() -> None:
    """The same subjects, and other keys."""
    for row in list(DataKey.objects.all()):
        row.delete()
        keys.forget()
        keys.for_sealing(Subject(row.subject, KeyClass(row.key_class), row.epoch))


def a_migration_of_the_future() -> None:
    with connections["default"].cursor() as cursor:
        cursor.execute(MIGRATION, ["infra", "0999_of_the_future", datetime.now(UTC)])


def an_older_schema() -> None:
    """As if one app had been added since."""
    tables = [model._meta.db_table for model in apps.get_app_config("agreements").get_models()]
    with connections["default"].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'agreements'")
        for table in reversed(tables):
            cursor.execute(f"DROP TABLE {table}")


def a_day_to_come() -> None:
    day = datetime.now(UTC).date() + timedelta(days=40)
    AuditEntry.objects.create(person=uuid4(), event="test.added", day=day)


WAYS = {
    way.__name__.replace("_", " "): way
    for way in (
        somebody,
        many_keys,
        an_erasure,
        a_parting,
        a_mark,
        half_a_rotation,
        a_session,
        a_keyring_of_its_own,
        a_migration_of_the_future,
        an_older_schema,
        a_day_to_come,
    )
}

if __name__ == "__main__":
    WAYS[sys.argv[1]]()
    sys.stdout.write("null")
