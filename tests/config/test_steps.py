"""Making a copy ready: what is kept, what is passed over, what is refused."""

import pytest

from interwoven.config import command, steps
from interwoven.config.env import Keeper, read
from interwoven.config.secrets import BadSecrets
from interwoven.config.steps import NotReady


@pytest.fixture
def env(tmp_path):
    return read({"DATA_DIR": str(tmp_path / "data")})


def begin(env):
    steps.make_folder_and_secrets(env)
    for database in (env.keyring, env.database):
        database.path.write_bytes(b"rows")


def test_a_first_start_makes_folder_and_secrets(env):
    steps.make_folder_and_secrets(env)

    assert (env.data_dir / "secrets" / "kek-1").exists()


def test_data_without_their_keyring_are_not_given_a_new_one(env):
    begin(env)
    env.keyring.path.unlink()

    with pytest.raises(NotReady, match=r"keyring\.sqlite3 is missing"):
        steps.make_folder_and_secrets(env)


def test_a_keyring_without_its_key_is_not_given_a_new_one(env):
    begin(env)
    (env.data_dir / "secrets" / "kek-1").unlink()

    with pytest.raises(BadSecrets, match="kek-1"):
        steps.make_folder_and_secrets(env)


@pytest.mark.parametrize("name", ["database", "keyring"])
def test_serving_never_makes_an_empty_database_of_a_missing_one(env, name):
    begin(env)
    getattr(env, name).path.unlink()

    with pytest.raises(NotReady, match=r"is missing\. Put it back"):
        steps.refuse_if_not_set_up(env)


def test_a_database_that_cannot_be_reached_is_told_without_its_password(tmp_path):
    env = read({"DATA_DIR": str(tmp_path), "KEYRING_URL": "postgres://a:hunter2@127.0.0.1:1/k"})

    with pytest.raises(NotReady, match="cannot be reached") as refused:
        steps.make_folder_and_secrets(env)

    assert "hunter2" not in str(refused.value)


def test_what_was_chosen_first_stays(env):
    steps.make_folder_and_secrets(env)
    steps.keep_choices(env, demo=False, keeper=Keeper.PARTNER, keeper_name='Zoë "Z"')
    steps.keep_choices(env, demo=True, keeper=Keeper.OTHER, keeper_name="")

    again = read({"DATA_DIR": str(env.data_dir)})

    assert (again.demo, again.keeper, again.keeper_name) == (False, Keeper.PARTNER, 'Zoë "Z"')


def test_a_step_counts_as_done_only_for_what_it_was_done_with(env):
    steps.make_folder_and_secrets(env)
    steps._stamp(env, "static", "one")

    assert steps._stamped(env, "static", "one")
    assert not steps._stamped(env, "static", "two")
    assert not steps._stamped(env, "databases", "one")


@pytest.fixture
def asked(env, monkeypatch):
    """Answer the questions of a first start in a terminal."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)

    def answering(*answers):
        waiting = list(answers)
        monkeypatch.setattr("builtins.input", lambda _: waiting.pop(0))
        return command._asked(env)

    return answering


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        (("1", " Ana "), (Keeper.PARTNER, "Ana")),
        (("2", "Dr Ito"), (Keeper.PRACTICE, "Dr Ito")),
        (("3", ""), (Keeper.OTHER, "")),
        (("",), (Keeper.UNSAID, "")),
        (("Ana",), (Keeper.UNSAID, "")),
        (("1", "A\x07na" + "a" * 100), (Keeper.PARTNER, "Ana" + "a" * 77)),
    ],
)
def test_who_keeps_this_copy_is_asked_once(asked, answers, kept):
    assert asked(*answers) == kept


def test_nobody_is_asked_where_nobody_can_answer(env, monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)

    assert command._asked(env) == (Keeper.UNSAID, "")
