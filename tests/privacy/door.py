"""Invitations, and the door: what the invited, the inviter and an outsider do and look at."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from interwoven.apps.couples.models import Invitation, InvitationState
from tests.privacy import filling, private
from tests.privacy.shared import Watched
from tests.privacy.world import World, address_of

Step = Callable[[Watched, Random, Random], None]


def follow_the_link(play: Watched, shared: Random, own: Random) -> None:
    play.look(f"/i/{play.world.link}/", "/i/{the link}/")


def jo_gives_the_code(play: Watched, shared: Random, own: Random) -> None:
    follow_the_link(play, shared, own)
    play.send("/invitation/answer/", {"code": play.world.code})


def jo_gets_the_code_wrong(play: Watched, shared: Random, own: Random) -> None:
    play.send("/invitation/answer/", {"code": shared.choice(["12", "000000"])})


def say_no(play: Watched, shared: Random, own: Random) -> None:
    follow_the_link(play, shared, own)
    play.send("/invitation/no/")


def jo_answers_a_week_alone(play: Watched, shared: Random, own: Random) -> None:
    play.send("/check-in/", filling.answers(play.world, "Jo", shared))


def ivy_says_that_it_is_them(play: Watched, shared: Random, own: Random) -> None:
    """The name she has then is shown to Jo, so she has one and the same in every world."""
    if not play.world.confirms:
        return
    play.do("Ivy", "/me/", {"name": "Ivy", "pronouns": ""})
    answered = Invitation.objects.filter(state=InvitationState.ANSWERED).first()
    play.do("Ivy", "/invite/confirm/", {"invitation": str(answered.pk) if answered else ""})


AS_INVITED: tuple[Step, ...] = (
    follow_the_link, jo_gives_the_code, jo_gives_the_code, jo_gets_the_code_wrong, say_no,
    jo_answers_a_week_alone, ivy_says_that_it_is_them, ivy_says_that_it_is_them,
)  # fmt: skip


def ivy_is_called_otherwise(world: World, rng: Random) -> None:
    if not world.seat("Ivy").paired:
        world.post("Ivy", "/me/", {"name": filling.words(rng)[:40], "pronouns": ""})


def ivy_takes_it_back_after_an_answer(world: World, rng: Random) -> None:
    """Jo is told nothing: once they have answered, they see one page."""
    answered = Invitation.objects.filter(answered_by_id=world.person("Jo"))
    if answered.exists() and not world.confirms:
        world.post("Ivy", rng.choice(["/invite/take-back/", "/invite/"]))


OF_THE_INVITER = (*private.ALONE, ivy_is_called_otherwise, ivy_takes_it_back_after_an_answer)


def jo_looks_and_says_no(world: World, rng: Random) -> None:
    name = rng.choice(["Jo", "Nobody"])
    for path in (f"/i/{world.link}/", "/invitation/", "/one-round/"):
        world.get(name, path)
    if rng.random() < 0.5:
        world.post(name, "/invitation/no/")


def jo_mistypes_the_code(world: World, rng: Random) -> None:
    """Five wrong codes end an invitation, which its sender then sees. Fewer show nothing."""
    world.wrong_codes += 1
    if world.wrong_codes < 5:
        world.post("Jo", "/invitation/answer/", {"code": "000000"})


OF_THE_INVITED = (*private.ALONE, jo_looks_and_says_no, jo_mistypes_the_code)


def ivy_invites_anew(play: Watched, shared: Random, own: Random) -> None:
    play.send(shared.choice(["/invite/", "/invite/take-back/"]))


def jo_answers_before_her_eyes(play: Watched, shared: Random, own: Random) -> None:
    play.world.sign_in("Jo")
    play.world.get("Jo", f"/i/{play.world.link}/")
    play.do("Jo", "/invitation/answer/", {"code": play.world.code})


def ivy_confirms(play: Watched, shared: Random, own: Random) -> None:
    answered = Invitation.objects.filter(inviter_id=play.world.person("Ivy"))
    answered = answered.filter(state=InvitationState.ANSWERED).first()
    play.send("/invite/confirm/", {"invitation": str(answered.pk) if answered else ""})


AS_INVITER: tuple[Step, ...] = (
    ivy_invites_anew, jo_answers_before_her_eyes, jo_answers_before_her_eyes, ivy_confirms,
)  # fmt: skip


def nobody_tries_to_sign_in(play: Watched, shared: Random, own: Random) -> None:
    name = shared.choice(["Ana", "Nobody"])
    play.send("/sign-in/", {"login": address_of(name), "password": "not this one"})


def nobody_asks_for_a_password(play: Watched, shared: Random, own: Random) -> None:
    for name in ("Ana", "Nobody"):
        play.send("/password/forgotten/", {"email": address_of(name)})
    play.look("/password/new/abc-abc-def/")


def nobody_signs_up_with_her_address(play: Watched, shared: Random, own: Random) -> None:
    asked = {"name": "X", "pronouns": "", "email": address_of("Ana"), "password1": "not this one"}
    play.send("/sign-up/", asked | {"adult": "on", "consent": "on"})


def nobody_knocks(play: Watched, shared: Random, own: Random) -> None:
    for path in ("/check-in/keep/", "/together/open/", "/one-thing/look-back/", "/me/"):
        play.send(path, {"do": "open"})
    play.look("/today/")


def nobody_plays_a_round(play: Watched, shared: Random, own: Random) -> None:
    play.look("/one-round/")
    play.send("/one-round/", {"wish": "", "guess": ""})
    play.send("/one-round/other/", {"for": shared.choice(["one", ""])})


AS_OUTSIDER: tuple[Step, ...] = (
    nobody_tries_to_sign_in, nobody_asks_for_a_password, nobody_asks_for_a_password,
    nobody_signs_up_with_her_address,
    nobody_knocks, nobody_plays_a_round, follow_the_link, say_no,
)  # fmt: skip
