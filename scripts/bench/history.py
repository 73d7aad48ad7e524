"""Fill a copy with the weeks of two people, through the same actions that its pages call.

    python -m bench.history WEEKS

Prints, as JSON, how to sign in and what there is. Only the disk's slowest promise is left out while
it fills: a copy that is thrown away need not survive a power cut.
"""

from __future__ import annotations

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from uuid import UUID

from interwoven.config.steps import start_django

start_django()

from django.db.backends.signals import connection_created  # noqa: E402 - Django first

from interwoven.apps.accounts import actions as accounts  # noqa: E402
from interwoven.apps.accounts.models import Person  # noqa: E402
from interwoven.apps.agreements import actions as agreements  # noqa: E402
from interwoven.apps.agreements.models import Agreement  # noqa: E402
from interwoven.apps.checkins import actions, queries  # noqa: E402
from interwoven.apps.checkins.kept import Week  # noqa: E402
from interwoven.apps.checkins.models import CheckIn, Opening  # noqa: E402
from interwoven.apps.checkins.models import Response as ResponseRow  # noqa: E402
from interwoven.apps.checkins.opened import Opened, answerable  # noqa: E402
from interwoven.apps.couples import actions as couples  # noqa: E402
from interwoven.apps.couples import queries as couple  # noqa: E402
from interwoven.apps.couples.seats import seat_of  # noqa: E402
from interwoven.core.agreement import Act, Outcome, Pulse, Review, Said, Whose  # noqa: E402
from interwoven.core.closeness import Rating  # noqa: E402
from interwoven.core.consent import ConsentKind  # noqa: E402
from interwoven.core.forms import Form  # noqa: E402
from interwoven.core.opening import Part, Sheet  # noqa: E402
from interwoven.core.people import Seat  # noqa: E402
from interwoven.core.responding import Reply, Response  # noqa: E402
from interwoven.infra.crypto.rows import read  # noqa: E402

PASSWORD = "three unrelated words, or four"
NAMES = ("Ana", "Bo")
NOBODY = UUID(int=0)
A_WEEK, A_MINUTE = timedelta(weeks=1), timedelta(minutes=1)
STEP = "A quarter of an hour on the bench by the river, without either phone."
KEPT_CLOSED = 11  # every so many weeks one of the two opens nothing
BETWEEN_THINGS = 6  # weeks from one agreement to the next


