"""The copies that are measured: one made ready, then filled with a month, a year and five years."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

from bench.servers import plain_environment, product, told

WEEKS = {"one month": 4, "one year": 52, "five years": 260}


@dataclass(frozen=True)
class Copy:
    """A data folder, and how the two people in it sign in."""

    name: str
    folder: Path
    people: tuple[str, str]
    password: str
    rows: dict[str, int]


def make_ready(folder: Path) -> Path:
    """A copy that is set up, and empty."""
    told(product(folder), "interwoven.config.command", "setup")
    return folder


def filled(name: str, ready: Path) -> Copy:
    folder = ready.with_name(name.replace(" ", "-"))
    shutil.copytree(ready, folder)
    found = json.loads(told(product(folder), "bench.history", str(WEEKS[name])))
    ana, bo = found.pop("people")
    return Copy(name, folder, (ana, bo), found.pop("password"), found)


def another(copy: Copy, name: str) -> Copy:
    """The same again, to be written over."""
    folder = copy.folder.with_name(name)
    shutil.copytree(copy.folder, folder)
    return replace(copy, name=name, folder=folder)


def floor(folder: Path) -> tuple[dict[str, str], str]:
    """The floor's environment, with its tables made, and the cookie of the one signed in to it."""
    folder.mkdir()
    environment = plain_environment(
        DATA_DIR=str(folder), FLOOR_DIR=str(folder), DJANGO_SETTINGS_MODULE="bench.floor.settings"
    )
    return environment, told(environment, "bench.floor.prepare").strip()
