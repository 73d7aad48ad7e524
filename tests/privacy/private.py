"""What Ana does in private: everything that may not change one byte that Bo is sent.

What she does here differs from world to world. Ivy and Jo, who have no partner yet, do those of
these things that somebody alone can do.

Three things look private and are not, once Bo has done his part: coming into the room while he is
in it, or going out of it by signing out; looking back after he has; and giving back what opens.
Those are left to `released.py`, which sees to it that all worlds agree on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from django.core import mail

from tests.apps.couples.people import PASSWORD
from tests.privacy import filling, signing
from tests.privacy.released import both_looked_back_if_she_does, in_room
from tests.privacy.world import World, address_of, opening_of

Step = Callable[[World, Random], None]

LOCK = "73 91"
LINK = re.compile(r"/password/new/\S+")
READ = (
    "/today/", "/check-in/", "/check-in/choose/", "/check-in/parts/", "/map/", "/weeks/",
    "/weeks/now/", "/together/", "/together/nothing/", "/settle/", "/me/", "/one-thing/",
    "/one-thing/earlier/", "/help/", "/privacy/", "/traces/", "/keeper/", "/exit/about/",
    "/me/take-along/", "/me/bring-back/", "/me/what-they-see/", "/me/shared/",
    "/me/lock/", "/me/unlock/", "/me/sign-in/", "/me/sign-in/recovery/",
)  # fmt: skip
HALF_DONE: tuple[tuple[str, filling.Fields], ...] = (
    ("/one-thing/say/", {"works": "x" * 501, "revision": "99"}),
    ("/one-thing/propose/", {"what": "Half of it", "revision": "99"}),
    ("/one-thing/move/", {"day": "2026-02-30", "revision": "99"}),
    ("/one-thing/", {"strand": "none of the four"}),
    ("/settle/", {"day": "9", "time": "25:00", "zone": "Nowhere"}),
    ("/me/", {"name": "", "pronouns": "half of them"}),
    ("/me/erase/", {"password": "not this one"}),
    ("/me/address/", {"email": "no address", "password": "not this one"}),
)


def answers_the_week(world: World, rng: Random) -> None:
    world.post(world.who, "/check-in/", filling.answers(world, world.who, rng))


def answers_it_wrongly(world: World, rng: Random) -> None:
    world.post(world.who, "/check-in/", filling.wrong_answers(world, world.who, rng))


def types_and_it_is_kept(world: World, rng: Random) -> None:
    some = rng.choice([filling.answers, filling.wrong_answers])
    world.post(world.who, "/check-in/keep/", some(world, world.who, rng))


def types_in_two_windows(world: World, rng: Random) -> None:
    world.post(world.who, "/check-in/keep/", filling.answers(world, world.who, rng))
    world.post(world.who, "/check-in/", filling.answers(world, world.who, rng) | {"revision": "0"})


def lets_the_draft_go(world: World, rng: Random) -> None:
    world.post(world.who, "/check-in/as-kept/")


def chooses(world: World, rng: Random) -> None:
    world.post(world.who, "/check-in/choose/", {"do": rng.choice(["open", "parts", "keep", "?"])})


def chooses_parts(world: World, rng: Random) -> None:
    world.post(world.who, "/check-in/parts/", {"part": filling.chosen_parts(rng)})


def keeps_it_all(world: World, rng: Random) -> None:
    world.post(world.who, "/check-in/choose/", {"do": "keep"})


def says_yes_to_beliefs_in_passing(world: World, rng: Random) -> None:
    world.post(world.who, "/check-in/beliefs/", filling.answers(world, world.who, rng))


def changes_a_consent(world: World, rng: Random) -> None:
    which = rng.choice(["/me/beliefs/", "/me/keeping/"])
    world.post(world.who, which, {"do": rng.choice(["give", "take_back"])})


def reads(world: World, rng: Random) -> None:
    for path in rng.sample(READ, 3):
        world.get(world.who, path)


def reads_the_map_of_a_week(world: World, rng: Random) -> None:
    world.get(world.who, f"/map/{opening_of(world, world.who)}/")


def comes_in_and_perhaps_leaves(world: World, rng: Random) -> None:
    if in_room(world, "Bo"):
        return
    world.post(world.who, "/together/come-in/")
    world.get(world.who, "/together/")
    if rng.random() < 0.3:
        world.post(world.who, "/together/leave/")


def tries_to_open_alone(world: World, rng: Random) -> None:
    if not in_room(world, "Bo"):
        world.post(world.who, "/together/open/")


def mistypes_the_others_password(world: World, rng: Random) -> None:
    world.post(world.who, "/together/here-too/", {"password": filling.words(rng)})


def looks_back(world: World, rng: Random) -> None:
    if not (world.she_waits or both_looked_back_if_she_does(world)):
        world.post(world.who, "/one-thing/look-back/", filling.look_back(rng))


def looks_back_halfway(world: World, rng: Random) -> None:
    world.post(world.who, "/one-thing/look-back/", {"understood": "11", "revision": "99"})


def leaves_a_form_half_done(world: World, rng: Random) -> None:
    path, sent = rng.choice(HALF_DONE)
    world.post(world.who, path, dict(sent))


def leaves_an_answer_half_done(world: World, rng: Random) -> None:
    path = f"/map/{opening_of(world, world.who)}/answer/"
    world.post(world.who, path, {"part": "emotional", "words": " "})


def goes_out_and_comes_back(world: World, rng: Random) -> None:
    if in_room(world, "Bo") and in_room(world, world.who):
        return
    if rng.random() < 0.5:
        world.post(world.who, "/sign-out/")
    else:
        world.get(world.who, "/exit/")
    if rng.random() < 0.5:
        world.post(
            world.who, "/sign-in/", {"login": address_of(world.who), "password": "not this one"}
        )
    world.sign_in(world.who)


def asks_for_a_new_password(world: World, rng: Random) -> None:
    world.post(world.who, "/password/forgotten/", {"email": address_of(world.who)})
    found = [
        LINK.search(letter.body) for letter in mail.outbox if address_of(world.who) in letter.to
    ]
    if found and found[-1] and rng.random() < 0.5:
        path = found[-1][0].rstrip(".")
        where = world.ask(world.who, "get", path).headers.get("Location", path)
        world.post(world.who, where, {"password1": PASSWORD})
        world.get(world.who, "/today/")
        world.sign_in(world.who)


def follows_the_link_of_another(world: World, rng: Random) -> None:
    world.post(world.who, rng.choice(["/invite/", "/invite/confirm/", "/invite/take-back/"]))
    world.get(world.who, f"/i/{world.link}/")
    world.post(world.who, "/invitation/no/")


def takes_it_along(world: World, rng: Random) -> None:
    typed = rng.choice([PASSWORD, "not this one"])
    world.post(
        world.who, "/me/take-along/", {"password": typed, "as": rng.choice(["page", "json"])}
    )


def brings_something_back(world: World, rng: Random) -> None:
    world.post(world.who, "/me/bring-back/", {"file": filling.file(rng)})


def signs_out_elsewhere(world: World, rng: Random) -> None:
    world.post(world.who, "/me/shared/end/", {"which": "nothing"})
    world.post(world.who, "/me/shared/end-others/")


def answers_blind(world: World, rng: Random) -> None:
    """As somebody does to whom what they kept is not shown."""
    path = rng.choice(["/check-in/", "/check-in/keep/"])
    world.post(world.who, path, filling.answers(world, world.who, rng) | {"blind": "1"})


def sets_a_lock(world: World, rng: Random) -> None:
    password = rng.choice([PASSWORD, PASSWORD, "not this one"])
    what = rng.choice(["set", "set", "take_off"])
    world.post(world.who, "/me/lock/", {"do": what, "lock": LOCK, "password": password})


def gives_the_lock(world: World, rng: Random) -> None:
    typed = rng.choice([LOCK, "not this one", ""])
    world.post(world.who, "/me/unlock/", {"lock": typed, "next": "/weeks/now/"})


def forgets_the_lock(world: World, rng: Random) -> None:
    world.post(world.who, "/me/unlock/forgotten/")


def plays_a_round(world: World, rng: Random) -> None:
    world.get(world.who, "/one-round/")
    world.post(world.who, "/one-round/other/", {"for": rng.choice(["one", ""])})
    world.get(world.who, "/one-round/alone/")


ALONE: tuple[Step, ...] = (
    answers_the_week, answers_it_wrongly, types_and_it_is_kept, types_in_two_windows,
    lets_the_draft_go, says_yes_to_beliefs_in_passing, changes_a_consent, reads,
    leaves_a_form_half_done, goes_out_and_comes_back, asks_for_a_new_password, plays_a_round,
    takes_it_along, brings_something_back, signs_out_elsewhere,
    *signing.ALL,
)  # fmt: skip
ALONE += (answers_blind, sets_a_lock, gives_the_lock, forgets_the_lock)
EVERYTHING: tuple[Step, ...] = (
    *ALONE, answers_the_week, chooses, chooses_parts, keeps_it_all, reads_the_map_of_a_week,
    comes_in_and_perhaps_leaves, comes_in_and_perhaps_leaves, tries_to_open_alone,
    mistypes_the_others_password, looks_back,
    looks_back_halfway, leaves_an_answer_half_done, follows_the_link_of_another,
)  # fmt: skip
