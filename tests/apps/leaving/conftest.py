from __future__ import annotations

import pytest
import time_machine

from interwoven.infra.ledger import NAME
from tests.apps.checkins.two import WEDNESDAY, Two


@pytest.fixture
def two(db) -> Two:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)


@pytest.fixture
def ledger_file(two, data_folder):
    return data_folder / NAME
