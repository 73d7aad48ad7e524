"""Tries are counted as long as was asked for; what could not be is refused where it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from interwoven.infra.tries import LONGEST_LIMIT, Tries

NOW = datetime(2027, 3, 1, 20, tzinfo=UTC)
TOO_LONG = [LONGEST_LIMIT + 1, 86_400, None]  # None is for ever

Ask = Callable[..., object]


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def tries(clock) -> Tries:
    found = Tries("tests of tries", {})
    found.clear()
    return found


def setting(tries: Tries, **how: object) -> object:
    return tries.set("guesses", 1, **how)


def adding(tries: Tries, **how: object) -> object:
    return tries.add("guesses", 1, **how)


def touching(tries: Tries, **how: object) -> object:
    tries.set("guesses", 1, timeout=1)
    return tries.touch("guesses", **how)


ways = pytest.mark.parametrize("ask", [setting, adding, touching])


@ways
@pytest.mark.parametrize("seconds", [60, 3600])
def test_what_is_counted_is_counted_for_as_long_as_was_asked(tries, clock, ask: Ask, seconds):
    ask(tries, timeout=seconds)

    clock.move_to(NOW + timedelta(seconds=seconds - 1))
    assert tries.get("guesses") == 1
    clock.move_to(NOW + timedelta(seconds=seconds + 1))
    assert tries.get("guesses") is None


@ways
@pytest.mark.parametrize("seconds", TOO_LONG)
def test_a_limit_that_would_be_none_is_refused(tries, ask: Ask, seconds):
    with pytest.raises(ValueError, match=f"longer than {LONGEST_LIMIT} seconds"):
        ask(tries, timeout=seconds)


@ways
def test_where_nothing_is_said_it_is_five_minutes_as_ever(tries, clock, ask: Ask):
    ask(tries)

    clock.move_to(NOW + timedelta(minutes=5, seconds=-1))
    assert tries.get("guesses") == 1
    clock.move_to(NOW + timedelta(minutes=5, seconds=1))
    assert tries.get("guesses") is None


def test_nobody_waits_for_an_hour_that_was_before_the_clock_was_put_back(tries, clock):
    tries.set("guesses", 1, timeout=60)

    clock.move_to(NOW - timedelta(hours=2))

    assert tries.get("guesses") is None
