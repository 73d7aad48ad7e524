from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from interwoven.apps.couples import waking
from tests.apps.agreements.couple import NOON, Side, wait
from tests.apps.couples.people import client_of, make_person, pair


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """It is noon on a Thursday until a test says otherwise."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def two(clock) -> tuple[Side, Side]:
    a, b = make_person("Ana"), make_person("Bo")
    seats = pair(a, b, NOON)
    return Side(seats[0], client_of(a)), Side(seats[1], client_of(b))


@pytest.fixture
def ana(two) -> Side:
    return two[0]


@pytest.fixture
def bo(two) -> Side:
    return two[1]


@pytest.fixture
def woken(monkeypatch) -> list[object]:
    """Whoever is woken, in that order."""
    people: list[object] = []
    monkeypatch.setattr(waking, "wake", people.append)
    return people


@pytest.fixture
def agreed(ana, bo) -> None:
    """They took a strand, said something each, and agreed on Thursday 3 December."""
    ana.take()
    ana.say("Your hand on my back", "A walk before work")
    bo.say("Sundays", "Ten minutes on the sofa")
    ana.propose()
    bo.agree()


@pytest.fixture
def a_week_later(agreed, ana, bo, clock) -> None:
    """It is Thursday 10 December, the first day on which either may look back."""
    wait(clock, 14, ana, bo)
