"""Which copy the settings name, as far as keeping it goes."""

import json
import os

from interwoven.config import env as environment
from interwoven.config.addresses import Database
from interwoven.config.env import Env
from interwoven.config.variables import instance_file
from interwoven.upkeep import exchange
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.files import keep
from interwoven.upkeep.sqlite import Sqlite
from interwoven.upkeep.stores import Store


def this_copy() -> Env:
    """The one that the environment names. Raises `Refused` where there is none."""
    os.umask(0o077)
    env = environment.read(os.environ)
    if not env.data_dir.is_dir():
        raise Refused(f"There is no copy in {env.data_dir}. Make one with: interwoven setup")
    return env


def copy_of(env: Env) -> Copy:
    return Copy(env.data_dir, _store(env.database), _store(env.keyring))


def _store(database: Database) -> Store:
    if database.path:
        return Sqlite(database.path)
    from interwoven.upkeep.postgres import Postgres  # noqa: PLC0415 - takes a tenth of a second

    at = {"host": database.host, "port": database.port, "user": database.user}
    return Postgres(database.name, {**at, **database.options}, database.password)


def end_what_was_begun(env: Env) -> None:
    """End a restore that was cut short, one way or the other."""
    if exchange.is_begun(env.data_dir):
        exchange.end_if_begun(copy_of(env))


def set_down(env: Env, name: str, value: str) -> None:
    """Write one of this copy's own settings down, in place of what it was."""
    file = instance_file(env.data_dir)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    others = [line for line in lines if line.partition("=")[0].strip() != name]
    keep(file, "\n".join([*others, f"{name} = {json.dumps(value)}"]) + "\n")
