"""The secrets are made once, kept to their owner, and never quietly made anew."""

import stat

import pytest

from interwoven.config import secrets
from interwoven.config.secrets import BadSecrets, load, make


@pytest.fixture
def data(tmp_path):
    folder = tmp_path / "data"
    make(folder, keyring_exists=False)
    return folder


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_they_are_made_for_their_owner_alone(data):
    assert mode(data) == mode(data / "secrets") == 0o700
    assert {path.name: mode(path) for path in (data / "secrets").iterdir()} == {
        "secret_key": 0o600,
        "root": 0o600,
        "kek-1": 0o600,
    }


def test_they_are_long_and_differ_from_each_other(data):
    found = load(data)

    assert len(found.secret_key) >= 50
    assert len(found.root) == len(found.keks[1]) == 32
    assert found.root != found.keks[1]


def test_making_them_again_changes_nothing(data):
    before = load(data)

    make(data, keyring_exists=True)
    make(data, keyring_exists=False)

    assert load(data) == before


def test_they_are_not_in_what_a_log_would_show(data):
    assert repr(load(data)) == "Secrets()"


@pytest.mark.parametrize("name", ["root", "kek-1"])
def test_no_new_key_is_made_where_a_keyring_waits_for_the_old_one(data, name):
    (data / "secrets" / name).unlink()

    with pytest.raises(BadSecrets, match=f"{name}.*no new key is made over an old one"):
        make(data, keyring_exists=True)

    assert not (data / "secrets" / name).exists()


@pytest.mark.parametrize("name", ["root", "kek-1", "secret_key"])
def test_a_missing_secret_stops_the_start_and_is_named(data, name):
    (data / "secrets" / name).unlink()

    with pytest.raises(BadSecrets, match=name):
        load(data)


def test_no_secrets_at_all_stops_the_start_with_what_to_do(tmp_path):
    with pytest.raises(BadSecrets, match="interwoven setup"):
        load(tmp_path)


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
@pytest.mark.parametrize("name", ["root", "kek-1"])
def test_a_key_of_the_wrong_length_stops_the_start(data, name, length):
    (data / "secrets" / name).write_bytes(b"x" * length)

    with pytest.raises(BadSecrets, match=f"{name} holds {length} bytes and must hold 32"):
        load(data)


def test_a_secret_key_cut_short_stops_the_start(data):
    (data / "secrets/secret_key").write_text("short")

    with pytest.raises(BadSecrets, match="secret_key is shorter than 50 letters"):
        load(data)


@pytest.mark.parametrize("name", ["", "secrets", "secrets/root", "secrets/kek-1"])
def test_rights_that_let_others_read_stop_the_start_with_the_remedy(data, name):
    path = data / name
    path.chmod(mode(path) | 0o040)

    with pytest.raises(BadSecrets, match=r"can be read by others.*Say: chmod [67]00"):
        load(data)


def test_all_keys_that_wrap_keys_are_found_by_number(data):
    folder = data / "secrets"
    for name in ("kek-2", "kek-10", "kek-x", "kek-0"):
        secrets._keep_new(folder / name, name.encode().ljust(32, b"."))

    assert list(load(data).keks) == [1, 2, 10]


def test_a_key_half_written_by_a_start_that_was_cut_off_is_not_taken_for_one(data):
    (data / "secrets" / "root").unlink()
    (data / "secrets" / ".root.123").write_bytes(b"half")

    make(data, keyring_exists=False)

    assert len(load(data).root) == 32


def test_of_two_starts_at_once_the_first_secret_stays(data):
    root = data / "secrets" / "root"
    first = root.read_bytes()

    secrets._link(data / "secrets" / "kek-1", root)

    assert root.read_bytes() == first


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(BadSecrets, match="cannot be written"):
        make(tmp_path / "file" / "data", keyring_exists=False)


def test_a_key_file_is_added_beside_the_others_and_learned_of_by_whoever_runs(data):
    running = load(data)
    old = running.keks[1]

    assert secrets.add_kek(data) == 2
    running.learn()

    assert set(running.keks) == {1, 2}
    assert running.keks[1] == old != running.keks[2]
    assert mode(data / "secrets" / "kek-2") == 0o600


def test_a_number_that_was_ever_given_is_not_given_again(data):
    assert [secrets.add_kek(data), secrets.add_kek(data)] == [2, 3]
    for number in (2, 3):
        (data / "secrets" / f"kek-{number}").unlink()

    assert secrets.add_kek(data) == 4
    (data / "secrets" / secrets.HIGHEST).unlink()  # as in secrets from a version without it
    assert secrets.add_kek(data) == 5
    assert mode(data / "secrets" / secrets.HIGHEST) == 0o600


@pytest.mark.parametrize("spoil", [lambda f: f.chmod(0o644), lambda f: f.write_bytes(b"short")])
def test_a_new_key_file_that_must_not_be_used_is_left_out_while_running(data, spoil):
    running = load(data)
    secrets.add_kek(data)
    spoil(data / "secrets" / "kek-2")

    running.learn()

    assert set(running.keks) == {1}
    with pytest.raises(BadSecrets):
        load(data)
