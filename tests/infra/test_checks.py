"""A copy whose keys do not open what is kept does not start."""

from __future__ import annotations

import pytest
from django.core.checks import registry, run_checks
from django.db import connections

from interwoven.config import steps
from interwoven.content.library import BadLibrary
from interwoven.infra import checks
from interwoven.infra.crypto import keys
from interwoven.infra.crypto.keys import KeyClass, Subject
from interwoven.infra.keyring.models import DataKey

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])


@pytest.fixture
def kept(ana, bo):
    """One key by the first file and one by the second."""
    return [keys.for_sealing(Subject(seat.person, KeyClass.PRIVATE)) for seat in (ana, bo)]


def ids() -> list[str]:
    return [found.id for found in checks.keys_open_what_is_kept()]


def test_an_empty_keyring_is_in_order():
    assert not DataKey.objects.exists()
    assert ids() == []


def test_the_right_key_files_are_in_order(kept):
    assert ids() == []


@pytest.mark.parametrize("files", [{1: bytes(32)}, {2: bytes(32)}, {}], ids=str)
def test_a_wrong_or_missing_key_file_stops_the_start(kept, files, key_files):
    key_files(files)

    assert "interwoven.E002" in [found.id for found in run_checks()]
    with pytest.raises(steps.NotReady, match="do not open the keyring"):
        steps.refuse_if_unsound()


def test_every_key_file_in_use_is_tried(ana, bo, key_files, settings):
    first = settings.SECRETS.keks[1]
    keys.for_sealing(Subject(ana.person, KeyClass.PRIVATE))
    key_files({1: first, 2: bytes(32)})
    keys.for_sealing(Subject(bo.person, KeyClass.PRIVATE))

    assert ids() == []
    for files in ({1: first, 2: b"x" * 32}, {1: b"x" * 32, 2: bytes(32)}):
        key_files(files)
        assert ids() == ["interwoven.E002"]


def test_a_keyring_that_does_not_answer_stops_the_start(kept, no_keyring):
    no_keyring()

    assert ids() == ["interwoven.E003"]


def test_looking_for_a_keyring_does_not_make_an_empty_one(tmp_path, monkeypatch):
    file = tmp_path / "keyring"
    monkeypatch.setitem(connections["keyring"].settings_dict, "NAME", str(file))

    assert ids() == []
    assert not file.exists()


def test_broken_content_stops_the_start(monkeypatch):
    def broken():
        raise BadLibrary(["content/x.toml: two mistakes", "content/y.toml: one"])

    monkeypatch.setattr(checks, "library", broken)

    assert [found.msg for found in checks.content_is_whole()] == [
        "content/x.toml: two mistakes",
        "content/y.toml: one",
    ]


def test_both_are_asked_at_every_start():
    asked = registry.registry.get_checks()

    assert checks.content_is_whole in asked
    assert checks.keys_open_what_is_kept in asked
