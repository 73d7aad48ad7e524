"""Fill a copy through the actions its pages call, each text with a word of its own in it.

DATA_DIR=… python -m tests.upkeep.filling
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

from interwoven.config.steps import start_django

start_django()

from interwoven.apps.accounts import actions as accounts  # noqa: E402 - Django first
from interwoven.apps.checkins import actions, queries  # noqa: E402
from interwoven.apps.checkins.models import Opening  # noqa: E402
from interwoven.apps.couples.queries import us  # noqa: E402
from interwoven.core.closeness import Rating  # noqa: E402
from interwoven.core.consent import ConsentKind  # noqa: E402
from interwoven.core.forms import Form  # noqa: E402
from interwoven.core.opening import Part, Sheet  # noqa: E402
from interwoven.core.people import Seat  # noqa: E402
from interwoven.core.responding import Response  # noqa: E402
from tests.apps.couples.people import make_person, pair  # noqa: E402

NOBODY = UUID(int=0)
WEEKS = 6


def main() -> None:
    now = datetime.now(UTC) - timedelta(weeks=WEEKS)
    names = ("ZqAnanameXk", "ZqBonameXk")
    people = [make_person(name, f"{name[2:5]}@example.org".lower(), now=now) for name in names]
    for person in people:
        for kind in ConsentKind:
            accounts.consent(by=Seat(person.pk), kind=kind, now=now)
    seats = pair(*people, now)
    evening = us(seat=seats[0]).settled.evening
    for _ in range(WEEKS - 1):
        opens_at = evening.next_after(now)
        for seat in seats:
            _answer(seat, now)
        actions.open_evening(by=Seat(NOBODY, seats[0].couple), now=opens_at)
        _respond(seats, opens_at)
        now = opens_at + timedelta(minutes=1)
    for seat in seats:
        _answer(seat, datetime.now(UTC))
    sys.stdout.write(json.dumps({"step": "ZqstepXk", "answer": "ZqanswerXk", "name": names[0]}))


def _answer(seat: Seat, now: datetime) -> None:
    week = queries.this_week(seat=seat, now=now).name
    sheet = Sheet(ratings={form: Rating(6, 8) for form in Form}, step="ZqstepXk by the river")
    actions.keep(by=seat, week=week, sheet=sheet, revision=99, window="", now=now)
    actions.choose(by=seat, week=week, parts=frozenset(Part), now=now)


def _respond(seats: tuple[Seat, Seat], now: datetime) -> None:
    for seat in seats:
        opening = Opening.objects.for_seat(seat).order_by("-week").first()
        assert opening is not None, "nothing opened"
        said = Response(words="ZqanswerXk, and thank you")
        actions.respond(by=seat, opening_id=opening.pk, part=Part.STEP, response=said, now=now)


if __name__ == "__main__":
    main()
