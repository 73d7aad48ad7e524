"""What one person does in private reaches nobody else: not one byte, header, letter or statement.

What is compared, what is released on purpose and what is not covered stands in `harness.py` and
`released.py`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from tests.apps.couples.people import PASSWORD
from tests.privacy import leaks, pages, private, shared
from tests.privacy.addresses import every_address
from tests.privacy.chance import chance
from tests.privacy.harness import Leak, Seen, compare, observing
from tests.privacy.histories import COUPLE, SCENES, STILL, history, same_in_all_worlds
from tests.privacy.world import Stage, address_of

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

WORLDS = 4  # of each history: one in which nothing is done in private, and three others
LAST_OF_ALL: dict[str, dict[str, object]] = {
    "/me/leave/": {}, "/me/erase/": {"password": PASSWORD},
}  # fmt: skip
HISTORIES = {"couple": 28, "invited": 10, "inviter": 10, "outside": 8}  # 224, played in WORLDS


def play_all(stage: Stage, scene: str) -> list[Seen]:
    seen = []
    for seed in range(HISTORIES[scene]):
        seen += same_in_all_worlds(stage, SCENES[scene], seed, WORLDS)
    return seen


@pytest.mark.parametrize("name", SCENES)
def test_whatever_one_does_in_private_the_other_gets_the_same(stage, name):
    seen = play_all(stage, name)

    opened = [one.value[0].answered() for one in seen if one.where.startswith("released")]
    if name == "couple":
        assert any(opened)
        assert not all(opened)


def test_other_addresses_give_the_same_too(stage):
    """Those made for forms only, and those open to anyone, asked for by one of the two."""
    every = (*pages.FORMS_ONLY, *pages.OPEN_TO_ANYONE, *pages.ROUND_FORMS_ONLY, *pages.LAST)
    for seed in range(4):
        scene = replace(COUPLE, pages=every, looks=pages.none)
        same_in_all_worlds(stage, scene, seed, worlds=2)


@pytest.mark.parametrize("name", leaks.EVERY)
def test_a_planted_leak_is_caught_in_its_channel(stage, monkeypatch, settings, name):
    scene, channel, plant = leaks.EVERY[name]
    plant(monkeypatch, settings)

    with pytest.raises(Leak) as found:
        play_all(stage, scene)

    assert found.value.channel == channel


def test_every_address_is_looked_at():
    """A new page is added to `pages.py`, a page that is gone is taken out."""
    plain = [address for address in every_address() if address.plain]
    seated = {address.path for address in plain if not address.open}
    anyones = {address.path for address in plain if address.open}

    assert seated == {*pages.SEATED, *pages.FORMS_ONLY}
    assert anyones == {*pages.OPEN_TO_ANYONE, *pages.ROUND_FORMS_ONLY, *pages.LAST}


def test_every_form_of_the_two_is_sent_by_bo_somewhere(stage):
    sent = set()
    for step in shared.EVERYTHING:
        for seed in range(2):
            scene = replace(
                COUPLE, shared=(step,), first=None, pages=("/today/",), looks=pages.none
            )
            seen = history(stage, scene, seed, STILL)
            sent |= {one.where.removeprefix("POST ") for one in seen if "POST" in one.where}

    with stage.world() as world:
        takes_forms = {
            address.path
            for address in every_address()
            if address.seated and address.plain
            if world.ask("Bo", "post", address.path).status_code != 405
        }
    assert takes_forms <= sent | set(LAST_OF_ALL)


@pytest.mark.parametrize("seed", range(6))
def test_whoever_leaves_and_is_erased_gets_the_same_whatever_the_other_did(stage, seed):
    """The last forms of all, after which there are no two any more."""
    first, *others = (_leaving_of_bo(stage, seed, which) for which in range(WORLDS))

    for other in others:
        compare(first, other)


def _leaving_of_bo(stage: Stage, seed: int, which: int) -> list[Seen]:
    with stage.world() as world, observing(world, "Bo") as bo:
        own = Random(f"{seed} {which}")
        for number, step in enumerate(own.choices(private.EVERYTHING, k=4 if which else 0)):
            chance.begin(seed, which, number)
            step(world, own)
            bo.collect()
        for number, (path, sent) in enumerate(LAST_OF_ALL.items()):
            chance.begin(seed, number, path)
            bo.ask(path, sent)
            for page in ("/me/left/", "/today/", "/weeks/", "/map/", "/me/"):
                chance.begin(seed, number, page)
                bo.ask(page)
        return bo.seen


def test_having_been_in_the_room_alone_costs_no_other_statement(stage):
    """She came in while he was out, and left again, or her quarter of an hour went by."""
    asked = []
    for leaves, minutes in ((None, 1), (True, 1), (False, 20)):
        with stage.world() as world, observing(world, "Bo") as bo:
            if leaves is not None:
                world.post("Ana", "/together/come-in/")
            if leaves:
                world.post("Ana", "/together/leave/")
            world.at(world.now + timedelta(minutes=minutes))
            bo.ask("/together/here-too/", {"password": PASSWORD})
            asked.append(bo.seen[0].statements)

    assert asked == [asked[0]] * 3


@pytest.mark.parametrize("who", ["Bo", "Nobody"])
def test_how_often_she_asked_for_a_new_password_shows_in_nobody_elses_answer(stage, who):
    """The other of the two may type her address as well."""
    answers = []
    for times in range(4):
        with stage.world() as world:
            world.post(who, "/sign-out/")
            for _ in range(times):
                world.browsers["Ana"].cookies.clear()
                world.post("Ana", "/password/forgotten/", {"email": address_of("Ana")})
            sent = {"email": address_of("Ana")}
            tries = [world.ask(who, "post", "/password/forgotten/", sent) for _ in range(3)]
            answers.append([(one.status_code, one.headers.get("Location")) for one in tries])

    assert answers == [answers[0]] * 4
