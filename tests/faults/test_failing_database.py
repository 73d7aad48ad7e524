"""The database fails at one statement, and at each in turn: what was asked happens whole, or not.

The same deed is done in a world without a fault, with the same chance, so that its outcome is known
to the byte. After a fault the data must be as before, or as after; whoever did it is told the truth
about which; what the partner sees is one of the same two; and trying again does what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass, field
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import OperationalError, connections, transaction
from django.test import Client

from interwoven.apps.couples.models import Couple, Invitation
from interwoven.apps.leaving import erasing
from interwoven.infra.crypto import keys
from interwoven.infra.models import Session
from tests.apps.couples.people import PASSWORD
from tests.privacy.chance import chance
from tests.privacy.world import WEEK, Stage, World, committed, opening_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
TURNS = re.compile(r"SAVEPOINT|RELEASE|ROLLBACK")  # stand for BEGIN and COMMIT in a test
MOST = 60  # more statements than any deed has
State = dict[str, list[tuple[object, ...]]]
Sent = dict[str, object]


@dataclass(frozen=True)
class Deed:
    who: str
    path: str
    sent: Callable[[World], Sent] = field(default=lambda world: {})
    before: Callable[[World], None] = field(default=lambda world: None)


def both_answer(world: World) -> None:
    for name in ("Ana", "Bo"):
        world.post(name, "/check-in/", WEEK)
        world.post(name, "/check-in/choose/", {"do": "open"})


def both_come_in(world: World) -> None:
    both_answer(world)
    for name in ("Ana", "Bo"):
        world.post(name, "/together/come-in/")


def jo_answers(world: World) -> None:
    world.post("Jo", "/invitation/answer/", {"code": world.code})


def bo_proposes(world: World) -> None:
    world.post("Bo", "/settle/", {"day": "4", "time": "20:00", "zone": "UTC", "strand": "all"})


def something_is_proposed(world: World) -> None:
    world.post("Ana", "/one-thing/put-away/", {"revision": "99"})
    world.post("Ana", "/one-thing/", {"strand": "emotional"})
    act = {"what": "Soup", "whose": "both", "minutes": "30", "revision": "99"}
    world.post("Bo", "/one-thing/propose/", act | {"day": world.now.date().isoformat()})


def number(world: World) -> Sent:
    return {"revision": str(Couple.objects.get(pk=world.seat("Ana").couple).revision)}


def the_invitation(world: World) -> Sent:
    return {"invitation": str(Invitation.objects.get(inviter=world.person("Ivy")).pk)}


DEEDS = {
    "keeping a week": Deed("Ana", "/check-in/", lambda world: dict(WEEK)),
    "choosing": Deed(
        "Ana", "/check-in/choose/", lambda world: {"do": "open"},
        before=lambda world: world.post("Ana", "/check-in/", WEEK),
    ),
    "opening together": Deed("Ana", "/together/open/", before=both_come_in),
    "agreeing to an evening": Deed("Ana", "/settle/agree/", number, before=bo_proposes),
    "agreeing to an act": Deed(
        "Ana", "/one-thing/agree/", lambda world: {"revision": "99"}, before=something_is_proposed
    ),
    "looking back, the second": Deed(
        "Ana", "/one-thing/look-back/", lambda world: {"outcome": "done", "revision": "99"},
        before=lambda world: world.post(
            "Bo", "/one-thing/look-back/", {"outcome": "partly", "revision": "99"}
        ),
    ),
    "confirming": Deed("Ivy", "/invite/confirm/", the_invitation, before=jo_answers),
    "leaving": Deed("Ana", "/me/leave/", before=both_answer),
}  # fmt: skip


def state() -> State:
    """Every row of the data. What lies in the keyring besides is harmless: an orphan key."""
    found = {}
    for model in apps.get_models():
        rows = model._default_manager.using("default")
        if model._meta.app_label != "keyring" and model is not Session:  # a day of use is no deed
            found[model._meta.label] = sorted(map(_plain, rows.values_list()), key=repr)
    return found


def sizes(found: State) -> dict[str, int]:
    """At a second try ids are drawn anew, because a key may be there already."""
    return {label: len(rows) for label, rows in found.items()}


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)


class Fault:
    """Fails at one statement, counted in both databases together."""

    def __init__(self, at: int) -> None:
        self.at, self.count = at, 0

    def __call__(self, execute, sql, params, many, context):
        self.count += not TURNS.match(sql)
        if self.count == self.at and not TURNS.match(sql):
            raise OperationalError("disk I/O error")
        return execute(sql, params, many, context)


@contextmanager
def failing(at: int) -> Iterator[Fault]:
    fault = Fault(at)
    with ExitStack() as stack:
        for connection in connections.all():
            stack.enter_context(connection.execute_wrapper(fault))
        yield fault


def done(world: World, deed: Deed, at: int = 0) -> tuple[int, int]:
    """Do it, failing at one statement; the status, and how many statements there were."""
    sent = deed.sent(world)
    keys.forget()
    chance.begin("the deed")
    with failing(at) as fault, committed():
        status = _browser(world, deed.who).post(deed.path, sent).status_code
    for alias in connections:  # the test's own transaction, in which all this happens, goes on
        transaction.set_rollback(False, using=alias)
    return status, fault.count


def _browser(world: World, name: str) -> Client:
    browser = Client(raise_request_exception=False)
    for cookie, value in world.browsers[name].kept.items():
        browser.cookies[cookie] = value
    return browser


@pytest.mark.parametrize("name", DEEDS)
def test_whatever_fails_it_happens_whole_or_not_at_all(stage: Stage, name):
    deed = DEEDS[name]
    before, after, count = _without_a_fault(stage, deed)
    assert before != after
    assert 5 < count < MOST
    outcomes = [_with_a_fault(stage, deed, at, before, after) for at in range(1, count + 1)]

    assert outcomes.count("not") > 3  # most of the faults come before the commit


def _without_a_fault(stage: Stage, deed: Deed) -> tuple[State, State, int]:
    with stage.world() as world:
        chance.begin("before")
        deed.before(world)
        before = state()
        status, count = done(world, deed)
        assert status == 303
        return before, state(), count


def _with_a_fault(stage: Stage, deed: Deed, at: int, before: State, after: State) -> str:
    with stage.world() as world:
        chance.begin("before")
        deed.before(world)
        assert state() == before
        status, _ = done(world, deed, at)
        found = state()
        assert found in (before, after), f"half of it after a fault at statement {at}"
        if status == 303:
            assert found == after, f"said to be done after a fault at {at}, and is not"
        else:
            assert status == 503, (at, status)
        if found == before:
            assert done(world, deed)[0] == 303
            assert sizes(state()) == sizes(after), f"not as asked, at the second try after {at}"
        return "whole" if found == after else "not"


@pytest.mark.parametrize("at", range(1, 40))
def test_an_erasure_is_whole_or_goes_on_or_never_began(stage: Stage, at, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    deed = Deed("Ana", "/me/erase/", lambda world: {"password": PASSWORD})
    with stage.world() as world:
        before = state()
        done(world, deed, at)
        noted = (tmp_path / "erased").exists()
        erasing.replay(world.now)

        gone = (
            not world.people["ana@example.org"]
            .__class__.objects.get(pk=world.person("Ana"))
            .is_active
        )
        assert gone is noted
        assert noted or state() == before
        assert keys.exist(world.person("Ana")) is not gone
        assert world.ask("Bo", "get", f"/map/{opening_of(world, 'Bo')}/").status_code == 200


def test_the_same_test_sees_what_is_half_done(stage: Stage, monkeypatch):
    """A fault that is planted: actions without a transaction."""
    deed = DEEDS["leaving"]
    before, after, count = _without_a_fault(stage, deed)
    without = SimpleNamespace(atomic=nullcontext)
    monkeypatch.setattr("interwoven.infra.actions.transaction", without)
    half = [at for at in range(1, count + 1) if _is_half_done(stage, deed, at, before, after)]

    assert half


def _is_half_done(stage: Stage, deed: Deed, at: int, before: State, after: State) -> bool:
    try:
        _with_a_fault(stage, deed, at, before, after)
    except AssertionError as wrong:
        return "half of it" in str(wrong)
    return False
