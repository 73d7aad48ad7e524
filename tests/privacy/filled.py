"""A copy with something in every table, and all that lies in it, as somebody who took it has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db import connections
from django.test import Client

from interwoven.apps.guarding.queries import secret_on_trial
from tests.apps.couples.people import PASSWORD
from tests.apps.guarding import device
from tests.privacy.world import NOW, World

LOCK = "a heron at noon"
Cell = tuple[str, str, Any]  # table, column, value


def fill(world: World) -> None:
    """What Ana, Bo and Eli do, so that no table of ours is empty."""
    world.post("Ana", "/check-in/", {"revision": "0", "step": "kept by the river"})
    world.post("Ana", "/me/", {"name": "", "pronouns": "half a form"})
    world.post("Ana", "/me/lock/", {"do": "set", "lock": LOCK, "password": PASSWORD})
    world.post("Ana", "/together/come-in/")
    world.post("Ana", "/one-thing/look-back/", {"outcome": "partly", "revision": "99"})
    world.post("Eli", "/me/leave/", {"submission_id": str(UUID(int=7))})
    guard(world, "Bo")
    world.get("Nobody", "/one-round/")


def guard(world: World, name: str) -> None:
    """A passkey and codes, and so recovery codes."""
    here, password = {"HTTP_HOST": "localhost"}, {"password": PASSWORD}
    browser = world.browsers[name]
    browser.post(device.PASSKEY, {"do": "begin", "kind": "after", **password}, **here)
    asked = device.asked_on(browser.get(device.PASSKEY, **here).content.decode())
    kept = {"do": "keep", "credential": device.Device().makes(asked)}
    browser.post(device.PASSKEY, kept, **here)
    world.post(name, device.CODES, {"do": "begin", **password})
    secret = secret_on_trial(seat=world.seat(name), now=world.now)
    code = device.code_of(secret, at=NOW.timestamp())
    world.post(name, device.CODES, {"do": "confirm", "code": code})


def cells(*aliases: str) -> Iterator[Cell]:
    """Every value in every table, as the database itself gives it."""
    for alias in aliases:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                cursor.execute(f'SELECT * FROM "{table}"')
                names = [column[0] for column in cursor.description]
                for row in cursor.fetchall():
                    yield from ((table, *pair) for pair in zip(names, row, strict=True))


def columns(*aliases: str) -> set[str]:
    """Every column there is, with a row in it or not."""
    found = set()
    for alias in aliases:
        connection = connections[alias]
        with connection.cursor() as cursor:
            for table in connection.introspection.table_names(cursor):
                described = connection.introspection.get_table_description(cursor, table)
                found |= {f"{table}.{column.name}" for column in described}
    return found


def signed_in(browser: Client) -> bool:
    """Whether somebody is signed in there."""
    return browser.get("/me/").status_code == 200


def plainly(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return json.dumps(value, sort_keys=True) if isinstance(value, dict) else str(value)
