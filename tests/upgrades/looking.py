"""Everybody in a copy signs in, and looks at all their pages: which words are where.

    DATA_DIR=… python -m tests.upgrades.looking < MANIFEST

The clock is held at the moment the copy was kept, so that nothing is due that was not.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import datetime
from html import unescape
from typing import Any

import time_machine

from interwoven.config.steps import start_django

start_django()

from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: E402
from django.apps import apps  # noqa: E402 - Django first
from django.test import Client  # noqa: E402

from interwoven.apps.checkins.kept import Kept  # noqa: E402
from interwoven.apps.checkins.models import CheckIn  # noqa: E402
from interwoven.infra import migrating  # noqa: E402
from interwoven.infra.crypto.rows import unseal_value  # noqa: E402
from interwoven.upkeep import trial  # noqa: E402
from tests.apps.guarding import device  # noqa: E402

LOCK = "73 91"
PAGES = (
    "/today/", "/map/", "/weeks/", "/weeks/now/", "/check-in/", "/check-in/choose/", "/one-thing/",
    "/one-thing/earlier/", "/together/", "/settle/", "/invite/", "/me/", "/me/what-they-see/",
    "/me/shared/", "/me/sign-in/", "/help/",
)  # fmt: skip
FURTHER = re.compile(r'href="(/(?:map|weeks)/[0-9a-f-]{36}/|/weeks/\?before=[^"]+)"')
CANARY = re.compile(r"Zq\w+?Xk")

Door = dict[str, str]
Shown = dict[str, list[str]]  # the words on each page


def open_door(address: str, password: str, door: Door) -> Client:
    """A browser in which this person has signed in, with whatever they need for it."""
    browser = Client(headers={"host": "localhost"})
    if "passkey" in door:
        browser.get("/sign-in/")
        browser.post(device.PASSKEY_DOOR)
        asked = device.asked_on(browser.get(device.PASSKEY_DOOR).content.decode())
        browser.post(device.PASSKEY_DOOR, {"do": "keep", "credential": _held(door).uses(asked)})
    else:
        browser.post("/sign-in/", {"login": address, "password": password})
    if "app" in door:
        browser.post(device.AFTER_PASSWORD, {"code": device.code_of(door["app"])})
    assert browser.get("/me/").status_code == 200, f"{address} cannot sign in"
    return browser


def _held(door: Door) -> device.Device:
    held = device.Device()
    held.secret = load_pem_private_key(door["passkey"].encode(), None)
    held.id, held.person = bytes.fromhex(door["id"]), bytes.fromhex(door["person"])
    return held


def look_around(browser: Client, words: list[str]) -> Shown:
    """Every page from their own front page on, and the words on it. Those without any are left."""
    seen: Shown = {}
    waiting = list(PAGES)
    while waiting:
        path = waiting.pop(0)
        answer = browser.get(path)
        assert answer.status_code in (200, 303, 404), (path, answer.status_code)
        page = unescape(answer.content.decode())
        seen[path] = words_on(page, words)
        waiting += [found for found in FURTHER.findall(page) if found not in (*seen, *waiting)]
    return {path: words for path, words in sorted(seen.items()) if words}


def words_on(page: str, words: list[str]) -> list[str]:
    return sorted({*CANARY.findall(page), *(said for said in words if said in page)})


def everybody(manifest: dict[str, Any]) -> dict[str, Any]:
    """What each of them sees; where there is a lock, before it was given and after."""
    found = {}
    for address, door in manifest["doors"].items():
        browser, words = open_door(address, manifest["password"], door), manifest["words"]
        behind = look_around(browser, words) if "lock" in door else {}
        if "lock" in door:
            browser.post("/me/unlock/", {"lock": door["lock"], "next": "/weeks/now/"})
        found[address] = {"shows": look_around(browser, words), "before the lock": behind}
    return found


def everything() -> dict[str, Any]:
    """What is in it, opened, and how far it has opened between people."""
    opened = trial.open_everything()
    kept = [(row.opened, unseal_value(row, Kept)) for row in CheckIn.objects.all()]
    return {
        "keys": opened.keys,
        "sealed": opened.rows,
        "rows": {model._meta.db_table: model._default_manager.count() for model in _models()},
        "opened": sum(over for over, _ in kept),
        "waiting to open": sum(
            each.decided and bool(each.parts) for over, each in kept if not over
        ),
        "migrations": {alias: _made(alias) for alias in ("keyring", "default")},
    }


def _models() -> list[Any]:
    return sorted(apps.get_models(include_auto_created=True), key=lambda m: m._meta.db_table)


def _made(alias: str) -> list[str]:
    return [" ".join(name) for name in migrating.made(alias)]


def stays_signed_in(signed_in: dict[str, str]) -> bool:
    browser = Client(headers={"host": "localhost"})
    browser.cookies["session"] = signed_in["session"]
    return bool(browser.get("/me/").status_code == 200)


def main() -> None:
    manifest = json.load(sys.stdin)
    with time_machine.travel(datetime.fromisoformat(manifest["kept_at"]), tick=False):
        found = {
            "everything": everything(),
            "stays signed in": stays_signed_in(manifest["signed_in"]),
            "people": everybody(manifest),
        }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
