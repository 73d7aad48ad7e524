from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.upgrades import kept
from tests.upgrades.kept import Version
from tests.upkeep.copies import Made, addresses


@pytest.fixture(scope="session")
def begun(tmp_path_factory) -> Made:
    """A copy with secrets and static files, so that a start is about the databases alone."""
    made = Made(tmp_path_factory.mktemp("begun") / "data", addresses())
    made.does("setup")
    return made


@pytest.fixture(scope="session")
def as_left(begun) -> Callable[[Version, Path], Made]:
    """A copy as a version left it; the static files are there, which take the longest."""

    def unpack(version: Version, folder: Path) -> Made:
        made = version.unpack(folder)
        shutil.copytree(begun.folder / "static", made.folder / "static")
        (made.folder / "stamps").mkdir(mode=0o700)
        shutil.copy(begun.folder / "stamps" / "static", made.folder / "stamps")
        return made

    return unpack


@pytest.fixture
def old(as_left, tmp_path) -> Made:
    return as_left(kept.versions()[-1], tmp_path / "data")
