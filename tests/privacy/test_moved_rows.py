"""Whoever can write to the database moves a row to somebody else: they get an error, never words.

Whose a row is stands in a plain column, so that it can be found. It is bound into the sealed value
too: a row whose owner was changed with SQL does not open, for the new owner or for the old one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.test import Client

from interwoven.apps.accounts.models import PrivateLock, Profile
from interwoven.apps.agreements.models import Agreement, LookBack
from interwoven.apps.checkins.models import CheckIn, Opening, Response
from interwoven.apps.couples.models import Couple, Invitation, Membership, Parting
from interwoven.infra.crypto import keys
from interwoven.infra.crypto.rows import SealedRow
from interwoven.infra.models import FormDraft
from tests.privacy import filling
from tests.privacy.world import Stage, World, opening_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
WORDS = "Zqwords"  # begins every text of Ana's
TELLING = re.compile(rf"{WORDS}|\b(?:Ana|Bo|Eli)\b")


@dataclass(frozen=True)
class Move:
    """Whose row becomes whose, and on which pages it would then show."""

    model: type[SealedRow]
    column: str
    to: Callable[[World], UUID]
    reader: str
    pages: tuple[str, ...]


def person(name: str) -> Callable[[World], UUID]:
    return lambda world: world.person(name)


def table_of(name: str) -> Callable[[World], UUID]:
    return lambda world: world.seat(name).table


OF_A_PERSON = (Profile, PrivateLock, Membership)
OF_TWO = ("/today/", "/map/", "/weeks/", "/me/")
MOVES = {
    "a week, to the partner": Move(CheckIn, "author_id", person("Bo"), "Bo", ("/weeks/now/",)),
    "a week, to somebody alone": Move(CheckIn, "author_id", person("Ivy"), "Ivy", ("/weeks/now/",)),
    "a half-done form": Move(FormDraft, "author", person("Bo"), "Bo", ("/me/",)),
    "a look back": Move(LookBack, "author_id", person("Bo"), "Bo", ("/one-thing/",)),
    "a profile": Move(Profile, "person_id", person("Ivy"), "Ivy", ("/me/", "/today/")),
    "a private lock": Move(
        PrivateLock, "person_id", person("Bo"), "Bo", ("/weeks/now/", "/me/lock/")
    ),
    "what opened": Move(Opening, "couple_id", table_of("Dee"), "Dee", ("/map/", "/today/")),
    "an answer to it": Move(Response, "couple_id", table_of("Dee"), "Dee", ("/map/",)),
    "one thing to do": Move(Agreement, "couple_id", table_of("Dee"), "Dee", ("/one-thing/",)),
    "a parting": Move(Parting, "person_id", person("Ivy"), "Ivy", ("/weeks/",)),
    "an invitation": Move(Invitation, "inviter_id", person("Jo"), "Jo", ("/invite/",)),
    "a place, to another couple": Move(Membership, "couple_id", table_of("Dee"), "Ana", OF_TWO),
    "a place, to another person": Move(Membership, "person_id", person("Ivy"), "Ivy", OF_TWO),
}


@pytest.fixture
def world(stage: Stage) -> Iterator[World]:
    with stage.world() as made:
        write_everywhere(made)
        yield made


def write_everywhere(world: World) -> None:
    """One row of each kind, with words of Ana's (or Ivy's, who has no partner) in it."""
    step = {"step": f"{WORDS}step", "week": filling.week_of(world, "Ana"), "revision": "0"}
    world.post("Ana", "/check-in/", step)
    world.post("Ana", "/me/", {"name": "", "pronouns": f"{WORDS}draft"})
    world.post("Ana", "/one-thing/look-back/", {"outcome": "partly", "revision": "99"})
    opening = Opening.objects.for_seat(world.seat("Ana")).latest("week").pk
    said = {"part": "emotional", "words": f"{WORDS}answer"}
    world.post("Ana", f"/map/{opening}/answer/", said)
    world.post("Eli", "/me/leave/")


def row_of(world: World, move: Move) -> SealedRow:
    """The row that is moved: Ana's latest, or her couple's."""
    if move.model is Parting:
        return Parting.objects.get(person_id=world.person("Eli"))
    if move.model is Invitation:
        return Invitation.objects.get(inviter_id=world.person("Ivy"))
    if move.model in (Opening, Agreement):
        return move.model.objects.for_seat(world.seat("Ana")).get()
    owner = "person_id" if move.model in OF_A_PERSON else "author_id"
    owner = "author" if move.model is FormDraft else owner
    rows = move.model.objects.filter(**{owner: world.person("Ana")})
    return rows.latest("week") if move.model is CheckIn else rows.first()


def moved(world: World, move: Move) -> None:
    """Take away what the new owner has in that place, and put this row there."""
    row, to = row_of(world, move), move.to(world)
    new = {move.column: to}
    if move.model is Membership:
        Membership.objects.filter(**new, place=row.place).delete()
    else:
        move.model.objects.filter(**new).delete()
    if move.model is Response:
        new["opening_id"] = opening_of(world, "Dee")
    move.model.objects.filter(pk=row.pk).update(**new)
    keys.forget()


def pages_of(world: World, move: Move) -> Iterator[tuple[int, str]]:
    """What the one who gained by it gets, the error pages included."""
    browser = Client(raise_request_exception=False)
    for name, value in world.browsers[move.reader].kept.items():
        browser.cookies[name] = value
    for path in move.pages:
        answer = browser.get(path)
        yield answer.status_code, answer.content.decode()


@pytest.mark.parametrize("name", MOVES)
def test_a_row_moved_to_somebody_else_opens_for_nobody(world, name):
    move = MOVES[name]
    moved(world, move)
    statuses, texts = zip(*pages_of(world, move), strict=True)

    assert set(statuses) <= {404, 503}
    assert not any(TELLING.search(text) for text in texts)


def test_every_kind_of_sealed_row_is_moved():
    kinds = {kind for kind in SealedRow.__subclasses__() if not kind._meta.abstract}

    assert kinds - {Couple} == {move.model for move in MOVES.values()}  # a couple is its own owner
