from __future__ import annotations

import pytest
import time_machine

from tests.apps.checkins.two import WEDNESDAY, Two
from tests.apps.keeping.story import live_through_everything


@pytest.fixture
def two(db) -> Two:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)


@pytest.fixture
def lived(two) -> Two:
    """The same two, after all that can be written has been."""
    live_through_everything(two)
    return two
