"""A row opens for a seat that holds it, where it lies, as it was written. Or it does not open."""

from __future__ import annotations

import logging
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from interwoven.apps.couples.models import Couple, Invitation
from interwoven.core.people import Place, Seat
from interwoven.infra.crypto import keys
from interwoven.infra.crypto.rows import onlooking, read, unseal_value
from interwoven.infra.errors import KeysAway, NotThere, Unreadable
from interwoven.infra.keyring.models import DataKey
from interwoven.infra.models import FormDraft

pytestmark = pytest.mark.django_db(databases=["default", "keyring"])

WORDS = "what Ana wrote 🧶"


@pytest.fixture
def row(ana) -> FormDraft:
    return draft(ana)


@pytest.fixture
def couple(ana) -> Couple:
    couple = Couple(id=ana.couple, opens_at=timezone.now())
    couple.put(WORDS)
    couple.save()
    return couple


def draft(seat: Seat, form="a", words=WORDS) -> FormDraft:
    row = FormDraft(author=seat.person, form=form, kept_until=timezone.now())
    row.put(words)
    row.save()
    return row


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_a_private_row_opens_for_its_owner(row, ana):
    assert read(again(row), str, seat=ana) == WORDS


@pytest.mark.parametrize("who", ["bo", "stranger"])
def test_a_private_row_is_not_there_for_anyone_else(row, who, request):
    with pytest.raises(NotThere):
        read(row, str, seat=request.getfixturevalue(who))


def test_a_row_opens_for_its_owner_without_a_partner_too(row, ana):
    assert read(row, str, seat=Seat(ana.person)) == WORDS


def test_an_opened_row_opens_for_both(couple, ana, bo):
    assert [read(again(couple), str, seat=seat) for seat in (ana, bo)] == [WORDS, WORDS]


def test_an_opened_row_is_not_there_for_other_couples_and_none(couple, stranger, ana):
    for seat in (stranger, Seat(uuid4()), Seat(ana.person), Seat(ana.couple)):
        with pytest.raises(NotThere):
            read(couple, str, seat=seat)


def test_looking_on_from_the_others_seat_opens_what_is_opened_and_nothing_private(
    row, couple, ana, bo
):
    with onlooking(bo.person):
        assert read(again(couple), str, seat=ana) == WORDS
        with pytest.raises(NotThere):
            read(again(row), str, seat=ana)
    assert read(again(row), str, seat=ana) == WORDS


def test_looking_on_is_over_even_when_something_goes_wrong_meanwhile(row, ana, bo):
    with pytest.raises(ZeroDivisionError), onlooking(bo.person):
        raise ZeroDivisionError

    assert read(again(row), str, seat=ana) == WORDS


def test_looking_on_from_the_others_seat_makes_no_later_look_of_theirs_quicker(couple, ana, bo):
    def asked() -> int:
        with CaptureQueriesContext(connections["keyring"]) as statements:
            read(again(couple), str, seat=ana)
        return len(statements)

    keys.forget()
    with onlooking(bo.person):
        read(again(couple), str, seat=ana)

    assert asked() == 1
    assert asked() == 0
    with onlooking(bo.person), CaptureQueriesContext(connections["keyring"]) as statements:
        read(again(couple), str, seat=ana)
    assert len(statements) == 0  # it was Bo who had looked


def test_a_couple_with_the_id_of_a_person_does_not_open_what_is_theirs(row, ana):
    with pytest.raises(NotThere):
        read(row, str, seat=Seat(uuid4(), ana.person, Place.A))


def test_no_word_lies_in_the_row_and_nothing_is_said_of_it(row):
    kept = bytes(again(row).sealed)

    for letters in (WORDS.encode(), WORDS.encode("utf-16"), b"Ana"):
        assert letters not in kept
    assert WORDS not in f"{row!r} {row}"
    assert str(row.id) not in f"{row!r} {row}"


def by_sql(row, **change):
    type(row).objects.filter(pk=row.pk).update(**change)
    return type(row).objects.get(pk=change.get("id", row.pk))


