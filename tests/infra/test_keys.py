"""Keys belong to a subject, lie in a database of their own, and open with the right files only."""

from __future__ import annotations

import threading
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections, transaction

from interwoven.infra.crypto import keys
from interwoven.infra.crypto.keys import KeyClass, Subject
from interwoven.infra.errors import KeysAway, Unreadable
from interwoven.infra.keyring.models import DataKey
from interwoven.infra.models import FormDraft

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

ANA, BO = UUID(int=1), UUID(int=2)  # the same in every worker that runs tests
PRIVATE = Subject(ANA, KeyClass.PRIVATE)
OTHER_SUBJECTS = [
    Subject(BO, KeyClass.PRIVATE),
    Subject(ANA, KeyClass.PROFILE),
    Subject(ANA, KeyClass.OPENED),
    Subject(ANA, KeyClass.PRIVATE, 2),
]


def test_a_subject_has_one_key_and_finds_it_again():
    first = keys.for_sealing(PRIVATE)
    keys.forget()

    assert keys.for_sealing(PRIVATE) == first
    assert keys.for_opening(first.kid) == first
    assert DataKey.objects.count() == 1


@pytest.mark.parametrize("other", OTHER_SUBJECTS, ids=str)
def test_each_subject_class_and_epoch_has_a_key_of_its_own(other):
    mine, theirs = keys.for_sealing(PRIVATE), keys.for_sealing(other)

    assert mine.kid != theirs.kid
    assert mine.secret != theirs.secret
    assert len(mine.secret) == 32


def test_keys_lie_in_the_keyring_and_nowhere_else():
    keys.for_sealing(PRIVATE)
    table = DataKey._meta.db_table

    assert table in connections["keyring"].introspection.table_names()
    assert table not in connections["default"].introspection.table_names()


def test_the_key_is_kept_before_the_row_so_that_a_lost_row_leaves_a_key_and_not_the_reverse():
    def lost():
        with transaction.atomic():
            row = FormDraft(author=ANA, form="x", kept_until="2030-01-01T00:00Z")
            row.put("words")
            assert DataKey.objects.filter(subject=ANA).exists()
            row.save()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        lost()

    assert not FormDraft.objects.exists()
    assert DataKey.objects.filter(subject=ANA).exists()


def test_nothing_of_the_key_lies_in_its_row():
    key = keys.for_sealing(PRIVATE)
    row = DataKey.objects.get()

    assert key.secret not in bytes(row.wrapped)
    assert len(row.wrapped) == 12 + 32 + 16


def test_wrapped_keys_swapped_between_rows_open_nothing():
    mine, theirs = keys.for_sealing(PRIVATE), keys.for_sealing(OTHER_SUBJECTS[0])
    wrapped = {row.pk: row.wrapped for row in DataKey.objects.all()}
    DataKey.objects.filter(pk=mine.kid).update(wrapped=wrapped[theirs.kid])
    DataKey.objects.filter(pk=theirs.kid).update(wrapped=wrapped[mine.kid])
    keys.forget()

    for kid in (mine.kid, theirs.kid):
        with pytest.raises(KeysAway):
            keys.for_opening(kid)


@pytest.mark.parametrize(
    "change",
    [
        {"subject": BO},
        {"key_class": "profile"},
        {"key_class": "invented"},
        {"epoch": 2},
        {"kek": 2},
        {"kid": UUID(int=3)},
        {"wrapped": b""},
        {"wrapped": b"x" * 60},
    ],
    ids=str,
)
def test_a_key_row_that_was_altered_opens_nothing(change, key_files):
    kid = keys.for_sealing(PRIVATE).kid
    key_files(dict.fromkeys((1, 2), settings.SECRETS.keks[1]))
    DataKey.objects.filter(pk=kid).update(**change)

    with pytest.raises(KeysAway):
        keys.for_opening(change.get("kid", kid))


@pytest.mark.parametrize("files", [{1: bytes(32)}, {2: bytes(32)}, {}], ids=str)
def test_with_a_wrong_or_missing_key_file_a_key_is_away(files, key_files):
    kid = keys.for_sealing(PRIVATE).kid
    key_files(files)

    with pytest.raises(KeysAway):
        keys.for_opening(kid)
    with pytest.raises(KeysAway):
        keys.for_sealing(PRIVATE)


def test_new_keys_are_wrapped_by_the_newest_file_and_old_ones_still_open(key_files):
    old = keys.for_sealing(PRIVATE)
    key_files({**settings.SECRETS.keks, 7: bytes(32)})
    new = keys.for_sealing(OTHER_SUBJECTS[0])

    assert DataKey.objects.get(pk=new.kid).kek == 7
    assert keys.for_opening(old.kid) == old


def test_without_the_keyring_keys_are_away(no_keyring):
    kid = keys.for_sealing(PRIVATE).kid
    no_keyring()

    with pytest.raises(KeysAway):
        keys.for_opening(kid)
    with pytest.raises(KeysAway):
        keys.for_sealing(PRIVATE)


def test_a_destroyed_key_is_gone_once_it_is_forgotten():
    kid = keys.for_sealing(PRIVATE).kid
    DataKey.objects.all().delete()
    keys.forget()

    with pytest.raises(Unreadable):
        keys.for_opening(kid)


def test_a_key_that_was_not_there_is_looked_for_again(monkeypatch):
    kid = uuid4()
    with pytest.raises(Unreadable):
        keys.for_opening(kid)
    monkeypatch.setattr(keys, "uuid4", lambda: kid)

    assert keys.for_sealing(PRIVATE) == keys.for_opening(kid)


def test_nothing_secret_is_said_of_a_key():
    key = keys.for_sealing(PRIVATE)
    said = f"{key!r} {key} {[key]} {DataKey.objects.get()!r} {settings.SECRETS!r}"

    for secret in (key.secret, settings.SECRETS.root, *settings.SECRETS.keks.values()):
        assert secret.hex() not in said
        assert repr(secret)[2:-1] not in said


def test_whoever_comes_second_takes_the_key_that_the_first_one_made():
    first = keys._make(PRIVATE)
    second = keys._make(PRIVATE)

    assert first.pk == second.pk
    assert DataKey.objects.count() == 1


@pytest.fixture
def keyring_file(tmp_path, monkeypatch):
    """A keyring in a file, which threads can share as processes do."""
    monkeypatch.setitem(connections.settings["keyring"], "NAME", str(tmp_path / "keyring"))

    def make_table() -> None:
        with connections["keyring"].schema_editor() as editor:
            editor.create_model(DataKey)
        connections["keyring"].close()

    in_threads(make_table)


def in_threads(*works) -> None:
    threads = [threading.Thread(target=work) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
        assert not thread.is_alive()


def test_two_threads_that_make_the_same_key_end_with_one(keyring_file, monkeypatch):
    both_found_none, found, make = threading.Barrier(2, timeout=20), [], keys._make

    def make_when_both_are_here(subject):
        both_found_none.wait()
        return make(subject)

    def work() -> None:
        found.append(keys.for_sealing(PRIVATE))
        connections["keyring"].close()

    monkeypatch.setattr(keys, "_make", make_when_both_are_here)
    in_threads(work, work)

    assert len(found) == 2
    assert found[0] == found[1]
