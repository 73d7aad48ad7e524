"""Keep a check-in over and over until standard input ends, as a server would; say how often.

DATA_DIR=… python -m bench.writing
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from threading import Event, Thread

from interwoven.config.steps import start_django


def main() -> None:
    start_django()
    from interwoven.apps.accounts.models import Person
    from interwoven.apps.checkins import actions, queries
    from interwoven.apps.couples.seats import seat_of
    from interwoven.core.opening import Sheet

    over, kept = Event(), 0
    Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    seat = seat_of(Person.objects.order_by("pk")[0])
    while not over.is_set():
        now = datetime.now(UTC)
        week = queries.this_week(seat=seat, now=now).name
        sheet = Sheet(step=f"The bench by the river, {kept} times")
        actions.keep(by=seat, week=week, sheet=sheet, revision=10**6, window="", now=now)
        kept += 1
        if kept == 1:
            sys.stdout.write("writing\n")
            sys.stdout.flush()
    sys.stdout.write(json.dumps(kept))


if __name__ == "__main__":
    main()