def test_a_row_given_to_another_owner_opens_for_neither(row, ana, bo):
    given = by_sql(row, author=bo.person)

    with pytest.raises(Unreadable):
        read(given, str, seat=bo)
    with pytest.raises(NotThere):
        read(given, str, seat=ana)


@pytest.mark.parametrize("change", [{"id": UUID(int=3)}, {"revision": 2}, {"revision": 0}], ids=str)
def test_a_row_under_another_id_or_revision_does_not_open(row, ana, change):
    with pytest.raises(Unreadable):
        read(by_sql(row, **change), str, seat=ana)


@pytest.mark.parametrize("change", [{"epoch": 2}, {"revision": 2}], ids=str)
def test_a_row_of_a_couple_moved_to_another_epoch_or_revision_does_not_open(couple, ana, change):
    with pytest.raises(Unreadable):
        read(by_sql(couple, **change), str, seat=replace(ana, epoch=2))


def test_words_swapped_between_two_rows_of_one_person_do_not_open(ana):
    one, two = draft(ana, "a", "yes"), draft(ana, "b", "no")

    for row, other in ((one, two), (two, one)):
        with pytest.raises(Unreadable):
            read(by_sql(row, sealed=other.sealed), str, seat=ana)


def test_words_moved_to_another_table_do_not_open(row, ana):
    moved = Invitation(id=row.id, inviter_id=ana.person, sealed=row.sealed)

    assert moved.subject() == row.subject()
    with pytest.raises(Unreadable):
        read(moved, str, seat=ana)


def test_words_of_another_class_do_not_open(couple, ana):
    posing = FormDraft(id=couple.id, author=ana.person, sealed=couple.sealed)

    with pytest.raises(Unreadable):
        read(posing, str, seat=ana)


@pytest.mark.parametrize("sealed", [b"", b"\x01", WORDS.encode() * 9])
def test_what_was_written_in_plain_does_not_open(row, ana, sealed):
    with pytest.raises(Unreadable):
        read(by_sql(row, sealed=sealed), str, seat=ana)


def test_an_older_value_of_the_same_row_does_not_open_once_the_revision_went_on(row, ana):
    old = bytes(row.sealed)
    row.revision += 1
    row.put("something else")
    row.save()

    with pytest.raises(Unreadable):
        read(by_sql(row, sealed=old), str, seat=ana)


def test_with_the_wrong_key_file_nothing_is_read_and_nothing_written(row, ana, key_files):
    key_files({1: bytes(32)})
    new = FormDraft(author=ana.person, form="new")

    with pytest.raises(KeysAway):
        read(row, str, seat=ana)
    with pytest.raises(KeysAway):
        new.put(WORDS)
    assert not new.sealed


def test_without_the_keyring_nothing_is_read_and_nothing_written(row, ana, no_keyring):
    no_keyring()
    new = FormDraft(author=ana.person, form="new")

    with pytest.raises(KeysAway):
        read(row, str, seat=ana)
    with pytest.raises(KeysAway):
        new.put(WORDS)
    assert not new.sealed


def test_once_the_key_is_destroyed_the_row_stays_shut(row, ana):
    from interwoven.infra.crypto import keys

    DataKey.objects.all().delete()
    keys.forget()

    with pytest.raises(Unreadable):
        read(row, str, seat=ana)


def test_the_machine_itself_opens_a_row_only_where_it_lies(row, bo):
    assert unseal_value(row, str) == WORDS
    row.author = bo.person
    with pytest.raises(Unreadable):
        unseal_value(row, str)


def test_refusing_says_nothing_of_the_words(row, ana, caplog):
    caplog.set_level(logging.DEBUG)

    with pytest.raises(Unreadable) as refused:
        read(by_sql(row, revision=9), str, seat=ana)

    assert str(refused.value) == ""
    assert WORDS not in caplog.text


def test_what_one_reader_looked_at_makes_the_other_no_quicker(couple, ana, bo):
    """The keyring is asked once for each reader, whoever comes first."""

    def asked(seat: Seat) -> int:
        with CaptureQueriesContext(connections["keyring"]) as log:
            assert read(again(couple), str, seat=seat) == WORDS
        return len(log)

    keys.forget()
    first, second = asked(ana), asked(bo)

    assert first == second == 1
    assert asked(ana) == 0
