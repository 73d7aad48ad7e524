"""The private lock: when the pages that show again what was kept are open, hour by hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from interwoven.core.locking import Door, Lock, lasts

NOW = datetime(2026, 3, 11, 20, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
OPEN, LOCKED, SHUT = Door.OPEN, Door.LOCKED, Door.SHUT
SET = Lock("a hash")

# What there is, how long after, and how long ago the lock was given.
TABLE = [
    (Lock(), 0 * HOUR, None, OPEN),
    (SET, 0 * HOUR, None, LOCKED),
    (SET, 9_000 * HOUR, None, LOCKED),
    (SET, 0 * HOUR, 0 * MINUTE, OPEN),
    (SET, 0 * HOUR, 5 * MINUTE, OPEN),
    (SET, 0 * HOUR, 6 * MINUTE, LOCKED),
    (SET, 0 * HOUR, -1 * MINUTE, LOCKED),  # the clock was put back
    (SET.forgotten(NOW), 71 * HOUR, None, LOCKED),
    (SET.forgotten(NOW), 72 * HOUR, None, OPEN),
    (SET.forgotten(NOW).remembered(NOW), 72 * HOUR, None, LOCKED),
    (Lock().after_a_letter(NOW), 71 * HOUR, None, SHUT),
    (Lock().after_a_letter(NOW), 72 * HOUR, None, OPEN),
    (SET.after_a_letter(NOW), 1 * HOUR, None, LOCKED),
    (SET.after_a_letter(NOW), 1 * HOUR, 1 * MINUTE, OPEN),
    (SET.after_a_letter(NOW), 72 * HOUR, None, LOCKED),
    (SET.forgotten(NOW - 70 * HOUR).after_a_letter(NOW), 3 * HOUR, None, SHUT),
    (SET.forgotten(NOW - 70 * HOUR).after_a_letter(NOW), 72 * HOUR, None, OPEN),
    (SET.after_a_letter(NOW).set_to(""), 1 * HOUR, None, SHUT),
]


@pytest.mark.parametrize(("lock", "after", "ago", "door"), TABLE)
def test_how_the_pages_are_found(lock, after, ago, door):
    now = NOW + after

    assert lock.door(now, None if ago is None else now - ago) is door


locks = some.builds(
    Lock,
    secret=some.sampled_from(["", "a hash"]),
    opens_at=some.none() | some.integers(-99, 99).map(lambda h: NOW + h * HOUR),
    shut_until=some.none() | some.integers(-99, 99).map(lambda h: NOW + h * HOUR),
)


@given(lock=locks, hours=some.integers(0, 71))
def test_for_72_hours_after_a_letter_nothing_is_open_without_the_lock(lock, hours):
    after = lock.after_a_letter(NOW)
    forgotten, other = after.forgotten(NOW), after.set_to("")

    for one in (after, forgotten, other, forgotten.remembered(NOW)):
        assert one.door(NOW + hours * HOUR, None) is not OPEN


@given(lock=locks)
def test_what_is_closed_and_is_to_open_by_itself_does_so_then_and_not_before(lock):
    when = lock.opens_by_itself(NOW)
    if lock.door(NOW, None) is OPEN:
        assert when is None
    elif when is not None:
        assert lock.door(when - timedelta(seconds=1), None) is not OPEN
        assert lock.door(when, None) is OPEN
    else:
        assert lock.door(NOW + 10_000 * HOUR, None) is LOCKED


def test_saying_twice_that_it_is_forgotten_opens_it_no_later():
    once = SET.forgotten(NOW)

    assert once.forgotten(NOW + HOUR) == once


def test_a_lock_that_opened_by_itself_is_not_shut_again_by_remembering_it():
    opened = SET.forgotten(NOW)

    assert opened.remembered(NOW + 73 * HOUR) == opened
    assert opened.set_to("another").door(NOW + 73 * HOUR, None) is LOCKED


def test_nothing_lasts_that_was_never_given():
    assert not lasts(None, NOW)
