from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine

from interwoven.apps.accounts.models import Person
from tests.apps.couples.people import make_person

TUESDAY = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    """Ten in the morning of a Tuesday, until a test moves it on."""
    with time_machine.travel(TUESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def now(clock) -> datetime:
    return TUESDAY


@pytest.fixture
def ana(clock) -> Person:
    return make_person("Ana Marković", "ana@example.org", pronouns="she/her")


@pytest.fixture
def bo(clock) -> Person:
    return make_person("Bo Lindqvist", "bo@example.org")


@pytest.fixture
def cleo(clock) -> Person:
    return make_person("Cleo", "cleo@example.org")
