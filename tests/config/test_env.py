"""What the environment may say, and what is answered when it says something else."""

from pathlib import Path

import pytest

from interwoven.config import addresses
from interwoven.config.env import BadEnvironment, Env, Keeper, read

STRONG = "b8sPqLw2Zx-4nTfVr7yKcJmE1hGd0uAo9iXtWkS3vNzQeRbY5lH"
HOME = {"PUBLIC_URL": "https://home.example"}


@pytest.fixture
def data(tmp_path):
    return {"DATA_DIR": str(tmp_path)}


def problems(environ):
    with pytest.raises(BadEnvironment) as refused:
        read(environ)
    return refused.value.problems


def test_nothing_said_gives_a_copy_that_only_this_machine_can_reach(data, tmp_path):
    env = read(data)

    assert (env.host, env.port, env.debug, env.https) == ("127.0.0.1", 8000, False, False)
    assert env.database.path == tmp_path / "interwoven.sqlite3"
    assert env.keyring.path == tmp_path / "keyring.sqlite3"
    assert env.address == "http://localhost:8000"
    assert env.allowed_hosts == ("localhost", "127.0.0.1", "[::1]")
    assert (env.email, env.keeper, env.demo) == (None, Keeper.UNSAID, False)


def test_without_a_data_folder_named_it_lies_beside_the_source_whatever_the_folder_one_is_in():
    assert read({}).data_dir == Path(__file__).parents[2] / "data"


def test_a_public_address_sets_hosts_origins_and_one_proxy(data):
    env = read({**data, "PUBLIC_URL": "https://Home.Example:8443/"})

    assert env.address == "https://home.example:8443"
    assert env.https
    assert env.trusted_proxy == 1
    assert "home.example" in env.allowed_hosts
    assert env.trusted_origins == ("https://home.example:8443",)


def test_everything_can_be_said(data):
    env = read({
        **data,
        **HOME,
        "HOST": "0.0.0.0",
        "PORT": "9000",
        "DATABASE_URL": "postgres://ana:p%40ss@db.example:5433/couple?sslmode=require",
        "KEYRING_URL": "sqlite:///keys/ring.sqlite3",
        "SECRET_KEY": STRONG,
        "TRUSTED_PROXY": "2",
        "EMAIL_URL": "smtp://us:w%2Frd@mail.example?tls=ssl",
        "MAIL_FROM": "us@home.example",
        "TIME_ZONE": "Europe/Lisbon",
        "EXIT_URL": "https://news.example/weather",
        "KEEPER": "practice",
        "KEEPER_NAME": "Dr Ito",
        "DEMO": "on",
        "INSTANCE_NAME": "Ours",
    })  # fmt: skip

    assert (env.host, env.port, env.trusted_proxy) == ("0.0.0.0", 9000, 2)
    assert env.database == addresses.Database(
        engine="postgresql",
        name="couple",
        user="ana",
        password="p@ss",
        host="db.example",
        port=5433,
        options={"sslmode": "require"},
    )
    assert env.keyring.path == Path(data["DATA_DIR"]) / "keys/ring.sqlite3"
    assert env.email == addresses.MailServer("mail.example", 465, "us", "w/rd", "ssl")
    assert (env.keeper, env.keeper_name, env.demo) == (Keeper.PRACTICE, "Dr Ito", True)
    assert env.allowed_hosts == ("localhost", "127.0.0.1", "[::1]", "home.example")


