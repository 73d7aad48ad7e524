"""Six people and what lies between them, made once; and as many worlds of it as one likes.

Ana and Bo are a couple with a week behind them: they opened one week, answered each other, and
agreed on one thing whose day to look back has come. Dee and Eli are another couple. Ivy has an
invitation out, and Jo has followed its link. Each history is played on this and then undone.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import UUID

import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.test import TestCase
from django.test.client import ClientHandler

from interwoven.apps.accounts.models import Person
from interwoven.apps.agreements.models import Agreement
from interwoven.apps.checkins.models import Opening
from interwoven.apps.couples.seats import seat_of
from interwoven.apps.guarding.adapter import secrets_of
from interwoven.core.people import Seat
from interwoven.infra import live, runner
from interwoven.infra.crypto import keys
from tests.apps.couples.people import PASSWORD, invited, make_person, pair
from tests.privacy.browser import Browser

BEGAN = datetime(2026, 3, 23, 10, tzinfo=UTC)  # a Monday
EVENING = datetime(2026, 3, 29, 19, 0, 5, tzinfo=UTC)
NOW = datetime(2026, 3, 30, 10, tzinfo=UTC)  # in a week that asks the monthly questions
NAMES = ("Ana", "Bo", "Dee", "Eli", "Ivy", "Jo")
WEEK = {
    "emotional_felt": "6", "emotional_hoped": "8", "physical_felt": "4", "physical_hoped": "4",
    "intellectual_felt": "7", "intellectual_hoped": "6",
}  # fmt: skip


def address_of(name: str) -> str:
    return f"{name.lower()}@example.org"


class Hub(live.Hub):
    """The product's own, which also remembers whom it woke, with which number."""

    def __init__(self) -> None:
        super().__init__()
        self.frames: list[tuple[UUID, int]] = []

    def wake(self, person: UUID) -> None:
        super().wake(person)
        self.frames.append((person, self._numbers[person]))


def recovery_code_of(person: UUID) -> str:
    """One that was not used yet, as its owner has it on paper."""
    with secrets_of(person):
        row = Authenticator.objects.get(user=person, type="recovery_codes")
        return next(iter(row.wrap().get_unused_codes()), "")


class World:
    """One course of things: everybody's browser, and the time it is for all of them."""

    def __init__(self, clock: time_machine.Traveller, cookies: dict[str, dict[str, str]]) -> None:
        self.clock = clock
        self.handler = ClientHandler(enforce_csrf_checks=False)
        self.handler.load_middleware()
        self.people = {person.email: person for person in Person.objects.all()}
        self.browsers = {
            name: Browser(self.handler, cookies.get(name)) for name in (*NAMES, "Nobody")
        }
        self.link = ""  # of Ivy's invitation
        self.code = ""
        self.who = "Ana"  # who does things in private
        self.she_waits = False  # whether she looks back only after the other has
        self.confirms = False  # whether Ivy says, in this history, that it is Jo
        self.wrong_codes = 0
        self.at(NOW)

    @property
    def now(self) -> datetime:
        return self._now

    def at(self, when: datetime) -> None:
        self._now = when
        self.clock.move_to(when, tick=False)

    def later(self, by: timedelta) -> None:
        """The clock moves on, and the runner does what it does every few seconds."""
        self.at(self._now + by)
        with committed():
            runner.run_once(self._now)

    def person(self, name: str) -> UUID:
        return self.people[address_of(name)].pk

    def seat(self, name: str) -> Seat:
        return seat_of(self.people[address_of(name)])

    def get(self, name: str, path: str) -> None:
        self.ask(name, "get", path)

    def post(self, name: str, path: str, sent: dict[str, object] | None = None) -> None:
        self.ask(name, "post", path, sent)

    def ask(self, name: str, method: str, path: str, sent: dict[str, object] | None = None):
        with committed():
            return getattr(self.browsers[name], method)(path, sent or {})

    def sign_in(self, name: str) -> None:
        if "session" not in self.browsers[name].cookies:
            sent = {"login": address_of(name), "password": PASSWORD}
            answered = self.ask(name, "post", "/sign-in/", sent)
            if answered.headers.get("Location") == "/sign-in/code/":
                code = recovery_code_of(self.person(name))
                self.post(name, "/sign-in/code/", {"code": code})


@contextmanager
def committed() -> Iterator[None]:
    """What waits for the commit happens now, though all of this is undone in the end."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written meanwhile is taken back from both databases, and out of memory."""
    cache.clear()
    keys.forget()
    mail.outbox.clear()
    runner._done.clear()
    with transaction.atomic(), transaction.atomic(using="keyring"):
        try:
            yield
        finally:
            for alias in ("default", "keyring"):
                transaction.set_rollback(True, using=alias)


class Stage:
    """The state that every history begins with."""

    def __init__(self, clock: time_machine.Traveller) -> None:
        self.clock = clock
        clock.move_to(BEGAN, tick=False)
        people = {name: make_person(name, address_of(name)) for name in NAMES}
        pair(people["Ana"], people["Bo"], BEGAN)
        pair(people["Dee"], people["Eli"], BEGAN)
        self.cookies: dict[str, dict[str, str]] = {}
        world = World(clock, {})
        self._sign_everybody_in(world)
        self._a_week_goes_by(world)
        self.link, self.code = invited(people["Ivy"], NOW)
        world.get("Jo", f"/i/{self.link}/")
        self.cookies = {name: browser.kept for name, browser in world.browsers.items()}

    @contextmanager
    def world(self) -> Iterator[World]:
        with undone():
            made = World(self.clock, self.cookies)
            made.link, made.code = self.link, self.code
            yield made

    def _sign_everybody_in(self, world: World) -> None:
        world.at(BEGAN)
        for name in NAMES:
            world.sign_in(name)

    def _a_week_goes_by(self, world: World) -> None:
        for name in ("Ana", "Bo", "Dee", "Eli"):
            world.post(name, "/check-in/", WEEK)
            world.post(name, "/check-in/choose/", {"do": "open"})
        for one, other in (("Ana", "Bo"), ("Dee", "Eli")):
            agree_on_something(world, one, other)
        world.at(EVENING)
        runner.run_once(EVENING)
        world.at(NOW)
        for name in ("Ana", "Bo"):
            opening = opening_of(world, name)
            world.post(name, f"/map/{opening}/answer/", {"part": "emotional", "reply": "thank_you"})


def agree_on_something(world: World, one: str, other: str) -> None:
    """The two take a strand, say something each, and agree on an act for today."""
    world.post(one, "/one-thing/", {"strand": "physical"})
    for name in (one, other):
        said = {"works": f"{name} likes Sundays", "wish": f"{name} would walk", "revision": "9"}
        world.post(name, "/one-thing/say/", said)
    act = {"what": "Soup", "whose": "both", "minutes": "30", "revision": "9"}
    world.post(one, "/one-thing/propose/", act | {"day": world.now.date().isoformat()})
    world.post(other, "/one-thing/agree/", {"revision": "9"})


def opening_of(world: World, name: str) -> UUID:
    """The latest opening of this person's couple."""
    latest = Opening.objects.for_seat(world.seat(name)).order_by("-week").first()
    assert latest is not None
    return latest.pk


def agreement_of(world: World, name: str) -> Agreement | None:
    return Agreement.objects.current(world.seat(name)).first()
