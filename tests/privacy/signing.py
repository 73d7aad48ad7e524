"""Guarding one's signing in: what Ana does in private, and what Bo does while he looks on."""

from __future__ import annotations

import json
from random import Random
from typing import TYPE_CHECKING

from interwoven.apps.guarding.queries import passkey_page, secret_on_trial
from interwoven.apps.guarding.rows import named, passkeys_of
from tests.apps.couples.people import PASSWORD
from tests.apps.guarding import device
from tests.privacy.world import World, address_of, recovery_code_of

if TYPE_CHECKING:
    from tests.privacy.shared import Watched


def turns_codes_on(world: World, rng: Random) -> None:
    typed = rng.choice([PASSWORD, PASSWORD, "not this one"])
    world.post(world.who, device.CODES, {"do": "begin", "password": typed})
    secret = secret_on_trial(seat=world.seat(world.who), now=world.now)
    code = device.code_of(secret) if secret and rng.random() < 0.8 else "000000"
    world.post(world.who, device.CODES, {"do": "confirm", "code": code})


def turns_codes_off(world: World, rng: Random) -> None:
    typed = rng.choice([PASSWORD, "not this one"])
    world.post(world.who, device.CODES, {"do": "off", "password": typed})


def looks_after_recovery_codes(world: World, rng: Random) -> None:
    world.get(world.who, device.RECOVERY)
    sent = {"do": rng.choice(["kept", "anew"]), "password": PASSWORD}
    world.post(world.who, device.RECOVERY, sent)


def makes_a_passkey(world: World, rng: Random) -> None:
    """At an address with a name, as a browser would not make one elsewhere."""
    browser, here = world.browsers[world.who], {"Host": "localhost"}
    kind = {"do": "begin", "kind": rng.choice(["after", "alone"]), "password": PASSWORD}
    browser.post(device.PASSKEY, kind, headers=here)
    page = browser.get(device.PASSKEY, headers=here).content.decode()
    if "data-asked" in page and rng.random() < 0.8:
        made = device.Device().makes(device.asked_on(page))
        browser.post(device.PASSKEY, {"do": "keep", "credential": made}, headers=here)


def removes_a_passkey(world: World, rng: Random) -> None:
    found = passkeys_of(world.seat(world.who))
    which = named(found[0]) if found else "none"
    world.post(world.who, device.REMOVE, {"which": which, "password": PASSWORD})


ALL = (
    turns_codes_on, turns_codes_off, looks_after_recovery_codes, makes_a_passkey,
    removes_a_passkey,
)  # fmt: skip


def bo_guards_his_signing_in(play: Watched, shared: Random, own: Random) -> None:
    """All of it, once; and he signs in with a code meanwhile. Then all is off again."""
    world, password = play.world, {"password": PASSWORD}
    play.send(device.CODES, {"do": "begin", "password": "not this one"})
    play.send(device.CODES, {"do": "begin", **password})
    secret = secret_on_trial(seat=world.seat("Bo"), now=world.now)
    play.send(device.CODES, {"do": "confirm", "code": device.code_of(secret)})
    _bo_makes_a_passkey(play)
    for path in (device.OVERVIEW, device.RECOVERY, device.REMOVE):
        play.look(path)
    play.send(device.RECOVERY, {"do": "kept"})
    play.send(device.RECOVERY, {"do": "anew", **password})
    play.send("/sign-out/")
    play.send("/sign-in/", {"login": address_of("Bo"), **password})
    play.send(device.AFTER_PASSWORD, {"code": "000000"})
    play.send(device.AFTER_PASSWORD, {"code": recovery_code_of(world.person("Bo"))})
    for row in passkeys_of(world.seat("Bo")):
        play.send(device.REMOVE, {"which": named(row), **password})
    play.send(device.CODES, {"do": "off", **password})


def _bo_makes_a_passkey(play: Watched) -> None:
    kind = {"do": "begin", "kind": "after", "password": PASSWORD}
    play.send(device.PASSKEY, kind, HTTP_HOST="localhost")
    asked = passkey_page(seat=play.world.seat("Bo"), now=play.world.now).options
    made = device.Device().makes(json.loads(asked)["publicKey"])
    play.send(device.PASSKEY, {"do": "keep", "credential": made}, HTTP_HOST="localhost")
