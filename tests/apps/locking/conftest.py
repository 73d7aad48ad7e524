from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache

from tests.apps.checkins.two import WEDNESDAY, Two


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    """Tries are counted in memory, from one test to the next."""
    cache.clear()


@pytest.fixture
def two(db) -> Iterator[Two]:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)
