"""What Bo does, and what Ana does before his eyes. It is the same in every world of a history.

Each step takes two sources of chance: the one that all worlds share, and this world's own, from
which comes what Ana does beside it without showing it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Protocol

from interwoven.apps.couples.queries import us
from interwoven.core.agreement import Outcome
from tests.apps.couples.people import PASSWORD
from tests.privacy import filling
from tests.privacy.released import (
    agree_on_how_it_went,
    agree_on_what_opens,
    agree_on_who_is_in_the_room,
    both_looked_back_if_she_does,
    in_room,
)
from tests.privacy.signing import bo_guards_his_signing_in
from tests.privacy.world import World, address_of, opening_of


class Watched(Protocol):
    """A history as it is played: who looks on sends forms and asks for pages, others do things."""

    world: World

    def send(self, path: str, sent: filling.Fields | None = None, **headers: str) -> None: ...

    def do(self, name: str, path: str, sent: filling.Fields | None = None) -> None: ...

    def look(self, path: str, called: str = "") -> None: ...


Step = Callable[[Watched, Random, Random], None]


def bo_answers_the_week(play: Watched, shared: Random, own: Random) -> None:
    play.send("/check-in/", filling.answers(play.world, "Bo", shared))
    if shared.random() < 0.7:
        play.send("/check-in/choose/", {"do": shared.choice(["open", "open", "keep", "parts"])})


def bo_answers_it_wrongly(play: Watched, shared: Random, own: Random) -> None:
    play.send("/check-in/", filling.wrong_answers(play.world, "Bo", shared))
    if shared.random() < 0.5:
        play.send("/check-in/as-kept/")


def bo_types_and_it_is_kept(play: Watched, shared: Random, own: Random) -> None:
    some = shared.choice([filling.answers, filling.wrong_answers])
    sent = some(play.world, "Bo", shared)
    play.send("/check-in/keep/", sent, HTTP_X_REQUESTED_WITH="fetch")


def bo_chooses_parts(play: Watched, shared: Random, own: Random) -> None:
    play.send("/check-in/parts/", {"part": filling.chosen_parts(shared)})


def bo_says_yes_to_beliefs(play: Watched, shared: Random, own: Random) -> None:
    if shared.random() < 0.5:
        play.send("/check-in/beliefs/", filling.answers(play.world, "Bo", shared))
    else:
        play.send("/me/beliefs/", {"do": shared.choice(["give", "take_back"])})
        play.send("/me/keeping/", {"do": shared.choice(["give", "give", "take_back"])})


def bo_comes_in(play: Watched, shared: Random, own: Random) -> None:
    if not in_room(play.world, "Bo"):
        agree_on_who_is_in_the_room(play.world, shared)
    play.send("/together/come-in/")


def bo_opens_together(play: Watched, shared: Random, own: Random) -> None:
    bo_comes_in(play, shared, own)
    agree_on_what_opens(play.world, shared, own)
    play.send("/together/open/")


def bo_leaves(play: Watched, shared: Random, own: Random) -> None:
    play.send("/together/leave/")


def ana_says_that_she_is_here_too(play: Watched, shared: Random, own: Random) -> None:
    """On Bo's phone: with her password, or with another."""
    bo_comes_in(play, shared, own)
    play.send("/together/here-too/", {"password": shared.choice([PASSWORD, "not hers"])})


def ana_comes_in_before_his_eyes(play: Watched, shared: Random, own: Random) -> None:
    bo_comes_in(play, shared, own)
    play.do("Ana", "/together/come-in/")
    if shared.random() < 0.5:
        agree_on_what_opens(play.world, shared, own)
        play.do("Ana", "/together/open/")
    if shared.random() < 0.3:
        play.do("Ana", "/together/leave/")


def either_answers_a_line(play: Watched, shared: Random, own: Random) -> None:
    path = f"/map/{opening_of(play.world, 'Bo')}/answer/"
    part = shared.choice(["emotional", "physical", "wish", "step", "guesses", "none"])
    said = [{"reply": "tell_me_more"}, {"reply": "none"}, {"words": filling.words(shared)}, {}]
    play.send(path, {"part": part, **shared.choice(said)})
    play.do("Ana", path, {"part": part, **shared.choice(said)})


def they_settle_on_an_evening(play: Watched, shared: Random, own: Random) -> None:
    proposed = filling.evening(shared)
    match shared.randrange(4):
        case 0:
            play.send("/settle/", proposed)
            play.do("Ana", "/settle/agree/", _shown(play))
        case 1:
            play.do("Ana", "/settle/", proposed)
            play.send("/settle/agree/", _shown(play))
        case 2:
            play.do("Ana", "/settle/", proposed)
            play.send("/settle/drop/")
        case _:
            play.send("/settle/", {"day": "8"})


def _shown(play: Watched) -> filling.Fields:
    """The number of the proposal that both of the two see now."""
    return {"revision": str(us(seat=play.world.seat("Bo")).revision)}


def one_is_called_otherwise(play: Watched, shared: Random, own: Random) -> None:
    name = shared.choice(["Annie", "Robin", "", "Kim"])
    play.send("/me/", {"name": name, "pronouns": "they/them"})
    play.do("Ana", "/me/", {"name": name, "pronouns": ""})


