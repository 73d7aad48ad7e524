"""Versions that are kept: the data of each as it was, and how to unpack them into a copy.

A version is a folder of `versions/`: `data.sql` and `keyring.sql`, compressed, as SQLite writes
them, and `manifest.json`, which says who is in it, what each of them sees, which migrations were
made, and what the files of ours were that made them. The secrets in it open nothing else.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.upkeep.copies import ON_POSTGRES, ROOT, Made, addresses

VERSIONS = Path(__file__).parent / "versions"
PARTS = {"data": "interwoven.sqlite3", "keyring": "keyring.sqlite3"}
ABOUT = (
    "Made for the tests by scripts/keep_version.py, and never changed. Nobody in it is real, and "
    "the secrets in it open nothing else."
)


@dataclass(frozen=True)
class Version:
    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self.folder / "manifest.json").read_text())
        return found

    def unpack(self, folder: Path) -> Made:
        """A copy as this version left it, in SQLite or in PostgreSQL."""
        self.write_files(folder)
        made = Made(folder, addresses())
        if ON_POSTGRES:
            ask(made, "tests.upgrades.moving", self.manifest)
        return made

    def write_files(self, folder: Path) -> None:
        (folder / "secrets").mkdir(mode=0o700, parents=True)
        folder.chmod(0o700)
        for name, contents in self.manifest["secrets"].items():
            _write(folder / "secrets" / name, bytes.fromhex(contents))
        _write(folder / "ledger", self.manifest["ledger"].encode())
        _write(folder / "instance.toml", b'demo = false\nkeeper = "partner"\nkeeper_name = "Ana"\n')
        for part, name in PARTS.items():
            script = gzip.decompress((self.folder / f"{part}.sql.gz").read_bytes()).decode()
            _write(folder / name, b"")
            with closing(sqlite3.connect(folder / name)) as database:
                database.executescript(script)


def versions() -> list[Version]:
    return [Version(folder) for folder in sorted(VERSIONS.iterdir()) if folder.is_dir()]


def ask(made: Made, module: str, told: object = None, **more: str) -> Any:
    """What a module of these tests finds in a copy, or does to it."""
    done = subprocess.run(
        [sys.executable, "-m", module],
        cwd=ROOT,
        env=made.environment | more,
        input=json.dumps(told),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def keep(name: str, scratch: Path) -> Version:
    """Make a copy with people in all states, and keep it under this name."""
    folder = VERSIONS / name
    if folder.exists():
        sys.exit(f"{folder} is there, and a version that was published is never kept again.")
    made = Made(scratch / "data", {})
    made.does("setup")
    told = ask(made, "tests.upgrades.people")
    scripts = {part: _script(made.folder / file) for part, file in PARTS.items()}
    seen = ask(made, "tests.upgrades.looking", told)
    folder.mkdir()
    for part, script in scripts.items():
        (folder / f"{part}.sql.gz").write_bytes(gzip.compress(script.encode(), 9, mtime=0))
    manifest = {
        "about": ABOUT,
        **told,
        **seen,
        "secrets": {path.name: path.read_bytes().hex() for path in _secrets(made.folder)},
        "ledger": (made.folder / "ledger").read_text(),
        "files": digests(ROOT / "src"),
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
    return Version(folder)


def digests(source: Path) -> dict[str, str]:
    """Every migration of ours, by its path, and what is in it."""
    found = sorted(source.glob("**/migrations/[0-9]*.py"))
    return {
        path.relative_to(source).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in found
    }


def changed(version: Version, source: Path) -> list[str]:
    """The migrations that this version was made by, and that are others now or gone."""
    now = digests(source)
    return [name for name, digest in version.manifest["files"].items() if now.get(name) != digest]


def _script(file: Path) -> str:
    with closing(sqlite3.connect(file)) as database:
        return "\n".join(database.iterdump()) + "\n"


def _secrets(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in (folder / "secrets").iterdir() if path.is_file())


def _write(path: Path, contents: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(contents)
