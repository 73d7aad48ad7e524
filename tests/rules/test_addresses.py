"""Every address asks for a seat, or is open to anyone for a reason that is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path

from interwoven.apps.couples.seats import seated, seated_pair
from tests.rules.tree import complaints

TRY = "one round on one phone, before any account: what is picked is in a sealed cookie"
DOOR = "a sign-in page by allauth: whoever asks has not signed in yet"
LINK = "for whoever holds an invitation, before they have an account"
HELP = "needs no account and no database, so that it is there for anyone at any time"

OPEN_TO_ALL = {
    "front": "the first page, and for a signed-in person the way to today",
    "healthz": "asked by a machine whether this copy is up: says nothing else",
    "start": TRY,
    "cover": TRY,
    "second": TRY,
    "look": TRY,
    "reply": TRY,
    "agreed": TRY,
    "alone": TRY,
    "question": TRY,
    "other": TRY,
    "again": TRY,
    "let_go": TRY,
    "account_signup": DOOR,
    "account_login": DOOR,
    "account_logout": "signing out twice is signing out once",
    "account_reset_password": DOOR,
    "account_reset_password_done": DOOR,
    "account_reset_password_from_key": DOOR,
    "account_reset_password_from_key_done": DOOR,
    "arrive": LINK,
    "invitation": LINK,
    "not_for_me": LINK,
    "help": HELP,
    "exit": HELP,
    "about_exit": HELP,
    "privacy": HELP,
    "traces": HELP,
    "keeper": HELP,
}
SIGNED_IN_WITHOUT_A_SEAT = {
    "account_change_password": "allauth's page, about the account and nothing that anyone wrote",
}


def addresses(found: URLResolver) -> Iterator[URLPattern]:
    for pattern in found.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern)
        else:
            yield pattern


def needs(view: Callable[..., Any]) -> str:
    """Who may ask: `person`, `pair`, `account` for anyone signed in, `nobody` for anyone at all."""
    if not getattr(view, "login_required", True):
        return "nobody"
    return str(getattr(view, "needs_seat", "account"))


def named(patterns: list[URLPattern], who: str) -> list[str]:
    return [str(one.name or one.pattern) for one in patterns if needs(one.callback) == who]


EVERY = list(addresses(get_resolver("interwoven.config.urls")))


def test_every_address_is_for_a_seat_or_open_for_a_reason():
    assert len(EVERY) > 30
    assert complaints(named(EVERY, "nobody"), OPEN_TO_ALL) == []
    assert complaints(named(EVERY, "account"), SIGNED_IN_WITHOUT_A_SEAT) == []


def test_what_is_open_to_all_is_not_also_for_a_seat():
    open_ones = [one for one in EVERY if needs(one.callback) == "nobody"]

    assert [one.name for one in open_ones if hasattr(one.callback, "needs_seat")] == []


def test_every_address_has_a_name_and_none_names_a_person_or_a_couple():
    for one in EVERY:
        assert one.name, one.pattern
        assert (
            not {"couple", "couple_id", "person", "person_id"} & one.pattern.regex.groupindex.keys()
        )


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


PLANTED = [
    path("a/", view, name="forgotten"),
    path("b/", login_required(view), name="signed_in_only"),
    path("c/", login_not_required(lambda request: view(request)), name="open"),
    path("d/", seated(view), name="seated"),
    path("e/", seated_pair(view), name="for_two"),
]


def test_an_address_that_asks_for_no_seat_is_found():
    assert named(PLANTED, "account") == ["forgotten", "signed_in_only"]
    assert named(PLANTED, "nobody") == ["open"]
    assert named(PLANTED, "person") == ["seated"]
    assert named(PLANTED, "pair") == ["for_two"]


def test_addresses_inside_addresses_are_found():
    inside = URLResolver(path("x/", view).pattern, [*PLANTED, path("y/", view, name="deep")])

    assert [one.name for one in addresses(inside)][-1] == "deep"
