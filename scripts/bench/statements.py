"""How many statements each page and each form puts to the databases.

    python -m bench.statements, in a copy that may be written over

Counted by Django's own execute wrapper, in the data and in the keyring, without BEGIN, COMMIT and
SAVEPOINT. With no key in memory (`cold`), as on the first page after a start, and from then on
(`warm`). Prints JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver

from bench import history  # starts Django, which the models below need
from bench.writes import ANA, BO, CY, WRITES, Write, fill
from interwoven.apps.accounts.models import Person
from interwoven.apps.agreements.models import Agreement
from interwoven.apps.checkins.models import CheckIn, Opening
from interwoven.apps.couples import queries as couples
from interwoven.apps.couples.seats import seat_of
from interwoven.infra.crypto import keys
from interwoven.infra.keyring.models import DataKey

NOT_COUNTED = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)", re.IGNORECASE)
ID = re.compile(r"[0-9a-f-]{36}")

Shown = dict[str, dict[str, int]]


class Counter:
    """Counts as an execute wrapper of both databases."""

    count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        self.count += not NOT_COUNTED.match(sql)
        return execute(sql, *rest)


def counted(ask: Callable[[], HttpResponse]) -> tuple[int, HttpResponse]:
    counter = Counter()
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(counter))
        response = ask()
    return counter.count, response


def main() -> None:
    now = datetime.now(UTC)
    people = [Person.objects.get(email=history.address(name)) for name in history.NAMES]
    people += [history.person(name, now) for name in ("Cy", "Di")]
    browsers = [_browser(person) for person in people]
    shown: Shown = {}
    for who in (ANA, BO, CY):
        add_pages(shown, browsers[who], people[who])
    Agreement.objects.exclude(review_on=None).update(review_on=now.date())  # its day has come
    add_pages(shown, browsers[ANA], people[ANA])
    warm_up()
    sent = [write(entry, browsers, people) for entry in WRITES]
    seen = {entry["path"] for entry in sent} | shown.keys()
    left_out = sorted({ID.sub("…", path) for path in addresses(people[ANA])} - seen)
    print(json.dumps({"pages": shown, "writes": sent, "left_out": left_out}))


def _browser(person: Person) -> Client:
    browser = Client(SERVER_NAME="localhost", raise_request_exception=False)
    browser.force_login(person)
    return browser


def add_pages(shown: Shown, browser: Client, person: Person) -> None:
    """Every page for this person that answers a GET; the larger count, where they differ."""
    for path in addresses(person):
        keys.forget()
        cold, response = counted(lambda path=path: browser.get(path))
        if response.status_code == 200:
            warm, _ = counted(lambda path=path: browser.get(path))
            before = shown.get(ID.sub("…", path), {"warm": 0, "cold": 0})
            most = {"warm": max(warm, before["warm"]), "cold": max(cold, before["cold"])}
            shown[ID.sub("…", path)] = most


def addresses(person: Person) -> Iterator[str]:
    """Found by the mark that `seated` leaves on a view, so that a new page is counted at once."""
    mine = CheckIn.objects.filter(author_id=person.pk).order_by("week")
    values = {
        "opening_id": Opening.objects.order_by("week").values_list("pk", flat=True).first(),
        "checkin_id": mine.values_list("pk", flat=True).first(),
    }
    for path, pattern in patterns(get_resolver().url_patterns):
        if hasattr(pattern.callback, "needs_seat"):
            yield fill(path, values)


def warm_up() -> None:
    """Have every key there is in memory for whoever may read by it, as a copy in use has."""
    tables = dict[UUID, list[UUID]]()
    for seat in map(seat_of, Person.objects.all()):
        tables.setdefault(seat.couple or seat.person, []).append(seat.person)
    for row in DataKey.objects.all():
        for reader in tables.get(row.subject, [row.subject]):
            keys.for_opening(row.kid, reader)
        keys.for_sealing(keys.Subject(row.subject, keys.KeyClass(row.key_class), row.epoch))


def patterns(found: list[Any], prefix: str = "/") -> Iterator[tuple[str, URLPattern]]:
    for entry in found:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield path, entry
        else:
            yield from patterns(entry.url_patterns, path)


def write(entry: Write, browsers: list[Client], people: list[Person]) -> dict[str, Any]:
    browser = browsers[entry.who]
    page = browser.get(entry.page).content.decode() if entry.page else ""
    path, values, headers = entry.ready(page)
    if values.get("code") == "letter":
        values["code"] = _followed(browser, people[CY])
    count, response = counted(lambda: browser.post(path, values, headers=headers))
    return {"path": ID.sub("…", path), "count": count, "trouble": _trouble(response)}


def _followed(browser: Client, inviter: Person) -> str:
    """Follow the link of somebody's invitation, and give the code that goes with it."""
    letter = couples.invite_page(seat=seat_of(inviter), now=datetime.now(UTC)).letter
    assert letter is not None
    browser.get(f"/i/{letter.token}/")
    return letter.code


def _trouble(response: HttpResponse) -> str:
    """What came instead of a form that was taken."""
    if response.status_code not in (204, 303):
        return str(response.status_code)
    return "changed meanwhile" if "?changed" in response.headers.get("Location", "") else ""


if __name__ == "__main__":
    main()
