"""Several windows, in which things are done at once: what is sent, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client

from interwoven.apps.accounts.models import Person
from tests.apps.checkins.two import WEDNESDAY, Two
from tests.apps.couples.people import client_of
from tests.apps.races import at_once, elsewhere

CHECKINS, DRAFTS = "interwoven.apps.checkins.actions", "interwoven.infra.drafts"
FORMS = "interwoven.apps.checkins.forms"
RACED: dict[str, list[str]] = {}  # the tests that run into each rule


def races(*rules: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """This test says that it runs into these rules."""

    def note(test: Callable[..., None]) -> Callable[..., None]:
        for rule in rules:
            RACED.setdefault(rule, []).append(test.__name__)
        return test

    return note


@pytest.fixture
def two(transactional_db) -> Iterator[Two]:
    cache.clear()  # nobody has tried a password yet
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield Two(traveller)


def window(browser: Client) -> Client:
    """Another window of the same browser, which shows errors instead of raising them."""
    found = Client(raise_request_exception=False)
    for name, morsel in browser.cookies.items():
        found.cookies[name] = morsel.value
    return found


def sent(browser: Client, path: str, **form: object) -> Callable[[], HttpResponse]:
    """A form, ready to be sent from a window of its own."""
    return lambda: window(browser).post(path, form)


def twice(browser: Client, path: str, **form: object) -> list[tuple[int, str]]:
    return ends(*[sent(browser, path, **form)] * 2)


def ends(*deeds: Callable[[], HttpResponse]) -> list[tuple[int, str]]:
    """Status and address of each answer, all asked for at once."""
    return [(one.status_code, one.headers.get("Location", "")) for one in at_once(*deeds)]


def shown(browser: Client, path: str) -> str:
    """What a page says now, in whichever thread its rows can be reached from."""
    response = elsewhere(lambda: window(browser).get(path))
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()


def count(model: type[Model], **like: object) -> int:
    return elsewhere(lambda: model._default_manager.filter(**like).count())


def client_elsewhere(person: Person) -> Client:
    return elsewhere(lambda: client_of(person))
