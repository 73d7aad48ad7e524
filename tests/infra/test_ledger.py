"""What stands in the ledger stands there for good, and the file tells nobody that anything does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from interwoven.infra import ledger


@pytest.fixture
def file(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    ledger.make()
    return tmp_path / ledger.NAME


def marks(count: int) -> list[str]:
    return [ledger.mark_of(uuid4()) for _ in range(count)]


def test_with_marks_in_it_it_is_as_long_and_looks_as_it_did_without(file):
    before = file.read_text().split("\n")
    [mark] = marks(1)

    ledger.note(mark)

    after = file.read_text().split("\n")
    assert ledger.noted() == {mark}
    assert len(after) == len(before) == ledger.BLOCK + 1
    assert {len(line) for line in after[:-1]} == {len(mark)}
    assert len(set(after)) == len(after), "no line stands out by being there twice"
    assert file.stat().st_mode & 0o777 == 0o600


def test_it_was_written_to_lately_whether_or_not_it_was(file):
    import os

    os.utime(file, (0, 0))

    ledger.make()

    assert file.stat().st_mtime > 10**9


def test_the_same_mark_twice_takes_one_place_and_struck_it_is_gone(file):
    one, other = marks(2)
    blank = file.read_bytes()
    for mark in (one, other, one):
        ledger.note(mark)

    ledger.strike(one)
    ledger.strike(marks(1)[0])  # of somebody who is not in it
    assert ledger.noted() == {other}

    ledger.strike(other)
    assert file.read_bytes() == blank


def test_when_it_is_full_there_is_room_for_as_many_again(file):
    many = marks(ledger.BLOCK + 1)
    for mark in many:
        ledger.note(mark)

    assert ledger.noted() == set(many)
    assert file.stat().st_size == 2 * ledger.BLOCK * ledger.WIDTH


@pytest.mark.parametrize("length", [0, 1, 64, 65, 100, 30_000])
def test_cut_short_anywhere_it_is_made_whole_and_keeps_what_was_before_the_cut(file, length):
    [mark] = marks(1)
    ledger.note(mark)
    file.write_bytes(file.read_bytes()[:length])

    ledger.make()

    assert ledger.noted() == ({mark} if length >= ledger.WIDTH else set())
    assert file.stat().st_size == ledger.BLOCK * ledger.WIDTH


def test_a_mark_that_was_torn_is_nobodys_and_the_next_one_counts(file):
    one, other = marks(2)
    ledger.note(one)
    content = file.read_bytes()
    file.write_bytes(content[:20] + b"\x00" * 10 + content[30:])

    ledger.note(other)

    assert one not in ledger.noted()
    assert other in ledger.noted()


def test_lines_longer_or_shorter_than_a_mark_are_no_marks(file):
    file.write_bytes(b"short\n" * 40)

    assert all(len(mark) == ledger.WIDTH - 1 for mark in ledger.noted())


def test_many_at_once_all_stand_in_it(file):
    many = marks(24)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(ledger.note, many))

    assert ledger.noted() == set(many)


def test_it_tells_whether_it_was_made_with_this_root_secret(file, settings, tmp_path):
    assert ledger.is_ours(file)

    other = tmp_path / "other"
    other.write_text("".join(f"{mark}\n" for mark in marks(ledger.BLOCK)))

    assert not ledger.is_ours(other)