def they_talk(play: Watched, shared: Random, own: Random) -> None:
    """One takes a strand, both say something, one proposes and the other may say yes or no."""
    play.send("/one-thing/", {"strand": shared.choice(["emotional", "spiritual", "none"])})
    said = {"works": filling.words(shared), "wish": "", "revision": "99"}
    play.send("/one-thing/say/", dict(said))
    play.do("Ana", "/one-thing/say/", said | {"wish": filling.words(shared)})
    proposed = filling.act(play.world, shared)
    chance = shared.random()
    if chance < 0.2:
        play.do("Ana", "/one-thing/propose/", proposed)
        play.send("/one-thing/decline/", {"revision": "99"})
    if chance < 0.5:
        play.do("Ana", "/one-thing/propose/", proposed)
        play.send("/one-thing/agree/", {"revision": "99"})
    else:
        play.send("/one-thing/propose/", proposed)
        play.do("Ana", "/one-thing/agree/", {"revision": "99"})


def they_move_the_day(play: Watched, shared: Random, own: Random) -> None:
    """One proposes another day for what they agreed on; the other may say yes or no."""
    day = play.world.now.date() + timedelta(days=shared.randint(-1, 3))
    moved = {"day": day.isoformat(), "revision": "99"}
    answer = shared.choice(["/one-thing/agree/", "/one-thing/decline/"])
    if shared.random() < 0.5:
        play.do("Ana", "/one-thing/move/", moved)
        play.send(answer, {"revision": "99"})
    else:
        play.send("/one-thing/move/", moved)
        play.do("Ana", answer, {"revision": "99"})


def bo_looks_back(play: Watched, shared: Random, own: Random) -> None:
    if not play.world.she_waits:
        agree_on_how_it_went(play.world, shared, own)
    play.send("/one-thing/look-back/", filling.look_back(shared))


def ana_looks_back_after_him(play: Watched, shared: Random, own: Random) -> None:
    outcome = shared.choice(list(Outcome)).value
    if both_looked_back_if_she_does(play.world):
        play.do("Ana", "/one-thing/look-back/", filling.look_back(own, outcome))


def one_puts_it_away(play: Watched, shared: Random, own: Random) -> None:
    if shared.random() < 0.5:
        play.send("/one-thing/put-away/", {"revision": "99"})
    else:
        play.do("Ana", "/one-thing/put-away/", {"revision": "99"})
    if shared.random() < 0.5:
        play.do("Ana", "/one-thing/take-up/", {"revision": "99"})
        play.send("/one-thing/take-up/", {"revision": "99"})


def bo_leaves_a_form_half_done(play: Watched, shared: Random, own: Random) -> None:
    play.send("/one-thing/say/", {"works": "x" * 501, "revision": "99"})
    play.send("/one-thing/look-back/", {"understood": "11", "revision": "99"})


def bo_tries_doors_of_one(play: Watched, shared: Random, own: Random) -> None:
    """Doors for people without a partner."""
    play.send("/invite/")
    play.send("/invite/confirm/", {"invitation": "nothing"})
    play.send("/invite/take-back/")
    play.send("/invitation/answer/", {"code": "123456"})
    play.send("/invitation/no/")


def bo_takes_it_along(play: Watched, shared: Random, own: Random) -> None:
    """He gets every byte of his own file, in both kinds, and brings another back."""
    for kind in ("json", "page"):
        play.send("/me/take-along/", {"password": PASSWORD, "as": kind})
    play.send("/me/take-along/", {"password": "not this one"})
    play.send("/me/bring-back/", {"file": filling.file(shared)})


def bo_signs_out_elsewhere(play: Watched, shared: Random, own: Random) -> None:
    play.send("/me/shared/end/", {"which": "nothing"})
    play.send("/me/shared/end-others/")


def bo_has_a_lock(play: Watched, shared: Random, own: Random) -> None:
    """He sets it, is asked for it in another browser, and takes it off again."""
    play.send("/me/lock/", {"do": "set", "lock": "73 91", "password": PASSWORD})
    play.send("/sign-out/")
    play.send("/sign-in/", {"login": address_of("Bo"), "password": PASSWORD})
    play.send("/me/unlock/", {"lock": "not this one", "next": "/me/shared/"})
    for path in ("/weeks/now/", "/check-in/", "/one-thing/"):
        play.look(path)
    play.send("/check-in/choose/", {"do": "open"})
    play.send("/me/unlock/forgotten/")
    play.send("/me/unlock/", {"lock": "73 91", "next": "/me/shared/"})
    play.send("/me/lock/", {"do": "take_off", "password": PASSWORD})


def bo_goes_out_and_comes_back(play: Watched, shared: Random, own: Random) -> None:
    play.send("/sign-out/")
    play.send("/password/forgotten/", {"email": address_of("Bo")})
    play.send("/sign-in/", {"login": address_of("Bo"), "password": "not this one"})
    play.send("/sign-in/", {"login": address_of("Bo"), "password": PASSWORD})


EVERYTHING: tuple[Step, ...] = (
    bo_answers_the_week, bo_answers_the_week, bo_answers_it_wrongly, bo_types_and_it_is_kept,
    bo_chooses_parts, bo_says_yes_to_beliefs, bo_comes_in, bo_opens_together, bo_opens_together,
    bo_leaves, ana_says_that_she_is_here_too, ana_comes_in_before_his_eyes,
    either_answers_a_line, they_settle_on_an_evening, one_is_called_otherwise, they_talk,
    they_move_the_day, bo_looks_back, bo_looks_back, ana_looks_back_after_him, one_puts_it_away,
    bo_leaves_a_form_half_done, bo_tries_doors_of_one, bo_goes_out_and_comes_back,
    bo_takes_it_along, bo_signs_out_elsewhere, bo_has_a_lock, bo_guards_his_signing_in,
)  # fmt: skip
