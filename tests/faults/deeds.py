"""What somebody does while something fails: where they do it, and what has happened before.

Done with the same chance each time, so that the outcome is known to the byte.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.apps import apps
from django.test import Client

from interwoven.apps.checkins import jobs
from interwoven.apps.couples.models import Couple, Invitation
from tests.apps.couples.people import PASSWORD
from tests.privacy.world import EVENING, NOW, WEEK, World

State = dict[str, list[tuple[object, ...]]]
Sent = dict[str, object]
NEXT_EVENING = EVENING + timedelta(days=7)


@dataclass(frozen=True)
class Deed:
    who: str
    path: str
    sent: Callable[[World], Sent] = field(default=lambda world: {})
    before: Callable[[World], None] = field(default=lambda world: None)
    at: datetime = NOW

    def done(self, world: World, sent: Sent) -> int:
        """Do it, and give the status of the answer."""
        return browser_of(world, self.who).post(self.path, sent).status_code


class Evening(Deed):
    """Nobody does it: the hour has come."""

    def done(self, world: World, sent: Sent) -> int:
        jobs.open_due_evenings(world.now)
        return 303


def browser_of(world: World, name: str) -> Client:
    """A browser that gets to see what went wrong instead of having it raised."""
    browser = Client(raise_request_exception=False)
    for cookie, value in world.browsers[name].kept.items():
        browser.cookies[cookie] = value
    return browser


def both_answer(world: World) -> None:
    for name in ("Ana", "Bo"):
        world.post(name, "/check-in/", WEEK)
        world.post(name, "/check-in/choose/", {"do": "open"})


def both_come_in(world: World) -> None:
    both_answer(world)
    for name in ("Ana", "Bo"):
        world.post(name, "/together/come-in/")


def both_answer_and_nobody_else_waits(world: World) -> None:
    both_answer(world)
    others = Couple.objects.exclude(pk=world.seat("Ana").couple)
    others.update(opens_at=NEXT_EVENING + timedelta(days=7))  # each couple's evening is its own


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
ERASING = Deed("Ana", "/me/erase/", lambda world: {"password": PASSWORD})
THE_EVENING = Evening("", "", before=both_answer_and_nobody_else_waits, at=NEXT_EVENING)


def state() -> State:
    """Every row of the data. What lies in the keyring besides is harmless: an orphan key."""
    every = everything()
    del every["infra.Session"]  # a day of use is no deed
    return {label: rows for label, rows in every.items() if not label.startswith("keyring.")}


def everything() -> State:
    """Every row of both databases."""
    found = {}
    for model in apps.get_models():
        alias = "keyring" if model._meta.app_label == "keyring" else "default"
        rows = model._default_manager.using(alias).values_list()
        found[model._meta.label] = sorted(map(_plain, rows), key=repr)
    return found


def sizes(found: State) -> dict[str, int]:
    """At a second try ids are drawn anew, because a key may be there already."""
    return {label: len(rows) for label, rows in found.items()}


def _plain(row: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(bytes(one) if isinstance(one, memoryview) else one for one in row)
