"""Every address asks for a seat, or is open to anyone for a reason that is written here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.urls.resolvers import RoutePattern

from interwoven.apps.couples.seats import seated, seated_pair
from tests.rules.tree import complaints

TRY = "one round on one phone, before any account: what is picked is in a sealed cookie"
DOOR = "a sign-in page by allauth: whoever asks has not signed in yet"
LINK = "for whoever holds an invitation, before they have an account"
HELP = "needs no account and no database, so that it is there for anyone at any time"

OPEN_TO_ALL = {
    "front": "the first page, and for a signed-in person the way to today",
    "healthz": "asked by a machine whether this copy is up: says nothing else",
    "rounds:start": TRY,
    "rounds:cover": TRY,
    "rounds:second": TRY,
    "rounds:look": TRY,
    "rounds:reply": TRY,
    "rounds:agreed": TRY,
    "rounds:alone": TRY,
    "rounds:question": TRY,
    "rounds:other": TRY,
    "rounds:again": TRY,
    "rounds:let_go": TRY,
    "account_signup": DOOR,
    "account_login": DOOR,
    "mfa_authenticate": "the second question of the door: whoever asks has not signed in yet",
    "guarding:passkey_door": DOOR,
    "account_logout": "signing out twice is signing out once",
    "account_reset_password": DOOR,
    "account_reset_password_done": DOOR,
    "account_reset_password_from_key": DOOR,
    "account_reset_password_from_key_done": DOOR,
    "couples:arrive": LINK,
    "couples:invitation": LINK,
    "couples:not_for_me": LINK,
    "safety:help": HELP,
    "safety:worker": HELP,
    "safety:exit": HELP,
    "safety:about_exit": HELP,
    "safety:privacy": HELP,
    "safety:traces": HELP,
    "safety:keeper": HELP,
    "safety:taken": HELP,
}
SIGNED_IN_WITHOUT_A_SEAT = {
    "account_change_password": "allauth's page, about the account and nothing that anyone wrote",
    "another_address": "of the account, beside the password: nothing that anyone wrote",
}


def addresses(found: URLResolver, within: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address under its whole name: `rounds:start` is not excused for `agreements:start`."""
    for pattern in found.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{within}{pattern.namespace}:" if pattern.namespace else within
            yield from addresses(pattern, inside)
        else:
            yield f"{within}{pattern.name or pattern.pattern}", pattern


def needs(view: Callable[..., Any]) -> str:
    """Who may ask: `person`, `pair`, `account` for anyone signed in, `nobody` for anyone at all."""
    if not getattr(view, "login_required", True):
        return "nobody"
    return str(getattr(view, "needs_seat", "account"))


def named(found: list[tuple[str, URLPattern]], who: str) -> list[str]:
    return [name for name, one in found if needs(one.callback) == who]


EVERY = list(addresses(get_resolver("interwoven.config.urls")))


def test_every_address_is_for_a_seat_or_open_for_a_reason():
    assert len(EVERY) > 30
    assert complaints(named(EVERY, "nobody"), OPEN_TO_ALL) == []
    assert complaints(named(EVERY, "account"), SIGNED_IN_WITHOUT_A_SEAT) == []


def test_what_is_open_to_all_is_not_also_for_a_seat():
    open_ones = [(name, one) for name, one in EVERY if needs(one.callback) == "nobody"]

    assert [name for name, one in open_ones if hasattr(one.callback, "needs_seat")] == []


def test_every_address_has_a_name_of_its_own_and_none_names_a_person_or_a_couple():
    assert len({name for name, _ in EVERY}) == len(EVERY)
    for name, one in EVERY:
        assert one.name, name
        told = one.pattern.regex.groupindex.keys()
        assert not {"couple", "couple_id", "person", "person_id"} & told, name


def view(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


PAGES = [
    path("a/", view, name="forgotten"),
    path("b/", login_required(view), name="signed_in_only"),
    path("c/", login_not_required(lambda request: view(request)), name="open"),
    path("d/", seated(view), name="seated"),
    path("e/", seated_pair(view), name="for_two"),
]


def resolver(*patterns: URLPattern | URLResolver, namespace: str = "") -> URLResolver:
    return URLResolver(RoutePattern(""), list(patterns), namespace=namespace)


def test_an_address_that_asks_for_no_seat_is_found():
    planted = list(addresses(resolver(*PAGES)))

    assert named(planted, "account") == ["forgotten", "signed_in_only"]
    assert named(planted, "nobody") == ["open"]
    assert named(planted, "person") == ["seated"]
    assert named(planted, "pair") == ["for_two"]


def test_an_address_of_one_activity_is_not_excused_by_another_s():
    one, other = (resolver(PAGES[2], namespace=name) for name in ("rounds", "agreements"))
    found = named(list(addresses(resolver(one, other))), "nobody")

    assert found == ["rounds:open", "agreements:open"]
    assert complaints(found, {"rounds:open": TRY}) == ["agreements:open breaks the rule"]
