"""Data changes through actions alone, and pages ask through queries that know whose eyes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from inspect import Parameter
from types import ModuleType
from uuid import UUID

from interwoven.core.people import Seat
from interwoven.infra.actions import action
from interwoven.infra.models import AuditEntry
from tests.rules.tree import complaints, modules

NOT_ACTIONS: dict[str, str] = {}
WITHOUT_A_SEAT = {
    "accounts.queries.consents_of": "takes the seats of both, inside an action that opens for both",
    "couples.queries.evening_of": "takes what a query already gave to this seat; asks nothing",
}


def public(module: ModuleType) -> Iterator[tuple[str, Callable[..., object]]]:
    """The functions written in this module for others, each under a short name."""
    short = module.__name__.removeprefix("interwoven.").removeprefix("apps.")
    for name, found in vars(module).items():
        theirs = inspect.isfunction(found) and found.__module__ == module.__name__
        if theirs and not name.startswith("_"):
            yield f"{short}.{name}", found


def event_of(function: Callable[..., object]) -> str:
    return str(function.__dict__.get("audit_event", ""))


def takes_seat(function: Callable[..., object]) -> bool:
    seat = inspect.signature(function).parameters.get("seat")
    return seat is not None and seat.kind is Parameter.KEYWORD_ONLY


ACTIONS = [pair for module in modules("actions") for pair in public(module)]
QUERIES = [pair for module in modules("queries") for pair in public(module)]


def test_every_public_function_of_an_actions_module_is_an_action():
    assert len(ACTIONS) > 10
    assert complaints((n for n, one in ACTIONS if not event_of(one)), NOT_ACTIONS) == []


def test_every_query_is_asked_by_a_seat():
    assert len(QUERIES) > 5
    assert complaints((n for n, one in QUERIES if not takes_seat(one)), WITHOUT_A_SEAT) == []


def test_an_event_says_what_was_done_and_fits_its_column():
    longest = AuditEntry._meta.get_field("event").max_length

    for name, one in ACTIONS:
        thing, dot, done = event_of(one).partition(".")
        assert thing, name
        assert dot, name
        assert done.replace("_", "").isalpha(), name
        assert len(event_of(one)) <= longest, name


def test_a_form_is_named_by_a_number_that_may_be_left_out():
    for name, one in ACTIONS:
        sent = inspect.signature(one, eval_str=True).parameters.get("submission_id")
        assert sent is None or (sent.default is None and sent.annotation == UUID | None), name


def planted(**functions: Callable[..., object]) -> ModuleType:
    module = ModuleType("interwoven.apps.planted.actions")
    for name, function in functions.items():
        function.__module__ = module.__name__
        setattr(module, name, function)
    return module


def test_a_function_that_changes_things_past_the_doorway_is_found():
    def change(*, by: Seat) -> None: ...

    @action("note.kept")
    def keep(*, by: Seat, now: object) -> None: ...

    found = list(public(planted(change=change, keep=keep, _own=lambda: None)))

    assert [name for name, one in found if not event_of(one)] == ["planted.actions.change"]


def test_a_query_that_does_not_ask_whose_eyes_is_found():
    def everybody(*, now: object) -> None: ...
    def by_position(seat: Seat) -> None: ...
    def mine(*, seat: Seat) -> None: ...

    assert [takes_seat(one) for one in (everybody, by_position, mine)] == [False, False, True]