BAD = [
    ({"HOST": "my machine"}, "HOST is not a name"),
    ({"PORT": "80a"}, "PORT is not a whole number from 1 to 65535"),
    ({"PORT": "0"}, "PORT is not"),
    ({"PORT": "65536"}, "PORT is not"),
    ({"PORT": "-1"}, "PORT is not"),
    ({"PORT": "٨٠٠٠"}, "PORT is not"),
    ({"PORT": "9" * 5000}, "PORT is not"),
    ({"DEBUG": "perhaps"}, "DEBUG is neither on nor off"),
    ({"DEMO": "2"}, "DEMO is neither on nor off"),
    ({"DATABASE_URL": "mysql://a/b"}, "DATABASE_URL is neither"),
    ({"DATABASE_URL": "sqlite://file"}, "DATABASE_URL is not of the form sqlite:///"),
    ({"DATABASE_URL": "sqlite:///"}, "DATABASE_URL is not of the form sqlite:///"),
    ({"DATABASE_URL": "postgres://host/"}, "DATABASE_URL does not name a database"),
    ({"DATABASE_URL": "postgres://host:port/a"}, "DATABASE_URL has a host or a port"),
    ({"DATABASE_URL": "postgres://host/a?port=x"}, "DATABASE_URL has a port that is not"),
    ({"DATABASE_URL": "postgres://host/a?options=-c"}, "DATABASE_URL has an option"),
    ({"DATABASE_URL": "postgres://[::1/a"}, "DATABASE_URL has a host or a port"),
    ({"KEYRING_URL": "sqlite:///interwoven.sqlite3"}, "KEYRING_URL is the same database"),
    ({"PUBLIC_URL": "home.example"}, "PUBLIC_URL is not of the form"),
    ({"PUBLIC_URL": "ftp://home.example"}, "PUBLIC_URL is not of the form"),
    ({"PUBLIC_URL": "https://home.example/us"}, "PUBLIC_URL has more than a name and a port"),
    ({"PUBLIC_URL": "https://us@home.example"}, "PUBLIC_URL has more than a name and a port"),
    ({"PUBLIC_URL": "https://hôme.example"}, "PUBLIC_URL has a name with letters"),
    ({"PUBLIC_URL": "https://*"}, "PUBLIC_URL has a name with letters"),
    ({**HOME, "TRUSTED_PROXY": "0"}, "TRUSTED_PROXY=0 says that there is none"),
    ({"TRUSTED_PROXY": "many"}, "TRUSTED_PROXY is not a whole number"),
    ({"EMAIL_URL": "mail.example"}, "EMAIL_URL is not of the form"),
    ({"EMAIL_URL": "smtp://mail.example?tls=maybe"}, "EMAIL_URL has a tls that is none of"),
    ({"EMAIL_URL": "smtp://mail.example?tls=none"}, "EMAIL_URL says tls=none"),
    ({"EMAIL_URL": "smtp://mail.example?ssl=1"}, "EMAIL_URL has an option it may not have: ssl"),
    ({"MAIL_FROM": "us"}, "MAIL_FROM is not an e-mail address"),
    ({"MAIL_FROM": "us@home.example\nBcc: all@home.example"}, "MAIL_FROM has letters"),
    ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE is not the name"),
    ({"TIME_ZONE": "../../etc/passwd"}, "TIME_ZONE is not the name"),
    ({"EXIT_URL": "http://news.example"}, "EXIT_URL is not of the form"),
    ({"EXIT_URL": "javascript:alert(1)"}, "EXIT_URL is not of the form"),
    ({"SIGN_UP": "sometimes"}, "SIGN_UP is none of open, invited, closed"),
    ({"KEEPER": "me"}, "KEEPER is none of partner, practice, other, unsaid"),
    ({"KEEPER_NAME": "A" * 81}, "KEEPER_NAME is longer than 80 letters"),
    ({"KEEPER_NAME": "Ana\x00"}, "KEEPER_NAME has letters that cannot be printed"),
    ({"KEEPER_NAME": "Ana\udc80"}, "KEEPER_NAME has letters that cannot be printed"),
    ({"INSTANCE_NAME": "x" * 61}, "INSTANCE_NAME is longer than 60 letters"),
    ({"SECRET_KEY_FILE": "/nowhere/at/all"}, "SECRET_KEY_FILE names a file that cannot be read"),
]


@pytest.mark.parametrize(("environ", "told"), BAD)
def test_one_thing_wrong_is_told_in_one_sentence_with_a_remedy(data, environ, told):
    found = problems({**data, **environ})

    assert len(found) == 1
    assert told in found[0]
    assert found[0].endswith(".")


def test_all_mistakes_are_told_at_once(data):
    found = problems({**data, "PORT": "x", "DEBUG": "x", "TIME_ZONE": "x", "KEEPER": "x"})

    assert [problem.split()[0] for problem in found] == ["PORT", "DEBUG", "TIME_ZONE", "KEEPER"]


@pytest.mark.parametrize("name", ["DATABASE_URL", "KEYRING_URL", "EMAIL_URL", "SECRET_KEY"])
def test_a_password_is_never_repeated_in_a_reason(data, name):
    found = problems({**data, "HOST": "0.0.0.0", name: "xxx://ana:hunter2@host:port/?hunter2=1"})

    assert "hunter2" not in "".join(found)


def test_a_password_is_never_in_what_a_log_would_show(data):
    env = read({
        **data,
        "SECRET_KEY": f"{STRONG}hunter2",
        "DATABASE_URL": "postgres://ana:hunter2@db/a",
        "EMAIL_URL": "smtp://ana:hunter2@mail.example",
    })  # fmt: skip

    assert "hunter2" not in repr(env)


