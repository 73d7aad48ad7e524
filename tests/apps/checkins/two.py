"""Ana and Bo, paired, with a browser each and the clock held still."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import time_machine
from django.http import HttpResponse
from django.test import Client

from interwoven.apps.accounts.models import Person
from interwoven.apps.checkins.jobs import open_due_evenings
from interwoven.apps.couples.seats import seat_of
from interwoven.core.people import Seat
from tests.apps.couples.people import client_of, make_person, pair

WEDNESDAY = datetime(2026, 3, 11, 20, 0, tzinfo=ZoneInfo("UTC"))
OUR_EVENING = datetime(2026, 3, 15, 19, 0, tzinfo=ZoneInfo("UTC"))
FILLED = {
    "emotional_felt": "6",
    "emotional_hoped": "8",
    "physical_felt": "7",
    "physical_hoped": "6",
    "intellectual_felt": "5",
    "intellectual_hoped": "5",
}


class Two:
    """Two people, and the time it is for both."""

    def __init__(self, traveller: time_machine.Traveller) -> None:
        self.clock = traveller
        self.people: dict[str, Person] = {name: make_person(name) for name in ("Ana", "Bo")}
        pair(self.people["Ana"], self.people["Bo"], WEDNESDAY)
        self.ana, self.bo = (client_of(person) for person in self.people.values())

    def seat(self, name: str) -> Seat:
        return seat_of(self.people[name])

    def at(self, when: datetime) -> None:
        self.clock.move_to(when, tick=False)

    def the_month_begins(self) -> None:
        """Weeks later, in the first week of a month; both sign in again."""
        self.at(WEDNESDAY.replace(month=4, day=1))
        self.ana, self.bo = (client_of(person) for person in self.people.values())

    def our_evening_comes(self, after: timedelta = timedelta(minutes=1)) -> None:
        """The clock reaches the evening, and the runner does what it does every few seconds."""
        self.at(OUR_EVENING + after)
        open_due_evenings(OUR_EVENING + after)


def answer(browser: Client, choice: str = "open", **fields: str) -> HttpResponse:
    """Fill in a week, keep it, and say what happens with it."""
    sent = browser.post("/check-in/", FILLED | fields)
    assert sent.status_code == 303, sent.content
    return browser.post("/check-in/choose/", {"do": choice})


def text(browser: Client, path: str) -> str:
    response = browser.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def fetched(browser: Client, path: str, sent: dict[str, str]) -> HttpResponse:
    """Send a form the way the script does."""
    return browser.post(path, sent, headers={"X-Requested-With": "fetch"})


def agree(browser: Client) -> HttpResponse:
    """Agree to what the page of our evening proposes, if it proposes anything to this person."""
    found = re.search(r'name="revision" value="(\d+)"', text(browser, "/settle/"))
    return browser.post("/settle/agree/", {"revision": found[1]} if found else {})
