from __future__ import annotations

from pathlib import Path

import pytest

from interwoven.infra.crypto import keys


@pytest.fixture(autouse=True)
def no_keys_of_another_test():
    """Unwrapped keys are held in memory; the rows they came from go with each test."""
    keys.forget()
    yield
    keys.forget()


@pytest.fixture(autouse=True)
def data_folder(settings, tmp_path) -> Path:
    """Where the ledger is and what was handled; nobody finds in it what another test left there."""
    settings.DATA_DIR = tmp_path
    return tmp_path