# Others can reach it when it listens beyond this machine, or has an address beyond it.
#  what is said                                                what is wrong with it
PUBLIC = [
    ({"HOST": "0.0.0.0"}, ["no HTTPS"]),
    ({"HOST": "::"}, ["no HTTPS"]),
    ({"HOST": "192.168.1.20"}, ["no HTTPS"]),
    ({"HOST": "0.0.0.0", "PUBLIC_URL": "http://home.example"}, ["no HTTPS"]),
    ({"PUBLIC_URL": "http://192.168.1.20:8000"}, ["no HTTPS"]),
    ({"HOST": "0.0.0.0", **HOME, "DEBUG": "on"}, ["DEBUG is on"]),
    ({**HOME, "DEBUG": "on"}, ["DEBUG is on"]),
    ({"HOST": "0.0.0.0", **HOME, "SECRET_KEY": "short"}, ["SECRET_KEY is"]),
    ({"HOST": "0.0.0.0", **HOME, "SECRET_KEY": "a" * 64}, ["SECRET_KEY is"]),
    ({"HOST": "0.0.0.0", **HOME, "SECRET_KEY": f"django-insecure-{STRONG}"}, ["SECRET_KEY is"]),
    (
        {"HOST": "0.0.0.0", "DEBUG": "on", "SECRET_KEY": "changeme"},
        ["DEBUG is on", "SECRET_KEY is", "no HTTPS"],
    ),
]


@pytest.mark.parametrize(("environ", "reasons"), PUBLIC)
def test_a_copy_others_can_reach_says_every_reason_it_does_not_start(data, environ, reasons):
    found = problems({**data, **environ})

    assert len(found) == len(reasons)
    for problem, reason in zip(found, reasons, strict=True):
        assert problem.startswith("Others could reach this copy")
        assert reason in problem


@pytest.mark.parametrize(
    "environ",
    [
        {"DEBUG": "on", "SECRET_KEY": "short"},
        {"HOST": "localhost", "DEBUG": "on"},
        {"HOST": "::1", "DEBUG": "on"},
        {"PUBLIC_URL": "http://localhost:8000", "DEBUG": "on"},
        {"HOST": "0.0.0.0", **HOME},
        {"HOST": "0.0.0.0", **HOME, "SECRET_KEY": STRONG},
        {"PUBLIC_URL": "https://192.168.1.20:8443"},
        {"EMAIL_URL": "none"},
        {"EMAIL_URL": "smtp://localhost:1025?tls=none"},
    ],
)
def test_what_is_safe_starts(data, environ):
    assert isinstance(read({**data, **environ}), Env)


def test_secrets_may_come_from_files(data, tmp_path):
    (tmp_path / "key").write_text(STRONG + "\n")

    assert read({**data, "SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == STRONG


def test_a_secret_given_twice_is_told(data, tmp_path):
    (tmp_path / "key").write_text(STRONG)

    found = problems({**data, "SECRET_KEY": STRONG, "SECRET_KEY_FILE": str(tmp_path / "key")})

    assert found == ("SECRET_KEY and SECRET_KEY_FILE are both set. Leave one of them out.",)


def test_this_copys_own_file_gives_defaults_and_the_environment_counts_for_more(data, tmp_path):
    (tmp_path / "instance.toml").write_text(
        'demo = true\nkeeper = "partner"\nkeeper_name = "Ana"\nport = 8100\n'
    )

    env = read({**data, "KEEPER_NAME": "Bo"})

    assert (env.demo, env.keeper, env.keeper_name, env.port) == (True, Keeper.PARTNER, "Bo", 8100)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("demo = perhaps", "cannot be read"),
        ("kepper = 'partner'", "kepper is not a setting it may hold"),
        ("secret_key = 'x'", "secret_key is not a setting it may hold"),
        ("keeper = ['partner']", "keeper is not a setting it may hold"),
        ("keeper = 'me'", "KEEPER is none of"),
    ],
)
def test_a_broken_file_of_its_own_is_told(data, tmp_path, text, told):
    (tmp_path / "instance.toml").write_text(text)

    assert told in "".join(problems(data))


def test_a_file_that_is_not_text_is_told(data, tmp_path):
    (tmp_path / "instance.toml").write_bytes(b"\xff\xfe")

    assert "cannot be read" in "".join(problems(data))


def test_a_key_to_back_up_to_is_taken_whole_or_not_at_all(data):
    key = "age1cgylpu9920xhamep3yzwnjzpjdvvrfc8vkmk34j42m6v898hjypqwl3zwk"

    assert read(data).backup_to == ""
    assert read({**data, "BACKUP_TO": key}).backup_to == key
    for wrong in (key[:-1], key.upper(), "AGE-SECRET-KEY-1" + "Q" * 58):
        [told] = problems({**data, "BACKUP_TO": wrong})
        assert "BACKUP_TO is not a public key" in told
        assert wrong not in told