def main(weeks: int) -> None:
    connection_created.connect(_without_waiting_for_the_disk)
    now = datetime.now(UTC)
    ana, bo = _paired(now - weeks * A_WEEK)
    when = now - weeks * A_WEEK
    evening = couple.us(seat=ana).settled.evening
    while (opens_at := evening.next_after(when)) < now:
        _week(ana, bo, (now - opens_at) // A_WEEK + 1, when, opens_at)
        when = opens_at + A_MINUTE
    _this_week(ana, bo, now)
    print(
        json.dumps({"people": [address(name) for name in NAMES], "password": PASSWORD, **_rows()})
    )


def address(name: str) -> str:
    return f"{name.lower()}@bench.test"


def _paired(now: datetime) -> tuple[Seat, Seat]:
    ana, bo = (person(name, now) for name in NAMES)
    couples.invite(by=seat_of(ana), now=now)
    letter = couple.invite_page(seat=seat_of(ana), now=now).letter
    assert letter is not None
    couples.answer(by=seat_of(bo), token=letter.token, code=letter.code, now=now)
    couples.confirm(by=seat_of(ana), now=now)
    return seat_of(ana), seat_of(bo)


def person(name: str, now: datetime) -> Person:
    row = Person.objects.create_user(address(name), PASSWORD)
    seat = Seat(row.pk)
    accounts.introduce(by=seat, name=name, pronouns="", now=now)
    accounts.consent(by=seat, kind=ConsentKind.BELIEFS, now=now)
    return row


def _week(ana: Seat, bo: Seat, ago: int, when: datetime, opens_at: datetime) -> None:
    """Both answer and choose, their evening comes, and each answers some of what opened.

    What they say depends only on how long ago it was, so that all copies end alike.
    """
    for seat in (ana, bo):
        _answered(seat, ago, when)
        opened = frozenset[Part]() if ago % KEPT_CLOSED == 5 else frozenset(Part)
        week = queries.this_week(seat=seat, now=when)
        actions.choose(by=seat, week=week.name, parts=opened, now=when)
    if ago % BETWEEN_THINGS == 4:
        _agree_on_something(ana, bo, ago, when)
    if ago % BETWEEN_THINGS == 2 and _seen(ana):
        _look_back(ana, bo, when)
    actions.open_evening(by=Seat(NOBODY, ana.couple), now=opens_at + A_MINUTE)
    opening = Opening.objects.for_seat(ana).order_by("-week").first()
    if opening is not None and opening.week == opens_at.date():
        for seat in (ana, bo):
            _respond(seat, opening, opens_at + A_MINUTE)


def _answered(seat: Seat, ago: int, now: datetime) -> None:
    week = queries.this_week(seat=seat, now=now)
    sheet = _sheet(week, random.Random(f"{ago} {seat.place}"))
    actions.keep(by=seat, week=week.name, sheet=sheet, revision=0, window="", now=now)


def _sheet(week: Week, dice: random.Random) -> Sheet:
    acts = [act.id for act in week.acts.acts]
    marks = {form: dice.randint(0, 10) for form in Form} if week.monthly else {}
    return Sheet(
        ratings={form: Rating(dice.randint(2, 9), dice.randint(4, 10)) for form in Form},
        acts=week.acts.ref,
        wish=dice.choice(acts),
        guess=dice.choice(acts),
        amounts=marks,
        step=STEP if week.monthly else "",
    )


def _respond(seat: Seat, opening: Opening, now: datetime) -> None:
    assert seat.place is not None
    parts = sorted(answerable(read(opening, Opened, seat=seat).of(seat.place.other)))
    answers = (Response(Reply.DID_NOT_KNOW), Response(words="I would like that too. Tell me more."))
    for part, said in zip(parts, answers, strict=False):
        actions.respond(by=seat, opening_id=opening.pk, part=part, response=said, now=now)


def _agree_on_something(ana: Seat, bo: Seat, ago: int, now: datetime) -> None:
    agreements.start(by=ana, strand=list(Form)[ago % len(Form)], now=now)
    for seat in (ana, bo):
        said = Said("Your hand on my back when I cook", "A walk before the week begins")
        agreements.say(by=seat, said=said, seen=_seen(seat), now=now)
    act = Act("Soup on the balcony, phones in the hall", Whose.BOTH, now.date(), 30)
    agreements.propose(by=ana, act=act, seen=_seen(ana), now=now)
    agreements.agree(by=bo, seen=_seen(bo), now=now)


def _look_back(ana: Seat, bo: Seat, now: datetime) -> None:
    for seat in (ana, bo):
        review = Review(Outcome.DONE, Pulse(7, 8, 9))
        agreements.look_back(by=seat, review=review, seen=_seen(seat), now=now)


def _seen(seat: Seat) -> int:
    row = Agreement.objects.current(seat).first()
    return row.revision if row else 0


def _this_week(ana: Seat, bo: Seat, now: datetime) -> None:
    """Where every copy, of whatever age, stands when measured: answers kept, a thing agreed."""
    for seat in (ana, bo):
        _answered(seat, 0, now)
    if _seen(ana):
        agreements.put_away(by=ana, seen=_seen(ana), now=now)
    _agree_on_something(ana, bo, 0, now)


def _rows() -> dict[str, int]:
    tables = {"sheets": CheckIn, "openings": Opening, "responses": ResponseRow, "things": Agreement}
    return {name: model.objects.count() for name, model in tables.items()}


def _without_waiting_for_the_disk(connection: object, **_: object) -> None:
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute("PRAGMA synchronous=OFF")


if __name__ == "__main__":
    main(int(sys.argv[1]))
