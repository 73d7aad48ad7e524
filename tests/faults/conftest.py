from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from tests.privacy.chance import held_still
from tests.privacy.world import NOW, Stage


@pytest.fixture(scope="module")
def stage(django_db_setup, django_db_blocker) -> Iterator[Stage]:
    """The people of `world.py`, made once for all histories of a module."""
    with (
        django_db_blocker.unblock(),
        time_machine.travel(NOW, tick=False) as clock,
        held_still(),
        transaction.atomic(),
        transaction.atomic(using="keyring"),
    ):
        yield Stage(clock)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keyring")
