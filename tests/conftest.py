from __future__ import annotations

import pytest

from interwoven.infra.crypto import keys


@pytest.fixture(autouse=True)
def no_keys_of_another_test():
    """Unwrapped keys are held in memory; the rows they came from go with each test."""
    keys.forget()
    yield
    keys.forget()
