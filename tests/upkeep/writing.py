"""Write to a copy until standard input ends, as its server would; then say how often.

    DATA_DIR=… python -m tests.upkeep.writing

Every round makes somebody with new keys, and changes the check-in of somebody who was there.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from threading import Event, Thread

from interwoven.config.steps import start_django

start_django()

from django.conf import settings  # noqa: E402 - Django first

from interwoven.apps.accounts.models import Person  # noqa: E402
from interwoven.apps.checkins import actions, queries  # noqa: E402
from interwoven.apps.couples.seats import seat_of  # noqa: E402
from interwoven.core.opening import Sheet  # noqa: E402
from interwoven.infra.crypto import keys  # noqa: E402
from tests.apps.couples.people import make_person  # noqa: E402

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def main() -> None:
    over, rounds = Event(), 0
    Thread(target=lambda: (sys.stdin.read(), over.set()), daemon=True).start()
    person = Person.objects.order_by("pk").first()
    assert person is not None
    while not over.is_set():
        make_person(f"Number {rounds}")
        seat, now = seat_of(person), datetime.now(UTC)
        week = queries.this_week(seat=seat, now=now).name
        sheet = Sheet(step=f"ZqstepXk, round {rounds}")
        actions.keep(by=seat, week=week, sheet=sheet, revision=10**6, window="", now=now)
        keys.forget()  # so that keys are asked of the keyring again, as after a restart
        rounds += 1
        if rounds == 1:
            sys.stdout.write("writing\n")
            sys.stdout.flush()
    sys.stdout.write(json.dumps(rounds))


if __name__ == "__main__":
    main()
