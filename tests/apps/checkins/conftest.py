from __future__ import annotations

import pytest
import time_machine

from tests.apps.checkins.two import WEDNESDAY, Two


@pytest.fixture
def two(db) -> Two:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)
