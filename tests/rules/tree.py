"""What the rules look at: the project's own files and modules, and lists of named exceptions."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "interwoven"
NOT_OURS = {"data", "node_modules", "__pycache__", "shared", "venv"}
BINARY = {".woff2", ".png", ".jpg", ".webp", ".ico", ".sqlite3", ".pyc", ".gz"}


def files(top: Path = ROOT) -> Iterator[Path]:
    """Every file that belongs to the project; no cache, no environment, nobody's data."""
    for folder, folders, names in os.walk(top):
        hidden = (name for name in folders if name.startswith(".") and name != ".ci")
        gone = NOT_OURS.union(hidden)
        folders[:] = [n for n in folders if n not in gone and not n.endswith(".egg-info")]
        yield from (Path(folder) / name for name in names)


def texts(top: Path = ROOT) -> Iterator[tuple[str, str]]:
    for path in files(top):
        if path.suffix not in BINARY:
            yield path.relative_to(top).as_posix(), path.read_text(encoding="utf-8")


def modules(name: str) -> list[ModuleType]:
    """Every module of this name in an activity or in the demonstration."""
    found = [
        path for path in SOURCE.rglob(f"{name}.py") if path.parts[-3] in ("apps", "interwoven")
    ]
    paths = [path.relative_to(SOURCE.parent).with_suffix("") for path in sorted(found)]
    return [
        importlib.import_module(".".join(path.parts)) for path in paths if "infra" not in path.parts
    ]


def complaints(found: Iterable[str], allowed: Mapping[str, str]) -> list[str]:
    """What was found and is not allowed, and what is allowed for no reason or no longer there."""
    found = set(found)
    return sorted(
        [f"{name} breaks the rule" for name in found - allowed.keys()]
        + [f"{name} is excused but is not there" for name in allowed.keys() - found]
        + [f"{name} is excused without a reason" for name, why in allowed.items() if len(why) < 10]
    )
