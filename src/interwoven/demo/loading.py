"""Loads the demonstration through the same actions as everybody's, and takes it away again.

All of it is one transaction: it is there whole, or not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from interwoven.apps.accounts import actions as accounts
from interwoven.apps.accounts.models import Person
from interwoven.apps.agreements import actions as things
from interwoven.apps.agreements.models import Agreement
from interwoven.apps.checkins import actions as checkins
from interwoven.apps.checkins.actions import NOBODY
from interwoven.apps.checkins.kept import Week as Asked
from interwoven.apps.checkins.models import Opening
from interwoven.apps.checkins.queries import this_week
from interwoven.apps.couples import actions as couples
from interwoven.apps.couples import queries as tables
from interwoven.apps.couples.models import Couple, Membership
from interwoven.apps.couples.seats import seat_of
from interwoven.core.agreement import Act, Pulse, Review, Said
from interwoven.core.closeness import Rating
from interwoven.core.consent import ConsentKind
from interwoven.core.evenings import Evening, monthly
from interwoven.core.forms import Form
from interwoven.core.opening import Part, Sheet
from interwoven.core.people import Seat
from interwoven.core.responding import Reply, Response
from interwoven.demo.story import CEM, THINGS, THIS_WEEK, WEEKS, WORDS, Entry, OneThing, Week
from interwoven.infra.crypto import keys
from interwoven.infra.keyring.models import DataKey
from interwoven.infra.models import AuditEntry, FormDraft, Submission

ADDRESSES = {"Ana": "ana@example.org", "Bo": "bo@example.org", "Cem": "cem@example.org"}
A_WEEK, A_DAY, AN_HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)

Progress = Callable[[int, int], None]  # weeks done, weeks in all


@dataclass(frozen=True)
class Two:
    """Both seats, and the evening their weeks end with."""

    ana: Seat
    bo: Seat
    evening: Evening


def new_password() -> str:
    return " ".join(secrets.choice(WORDS) for _ in range(5))


def is_loaded() -> bool:
    return Person.objects.filter(email__in=ADDRESSES.values()).exists()


@transaction.atomic
def load(password: str, *, now: datetime, progress: Progress) -> None:
    """Twelve weeks of two people up to `now`, and two of a third."""
    began = now - A_WEEK * (len(WEEKS) + 1)
    ana, bo, cem = (_person(name, password, began) for name in ADDRESSES)
    two = _paired(ana, bo, began)
    first = two.evening.week_of(now) - A_WEEK * len(WEEKS)
    Couple.objects.filter(pk=two.ana.table).update(opens_at=two.evening.on(first))
    for number, week in enumerate(WEEKS):
        _live_through(two, week, two.evening.on(first + A_WEEK * number))
        _take_on(two, ago=len(WEEKS) - 1 - number, now=now)
        progress(number + 1, len(WEEKS))
    _fill_in(two.bo, THIS_WEEK.bo, now)
    for ago, entry in zip((1, 0), CEM, strict=True):
        _fill_in(seat_of(cem), entry, now - A_WEEK * ago)


@transaction.atomic
def remove() -> None:
    """Take away the three, their couple, and the keys of both. Nobody else is touched."""
    people = list(Person.objects.filter(email__in=ADDRESSES.values()).values_list("pk", flat=True))
    tables_of = Membership.objects.filter(person_id__in=people).values_list("couple_id", flat=True)
    gone = [*people, *tables_of]
    AuditEntry.objects.filter(person__in=people).delete()
    AuditEntry.objects.filter(couple__in=gone).delete()
    FormDraft.objects.filter(author__in=people).delete()
    Submission.objects.filter(author__in=people).delete()
    Couple.objects.filter(pk__in=gone).delete()
    Person.objects.filter(pk__in=people).delete()
    DataKey.objects.filter(subject__in=gone).delete()
    keys.forget()


def _person(name: str, password: str, now: datetime) -> Person:
    person = Person.objects.create_user(ADDRESSES[name], password)
    accounts.introduce(by=Seat(person.pk), name=name, pronouns="", now=now)
    accounts.consent(by=Seat(person.pk), kind=ConsentKind.BELIEFS, now=now)
    return person


def _paired(ana: Person, bo: Person, now: datetime) -> Two:
    couples.invite(by=seat_of(ana), now=now)
    letter = tables.invite_page(seat=seat_of(ana), now=now).letter
    if letter is None:
        raise LookupError("the invitation just made is gone")
    couples.answer(by=seat_of(bo), token=letter.token, code=letter.code, now=now)
    couples.confirm(by=seat_of(ana), now=now)
    seat = seat_of(ana)
    return Two(seat, seat_of(bo), tables.us(seat=seat).settled.evening)


def _live_through(two: Two, week: Week, evening: datetime) -> None:
    """Answer the day before, open at the hour, answer each other an hour later."""
    _fill_in(two.ana, week.ana, evening - A_DAY)
    _fill_in(two.bo, week.bo, evening - A_DAY + AN_HOUR)
    checkins.open_evening(by=Seat(NOBODY, two.ana.couple), now=evening)
    opened = Opening.objects.for_seat(two.ana).order_by("-week").first()
    for seat, answers in ((two.ana, week.ana_answers), (two.bo, week.bo_answers)):
        for part, said in answers.items():
            if opened is not None:
                _answer(seat, opened, part, said, evening + AN_HOUR)


def _answer(seat: Seat, opened: Opening, part: Part, said: Reply | str, now: datetime) -> None:
    response = Response(said) if isinstance(said, Reply) else Response(words=said)
    if part is Part.STEP and not monthly(opened.week):
        return
    checkins.respond(by=seat, opening_id=opened.pk, part=part, response=response, now=now)


def _fill_in(seat: Seat, entry: Entry | None, now: datetime) -> None:
    if entry is None:
        return
    week = this_week(seat=seat, now=now)
    checkins.keep(
        by=seat, week=week.name, sheet=_sheet(entry, week), revision=0, window="", now=now
    )
    if seat.paired:
        checkins.choose(by=seat, week=week.name, parts=entry.opens, now=now)


def _sheet(entry: Entry, week: Asked) -> Sheet:
    acts = {act.kind: act.id for act in week.acts.acts}
    monthly = week.monthly
    return Sheet(
        ratings={
            form: Rating(*marks) for form, marks in entry.ratings().items() if marks != (None, None)
        },
        acts=week.acts.ref,
        wish=acts[entry.wish] if entry.wish else "",
        guess=acts[entry.guess] if entry.guess else "",
        amounts=dict(zip(Form, entry.amounts, strict=True)) if monthly and entry.amounts else {},
        step=entry.step if monthly else "",
    )


def _take_on(two: Two, *, ago: int, now: datetime) -> None:
    """Begin what was begun so many weeks ago, and look back on what was done before."""
    for thing in THINGS:
        if thing.weeks_ago == ago:
            _agree(two, thing, two.evening.on(two.evening.week_of(now) - A_WEEK * (ago + 1)))


def _agree(two: Two, thing: OneThing, evening: datetime) -> None:
    now = evening + AN_HOUR
    things.start(by=two.ana, strand=thing.strand, now=now)
    things.say(by=two.ana, said=Said(*thing.ana), seen=_number(two), now=now)
    things.say(by=two.bo, said=Said(*thing.bo), seen=_number(two), now=now)
    day = two.evening.week_of(now) - A_WEEK + thing.day_after
    if thing.outcomes is None:
        day = two.evening.week_of(now) - A_DAY
    act = Act(thing.what, thing.whose, day, thing.minutes)
    things.propose(by=two.ana, act=act, seen=_number(two), now=now)
    things.agree(by=two.bo, seen=_number(two), now=now)
    if thing.outcomes is not None:
        for seat, outcome in zip((two.ana, two.bo), thing.outcomes, strict=True):
            then = two.evening.on(day) + A_WEEK + A_DAY
            review = Review(outcome, Pulse(7, 8, 8))
            things.look_back(by=seat, review=review, seen=_number(two), now=then)


def _number(two: Two) -> int:
    """The number the page of the one thing shows now."""
    return Agreement.objects.current(two.ana).values_list("revision", flat=True)[0]
