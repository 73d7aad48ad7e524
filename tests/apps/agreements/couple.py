"""One of two people at their own browser, who does what a hand on the page could do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode
from uuid import uuid4

import time_machine
from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from interwoven.core.people import Seat
from interwoven.infra.crypto import keys

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)  # a Thursday
TODAY = NOON.date()
THURSDAY = date(2026, 12, 3)
ADDRESS = "/one-thing/"
POST_ONLY = ["say/", "propose/", "agree/", "decline/", "move/", "look-back/"]
POST_ONLY += ["put-away/", "take-up/"]
FORM = "application/x-www-form-urlencoded"
ACT = {"what": "Soup, phones in the hall", "whose": "both", "minutes": "30"}
ONE_USE = re.compile(rb'name="(csrfmiddlewaretoken|submission_id)" value="[^"]+"')
REVISION = re.compile(r'name="revision" value="(\d+)"')


@dataclass
class Side:
    seat: Seat
    browser: Client

    def page(self, query: str = "") -> str:
        response = self.browser.get(ADDRESS + query)
        assert response.status_code == 200
        return response.content.decode()

    def seen(self) -> str:
        """The number that the page, as it is now, would send along."""
        found = REVISION.findall(self.page())
        return found[0] if found else ""

    def send(self, where: str = "", **sent: str) -> HttpResponse:
        """Send a form of the page as it is now, or with `revision` of an earlier one."""
        if where and "revision" not in sent:
            sent["revision"] = self.seen()
        body = urlencode(sent, errors="surrogatepass")
        response = self.browser.post(ADDRESS + where, body, content_type=FORM)
        assert response.status_code == 303
        return response

    def take(self, strand: str = "physical", **more: str) -> HttpResponse:
        return self.send(strand=strand, **{"submission_id": str(uuid4())} | more)

    def say(self, works: str = "", wish: str = "", **more: str) -> HttpResponse:
        return self.send("say/", works=works, wish=wish, **more)

    def propose(self, day: date = THURSDAY, **changed: str) -> HttpResponse:
        sent = ACT | {"day": day.isoformat(), "submission_id": str(uuid4())} | changed
        return self.send("propose/", **sent)

    def agree(self, **more: str) -> HttpResponse:
        return self.send("agree/", **more)

    def decline(self, **more: str) -> HttpResponse:
        return self.send("decline/", **more)

    def look_back(self, outcome: str = "done", **more: str) -> HttpResponse:
        return self.send("look-back/", outcome=outcome, **more)

    def move(self, day: date, **more: str) -> HttpResponse:
        return self.send("move/", day=day.isoformat(), **more)

    def put_away(self, **more: str) -> HttpResponse:
        return self.send("put-away/", **more)

    def take_up(self, **more: str) -> HttpResponse:
        return self.send("take-up/", **more)

    def observes(self, path: str = ADDRESS) -> tuple[object, ...]:
        """All that reaches this person of a page: status, headers, cookies, bytes, statements."""
        keys.forget()
        with (
            CaptureQueriesContext(connections["default"]) as data,
            CaptureQueriesContext(connections["keyring"]) as keyring,
        ):
            response = self.browser.get(path)
        statements = [query["sql"] for log in (data, keyring) for query in log.captured_queries]
        headers = sorted(response.items())
        content = ONE_USE.sub(b"", response.content)
        return response.status_code, headers, sorted(response.cookies), content, statements


def wait(clock: time_machine.Traveller, days: int, *sides: Side) -> None:
    """Let days go by. These people look in once a week, so that they stay signed in."""
    while days:
        step = min(days, 7)
        clock.shift(timedelta(days=step))
        for side in sides:
            side.page()
        days -= step
