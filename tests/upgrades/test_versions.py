"""Whatever an earlier version wrote, this one opens, shows, and opens to nobody else."""

from __future__ import annotations

import shutil

import pytest

from tests.upgrades import kept
from tests.upgrades.kept import ROOT, Version, ask

MOST_BYTES = 400_000
OF_THE_CODE = ("auth_permission", "django_content_type")


@pytest.fixture(scope="module", params=kept.versions(), ids=lambda version: version.folder.name)
def version(request) -> Version:
    return request.param


@pytest.fixture(scope="module")
def made(version, as_left, tmp_path_factory):
    """A copy of that version, brought up to this one as a start does it."""
    made = as_left(version, tmp_path_factory.mktemp(version.folder.name) / "data")
    made.does("setup")
    return made


@pytest.fixture(scope="module")
def found(made, version):
    return ask(made, "tests.upgrades.looking", version.manifest)


def missing(before: dict[str, list[str]], now: dict[str, list[str]]) -> list[tuple[str, str]]:
    """The words that were on a page and are not there any more."""
    return [
        (path, word)
        for path, words in before.items()
        for word in words
        if word not in now.get(path, [])
    ]


def all_of(shown: dict[str, list[str]]) -> set[str]:
    return {word for words in shown.values() for word in words}


def test_at_least_one_version_is_kept():
    assert "0.1.0" in [version.folder.name for version in kept.versions()]


def test_a_kept_version_is_small(version):
    assert sum(path.stat().st_size for path in version.folder.iterdir()) < MOST_BYTES


def test_the_migrations_of_a_kept_version_are_as_they_were(version):
    assert kept.changed(version, ROOT / "src") == []


def test_one_byte_of_a_kept_migration_would_be_noticed(version, tmp_path):
    """The positive control: changed, and gone."""
    for name in version.manifest["files"]:
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(ROOT / "src" / name, tmp_path / name)
    first, *_, last = version.manifest["files"]
    assert kept.changed(version, tmp_path) == []

    (tmp_path / first).write_bytes((tmp_path / first).read_bytes() + b"\n")
    (tmp_path / last).unlink()

    assert kept.changed(version, tmp_path) == [first, last]


def test_every_key_unwraps_and_every_row_is_there_and_opens(found, version):
    now, then = found["everything"], version.manifest["everything"]

    assert now["keys"] == then["keys"] > 20
    assert {kind: now["sealed"].get(kind, 0) for kind in then["sealed"]} == then["sealed"]
    assert sum(then["sealed"].values()) > 100


def test_no_row_is_lost(found, version):
    now, then = found["everything"]["rows"], version.manifest["everything"]["rows"]
    of_people = {name for name in then if name not in OF_THE_CODE}

    assert {name: now.get(name) for name in of_people} == {name: then[name] for name in of_people}


def test_every_migration_it_had_is_still_known(found, version):
    for alias, names in version.manifest["everything"]["migrations"].items():
        assert [
            name for name in names if name not in found["everything"]["migrations"][alias]
        ] == []


def test_nothing_opens_because_of_an_upgrade(found, version):
    now, then = found["everything"], version.manifest["everything"]

    assert now["opened"] == then["opened"] > 0
    assert now["waiting to open"] == then["waiting to open"] > 0


def test_whoever_was_signed_in_still_is(found):
    assert found["stays signed in"] is True


def test_everybody_signs_in_and_sees_what_they_saw(found, version):
    lost = {
        address: missing(seen["shows"], found["people"][address]["shows"])
        for address, seen in version.manifest["people"].items()
    }

    assert lost == {address: [] for address in version.manifest["doors"]}
    assert len(lost) > 10


def test_nobody_sees_a_word_they_did_not_see_before(found, version):
    for address, seen in version.manifest["people"].items():
        new = all_of(found["people"][address]["shows"]) - all_of(seen["shows"])
        assert new == set(), address


def test_what_is_behind_a_lock_stays_behind_it(found, version):
    locked = {a: seen for a, seen in version.manifest["people"].items() if seen["before the lock"]}
    assert len(locked) == 2
    for address, seen in locked.items():
        behind = all_of(seen["shows"]) - all_of(seen["before the lock"])
        assert any("locked" in word for word in behind)
        assert not behind & all_of(found["people"][address]["before the lock"])


def test_a_word_that_went_missing_would_be_found():
    """The positive control."""
    before = {"/map/": ["one", "two"], "/me/": ["three"]}

    assert missing(before, {"/map/": ["two", "four"]}) == [("/map/", "one"), ("/me/", "three")]
    assert missing(before, before | {"/today/": ["more"]}) == []
