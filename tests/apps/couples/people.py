"""People for tests, made and brought together through the same doors as everybody's."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from interwoven.apps.accounts.actions import introduce
from interwoven.apps.accounts.models import Person
from interwoven.apps.couples import actions, queries
from interwoven.apps.couples.seats import seat_of
from interwoven.core.people import Seat

PASSWORD = "three unrelated words, or four"


def make_person(
    name: str, email: str = "", *, pronouns: str = "", now: datetime | None = None
) -> Person:
    """Somebody with an account and a name, who said yes to keeping answers and to nothing else."""
    address = email or f"{uuid4().hex[:12]}@example.org"
    person = Person.objects.create_user(address, PASSWORD)
    introduce(by=Seat(person.pk), name=name, pronouns=pronouns, now=now or timezone.now())
    return person


def pair(a: Person, b: Person, now: datetime) -> tuple[Seat, Seat]:
    """Let `a` invite, `b` answer and `a` confirm. Their seats at one table, in that order."""
    token, code = invited(a, now)
    answered = actions.answer(by=seat_of(b), token=token, code=code, now=now)
    assert answered is actions.Answer.TAKEN
    actions.confirm(by=seat_of(a), now=now)
    return seat_of(a), seat_of(b)


def invited(inviter: Person, now: datetime) -> tuple[str, str]:
    """A new link's token, and the code to say aloud with it."""
    seat = seat_of(inviter)
    actions.invite(by=seat, now=now)
    letter = queries.invite_page(seat=seat, now=now).letter
    assert letter is not None
    return letter.token, letter.code


def client_of(person: Person) -> Client:
    """A browser in which this person is signed in."""
    browser = Client()
    browser.force_login(person)
    return browser
