from __future__ import annotations

import pytest
import time_machine

from interwoven.infra import erasures
from tests.apps.checkins.two import WEDNESDAY, Two


@pytest.fixture
def two(db, settings, tmp_path) -> Two:
    settings.DATA_DIR = tmp_path  # where the erasure ledger is
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)


@pytest.fixture
def ledger(two, tmp_path):
    return tmp_path / erasures.NAME
