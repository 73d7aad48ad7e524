"""Thirty days after: whoever was left sees what they would see of a partner who stopped coming by.

The worlds differ in what Ana does on the first day: nothing more; or she leaves, after writing a
week that was to open, and may erase herself or become two with somebody else. From then on only Bo
does anything. All he gets must be the same, as in `harness.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest

from interwoven.apps.couples import actions as couples
from interwoven.apps.couples.queries import invite_page
from interwoven.apps.couples.seats import seat_of
from tests.apps.couples.people import PASSWORD
from tests.privacy import filling, pages
from tests.privacy.chance import chance
from tests.privacy.harness import Leak, Observer, Seen, compare, observing
from tests.privacy.world import Stage, World, opening_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])
DAYS = 30
SEEDS = range(4)


def stays_away(world: World) -> None:
    """The world that all others are held against."""


def leaves(world: World) -> None:
    assert world.ask("Ana", "post", "/me/leave/").headers["Location"] == "/me/left/"


def leaves_a_week_that_was_to_open(world: World) -> None:
    world.post("Ana", "/check-in/", filling.answers(world, "Ana", Random(1)))
    world.post("Ana", "/check-in/choose/", {"do": "open"})
    world.post("Ana", "/one-thing/look-back/", {"outcome": "done", "revision": "99"})
    leaves(world)
    world.post("Ana", "/check-in/", filling.answers(world, "Ana", Random(2)))


def erases_herself(world: World) -> None:
    leaves(world)
    world.post("Ana", "/me/erase/", {"password": PASSWORD})
    assert (
        not world.people["ana@example.org"].__class__.objects.get(pk=world.person("Ana")).is_active
    )


def erases_herself_at_once(world: World) -> None:
    world.post("Ana", "/me/erase/", {"password": PASSWORD})


def leaves_and_is_two_with_somebody_else(world: World) -> None:
    leaves(world)
    ivy, ana = (seat_of(world.people[f"{name}@example.org"]) for name in ("ivy", "ana"))
    couples.invite(by=ivy, now=world.now)
    letter = invite_page(seat=ivy, now=world.now).letter
    couples.answer(by=ana, token=letter.token, code=letter.code, now=world.now)
    couples.confirm(by=ivy, now=world.now)
    world.post("Ana", "/check-in/", filling.answers(world, "Ana", Random(3)))
    world.post("Ana", "/check-in/choose/", {"do": "open"})
    world.post("Ana", "/together/come-in/")


ENDINGS = (
    leaves,
    leaves_a_week_that_was_to_open,
    erases_herself,
    erases_herself_at_once,
    leaves_and_is_two_with_somebody_else,
)


def bos_deeds(world: World, rng: Random) -> list[tuple[str, filling.Fields]]:
    opening = opening_of(world, "Bo")
    return [
        ("/check-in/", filling.answers(world, "Bo", rng)),
        ("/check-in/choose/", {"do": rng.choice(["open", "keep"])}),
        ("/check-in/parts/", {"part": filling.chosen_parts(rng)}),
        ("/together/come-in/", {}),
        ("/together/here-too/", {"password": "not her password at all"}),
        ("/together/open/", {}),
        ("/together/leave/", {}),
        ("/settle/", filling.evening(rng)),
        ("/settle/drop/", {}),
        (f"/map/{opening}/answer/", {"part": "emotional", "words": filling.words(rng)}),
        (f"/map/{opening}/answer/", {"part": "emotional", "reply": "none"}),
        ("/one-thing/", {"strand": "physical"}),
        ("/one-thing/say/", {"works": filling.words(rng), "wish": "A walk", "revision": "99"}),
        ("/one-thing/propose/", filling.act(world, rng)),
        ("/one-thing/look-back/", filling.look_back(rng)),
        ("/one-thing/put-away/", {"revision": "99"}),
        ("/one-thing/take-up/", {"revision": "99"}),
        ("/me/", {"name": rng.choice(["Bo", "Bo Two"]), "pronouns": "they"}),
        ("/me/take-along/", {"password": PASSWORD, "as": "json"}),
    ]


def thirty_days(stage: Stage, ending: Callable[[World], None], seed: int) -> list[Seen]:
    with stage.world() as world, observing(world, "Bo") as bo:
        chance.begin(seed, "the ending")
        ending(world)
        bo.collect()
        bo.seen.clear()  # what he saw before is not the question; frames are, from here on
        rng = Random(seed)
        for day in range(DAYS):
            chance.begin(seed, day, "the clock")
            world.later(timedelta(days=1))
            bo.collect()
            _a_day_of_bos(world, bo, rng, f"{seed} {day}")
        for number, path in enumerate(pages.SEATED):
            chance.begin(seed, "the end", number)
            bo.ask(path)
        return bo.seen


def _a_day_of_bos(world: World, bo: Observer, rng: Random, at: str) -> None:
    for number, (path, sent) in enumerate(rng.sample(bos_deeds(world, rng), k=2)):
        chance.begin(at, number, path)
        bo.ask(path, sent, called=path.split("/")[1])
    for path in rng.sample(pages.SEATED, k=2):
        chance.begin(at, path)
        bo.ask(path)


@pytest.fixture(scope="module")
def stayed(stage) -> dict[int, list[Seen]]:
    return {seed: thirty_days(stage, stays_away, seed) for seed in SEEDS}


@pytest.mark.parametrize("ending", ENDINGS, ids=lambda ending: ending.__name__)
@pytest.mark.parametrize("seed", SEEDS)
def test_for_thirty_days_leaving_looks_like_staying_away(stage, stayed, ending, seed):
    compare(stayed[seed], thirty_days(stage, ending, seed))


def test_something_is_compared(stayed):
    statuses = {seen.status for seen in stayed[0]}

    assert {200, 303} <= statuses
    assert len(stayed[0]) > DAYS * 4


def test_the_same_comparison_sees_a_banner(stage, stayed, monkeypatch):
    """A leak that is planted: Bo's pages say that she is gone."""
    from interwoven.apps.couples import queries

    true_us = queries.us

    def telling(*, seat):
        us = true_us(seat=seat)
        gone = not queries.partner_of(seat=seat).paired
        if gone:
            object.__setattr__(us.partner, "name", f"{us.partner.name} (gone)")
        return us

    monkeypatch.setattr(queries, "us", telling)
    with pytest.raises(Leak):
        compare(stayed[0], thirty_days(stage, leaves, 0))
