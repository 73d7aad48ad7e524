"""What ended for good stays so: the ledger is made good on at each start, each hour and restore."""

from __future__ import annotations

from datetime import datetime

from interwoven.apps.leaving import erasing, partings
from interwoven.infra import ledger


def go_on(now: datetime) -> int:
    """End what was begun here and cut short. How many could not be taken out yet."""
    ledger.make()
    catch_up()
    return make_good(ledger.noted(), now)


def catch_up() -> None:
    """Write down what these databases show to have ended."""
    erasing.catch_up()
    partings.catch_up()


def make_good(noted: frozenset[str], now: datetime) -> int:
    """Erase whoever is noted, and leave for whoever left. How many could not be taken out."""
    return erasing.replay(noted, now) + partings.replay(noted, now)
