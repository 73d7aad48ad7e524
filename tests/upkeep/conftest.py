from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.upkeep import copies
from tests.upkeep.copies import Made, addresses


@pytest.fixture(scope="session")
def template(tmp_path_factory) -> tuple[Made, dict[str, str]]:
    """A copy with two people in it who wrote and opened things, and the words they wrote."""
    made = Made(tmp_path_factory.mktemp("template") / "data", addresses())
    made.does("setup")
    return made, made.asks("filling")


@pytest.fixture(autouse=True)
def no_database_stays_behind() -> Iterator[None]:
    first = len(copies.made)
    yield
    if copies.made[first:]:
        copies.drop_those_after(first)


@pytest.fixture
def words(template) -> dict[str, str]:
    return template[1]


@pytest.fixture
def copy(template, tmp_path) -> Made:
    return template[0].another(tmp_path / "data")


@pytest.fixture
def identity(copy, tmp_path) -> Path:
    """The secret half of the key that the copy backs up to."""
    file = tmp_path / "identity.txt"
    file.write_text(copy.does("backup-key"))
    assert re.search("^AGE-SECRET-KEY-1", file.read_text(), re.MULTILINE)
    return file


@pytest.fixture
def backed_up(copy, identity, tmp_path) -> Path:
    file = tmp_path / "away" / "first.age"
    file.parent.mkdir()
    copy.does("backup", file)
    return file
