"""Every key is wrapped by a new key file, while people write, and however often it is cut short."""

from __future__ import annotations

import json
import stat

import pytest


def files_of(copy) -> set[str]:
    return {path.name for path in (copy.folder / "secrets").iterdir()}


def test_every_key_is_wrapped_by_a_new_file_and_all_opens_as_before(copy):
    before = copy.asks("asking")
    assert before["key files"] == {"1": before["keys"]}

    said = copy.does("keys", "rotate")

    after = copy.asks("asking")
    assert after["key files"] == {"2": before["keys"]}
    assert after["rows"] == before["rows"]
    new = copy.folder / "secrets" / "kek-2"
    assert stat.S_IMODE(new.stat().st_mode) == 0o600
    assert len(new.read_bytes()) == 32
    assert f"Copy {new}" in said
    assert "Every key is wrapped by kek-2 now." in said


def test_the_old_file_may_go_once_it_wraps_nothing(copy):
    copy.does("keys", "rotate")
    assert copy.does("keys", "show") == "kek-1: not in use\nkek-2: in use\n"

    (copy.folder / "secrets" / "kek-1").unlink()

    assert copy.asks("asking")["rows"]


def test_a_backup_from_before_needs_the_old_file(copy, backed_up, identity):
    copy.does("keys", "rotate")
    (copy.folder / "secrets" / "kek-1").rename(copy.folder / "kek-1")

    assert "Put back the secrets" in copy.refuses("restore", backed_up, "--identity", identity)
    (copy.folder / "kek-1").rename(copy.folder / "secrets" / "kek-1")
    assert "every row in it opens" in copy.does("restore", backed_up, "--identity", identity)


def test_whoever_runs_already_learns_of_the_new_file_and_makes_keys_with_it(copy):
    """A server that started before, with people writing: nobody meets an error."""
    copy.asks("adding", "many keys")
    writer = copy.begins("tests.upkeep.writing")
    assert writer.stdout.readline() == "writing\n"
    for _ in range(3):
        copy.does("keys", "rotate")
    rounds, wrong = writer.communicate(timeout=60)

    assert writer.returncode == 0, wrong
    assert json.loads(rounds) > 3
    assert list(copy.asks("asking")["key files"]) == ["4"]


def test_a_number_is_not_used_again_once_its_file_is_gone(copy, backed_up, identity):
    """A key file with the name of another would be put back in its place, from the paper."""
    copy.does("keys", "rotate")
    copy.does("restore", backed_up, "--identity", identity)
    (copy.folder / "secrets" / "kek-2").unlink()

    copy.does("keys", "rotate")

    assert copy.does("keys", "show") == "kek-1: not in use\nkek-3: in use\n"
    assert list(copy.asks("asking")["key files"]) == ["3"]


def test_one_that_was_cut_short_is_ended_with_the_same_file(copy):
    copy.asks("adding", "half a rotation")
    assert len(copy.asks("asking")["key files"]) == 2

    assert "cut short" in copy.does("keys", "rotate")
    assert list(copy.asks("asking")["key files"]) == ["2"]
    assert "kek-3" not in files_of(copy)


@pytest.mark.parametrize("damage", ["missing", "wrong"])
def test_without_the_right_old_file_nothing_is_lost(copy, damage):
    copy.asks("adding", "half a rotation")
    old = copy.folder / "secrets" / "kek-1"
    content = old.read_bytes()
    old.unlink() if damage == "missing" else old.write_bytes(bytes(32))

    assert "Put it back" in copy.refuses("keys", "rotate")

    old.write_bytes(content)
    old.chmod(0o600)
    copy.does("keys", "rotate")
    assert list(copy.asks("asking")["key files"]) == ["2"]
