from __future__ import annotations

import pytest
import time_machine

from interwoven.infra.ledger import NAME
from tests.apps.checkins.two import WEDNESDAY, Two


@pytest.fixture
def two(db, settings, tmp_path) -> Two:
    settings.DATA_DIR = tmp_path  # where the ledger is
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)


@pytest.fixture
def ledger_file(two, tmp_path):
    return tmp_path / NAME
