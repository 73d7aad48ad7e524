from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.apps.accounts.door import ANA, BO, Browser, sign_up


@pytest.fixture(autouse=True)
def nobody_has_tried_yet() -> None:
    """Tries are counted in memory, from one test to the next."""
    cache.clear()


@pytest.fixture
def ana() -> Browser:
    return sign_up(ANA)


@pytest.fixture
def bo() -> Browser:
    return sign_up(BO)
