from __future__ import annotations

import pytest

from interwoven.apps.rounds import sets
from interwoven.core.acts import ActSet
from interwoven.infra.library import library
from tests.apps.rounds.phone import Phone, first_picks, second_picks


@pytest.fixture
def acts(monkeypatch) -> ActSet:
    """The set that chance would have chosen to begin with."""
    chosen = next(acts for acts in library().published_act_sets if acts.for_any_week)
    monkeypatch.setattr(sets.secrets, "choice", lambda refs: refs[0])
    return chosen


@pytest.fixture
def phone(acts) -> Phone:
    return Phone()


@pytest.fixture
def opened(phone) -> Phone:
    """Both have picked: the first wish 0 and guess 1, the second wish 2 and guess 3."""
    first_picks(phone)
    second_picks(phone)
    return phone
