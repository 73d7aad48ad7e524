"""A copy whose keys are gone, or are others, does not start; nothing is made in their place."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ports import free_port
from tests.upkeep.copies import ON_POSTGRES, Made, addresses

Breaks = Callable[[Path], object]


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    made = Made(tmp_path_factory.mktemp("keys") / "data", addresses())
    made.does("setup")
    made.asks("adding", "somebody")
    return made


BROKEN: dict[str, tuple[str, Breaks, str]] = {
    "another key": (
        "secrets/kek-1", lambda file: file.write_bytes(secrets.token_bytes(32)), "do not open"
    ),
    "half a key": ("secrets/kek-1", lambda file: file.write_bytes(b"half"), "holds 4 bytes"),
    "no key": ("secrets/kek-1", Path.unlink, "Missing"),
    "no root": ("secrets/root", Path.unlink, "Missing"),
}  # fmt: skip
if not ON_POSTGRES:
    BROKEN["no keyring"] = ("keyring.sqlite3", Path.unlink, "keyring.sqlite3 is missing")
    BROKEN["an empty keyring"] = (
        "keyring.sqlite3", lambda file: file.write_bytes(b""), "keyring.sqlite3 is missing"
    )  # fmt: skip


def keys_of(made: Made) -> set[str]:
    return {path.name for path in (made.folder / "secrets").iterdir()}


@pytest.mark.parametrize("what", BROKEN)
def test_a_copy_without_its_keys_does_not_start_and_makes_no_others(made, what):
    name, breaks, said = BROKEN[what]
    file = made.folder / name
    whole = file.read_bytes()
    breaks(file)
    left = file.read_bytes() if file.exists() else None
    keys = keys_of(made)

    try:
        for command in ("serve", "start"):
            assert said in made.refuses(command, PORT=str(free_port()))
            assert (file.read_bytes() if file.exists() else None) == left
            assert keys_of(made) == keys
    finally:
        file.touch(mode=0o600)
        file.write_bytes(whole)


def test_with_its_keys_back_it_opens(made):
    assert made.asks("asking")["keys"]
