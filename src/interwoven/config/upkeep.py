"""What whoever keeps a copy can do to it: back up, restore, wrap keys anew, have it looked over."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from interwoven.config import env as environment
from interwoven.config import secrets, steps
from interwoven.config.addresses import Database
from interwoven.config.env import Env, SignUp
from interwoven.config.variables import instance_file
from interwoven.infra import handlings
from interwoven.upkeep import exchange, lock
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.errors import Refused
from interwoven.upkeep.files import keep
from interwoven.upkeep.sqlite import Sqlite
from interwoven.upkeep.stores import Store

NO_RECIPIENT = (
    "There is no public key to back up to. Make one, once, with: interwoven backup-key\n"
    "Or name one: interwoven backup FILE --to age1…"
)
KEY_THERE = (
    "This copy backs up to {key} already. Another key, for backups from now on: "
    "interwoven backup-key --new (the ones made so far open with the old key alone)"
)
NOT_BACKED_UP = (
    "      no backup was made before this: there is no key to back up to (interwoven backup-key)"
)
KEEP_IT = """
The last line above opens every backup, and is shown this once. Print it, or put it where you keep
passwords; not on this machine, and not beside the backups. Keep data/secrets somewhere safe too,
apart from both: it is in no backup, and without it no backup can be read.
From now on: interwoven backup FILE
"""
RESTORED = """{check}: {rows} rows and {keys} keys, and all of them open."""
KEPT = """The databases that were in use are kept, until you remove them:
{names}
Everyone signs in again, and weeks that have not opened are chosen again: nothing opens by itself.
What was written, changed or taken back since the backup is as it was then. Tell both people."""
ROTATED = """
Every key, {keys} of them, is wrapped by kek-{number} now.
1. Copy {new} to where you keep the secrets, now. Without it nothing here can be read.
2. Make a backup: interwoven backup FILE
3. The older key files are still needed by the backups made before. Once the last of those is gone,
   see that they wrap nothing (interwoven keys show), remove them here and from your copy of the
   secrets, and start this copy again. Then a stolen old backup is unreadable to everyone."""


WHO = {
    SignUp.OPEN: "anybody who finds this copy (open)",
    SignUp.INVITED: "whoever was invited by somebody here (invited)",
    SignUp.CLOSED: "nobody (closed)",
}
FROM_THE_NEXT_START = "Written down. It counts from the next start of this copy."
OVERRULED = "Written down, but SIGN_UP={said} in the environment counts for more."


class Adder(Protocol):
    def __call__(
        self, name: str, carry_out: Callable[[argparse.Namespace], int | None], does: str
    ) -> argparse.ArgumentParser: ...


def add_commands(command: Adder) -> None:
    backup = command("backup", _backup, "Write a sealed backup, while this copy runs or not.")
    backup.add_argument("file", type=Path, help="the new file; the keyring goes to FILE.keyring")
    backup.add_argument("--to", metavar="age1…", help="seal to this public key, not the usual one")
    key = command("backup-key", _backup_key, "Make the key that backups are sealed to.")
    key.add_argument("--new", action="store_true", help="another one, for backups from now on")
    restore = command("restore", _restore, "Put a backup in the place of what is here.")
    restore.add_argument("file", type=Path, help="what backup wrote")
    restore.add_argument("--identity", type=Path, required=True, help="a file with the secret key")
    ring = restore.add_mutually_exclusive_group()
    ring.add_argument("--keyring", type=Path, help="another file than FILE.keyring")
    ring.add_argument("--keep-keyring", action="store_true", help="use the keyring that is here")
    restore.add_argument("--check", action="store_true", help="try it, and change nothing")
    keys = command("keys", _keys, "Show which key files are in use, or wrap all keys by a new one.")
    keys.add_argument("what", choices=["show", "rotate"])
    users = command("users", _users, "Show who may make an account, or say it.")
    users.add_argument("who", nargs="?", choices=list(SignUp), help="counts from the next start")
    doctor = command("doctor", _doctor, "Look for what is wrong, and say what to do.")
    doctor.add_argument("--json", action="store_true", help="for a machine")


@contextmanager
def in_use(env: Env) -> Iterator[None]:
    """Use this copy, once no restore is under way. One that was cut short is ended first."""
    _end_what_was_begun(env)
    with lock.serving(env.data_dir):
        yield


def copy_of(env: Env) -> Copy:
    return Copy(env.data_dir, _store(env.database), _store(env.keyring))


def _store(database: Database) -> Store:
    if database.path:
        return Sqlite(database.path)
    from interwoven.upkeep.postgres import Postgres  # noqa: PLC0415 - takes a tenth of a second

    at = {"host": database.host, "port": database.port, "user": database.user}
    return Postgres(database.name, {**at, **database.options}, database.password)


def _environment() -> Env:
    os.umask(0o077)
    env = environment.read(os.environ)
    if not env.data_dir.is_dir():
        raise Refused(f"There is no copy in {env.data_dir}. Make one with: interwoven setup")
    return env


def _end_what_was_begun(env: Env) -> None:
    if exchange.is_begun(env.data_dir):
        exchange.end_if_begun(copy_of(env))


def _backup(chosen: argparse.Namespace) -> None:
    from interwoven.upkeep import backup  # noqa: PLC0415 - only where it is used

    env = _environment()
    recipient = chosen.to or env.backup_to
    if not recipient:
        raise Refused(NO_RECIPIENT)
    with lock.keeping(env.data_dir):
        _end_what_was_begun(env)
        steps.refuse_if_not_set_up(env)
        files = backup.make(copy_of(env), chosen.file, recipient, datetime.now(UTC))
    print("\n".join(f"{file}  {file.stat().st_size:,} bytes" for file in files))
    print(f"Keep the two apart. {env.data_dir / 'secrets'} is in neither.")


def back_up_before_upgrade(env: Env, say: Callable[[str], None]) -> None:
    """Seal both databases as they are, into the data folder, before a new version changes them.

    Once a day for one state of them: a start that fails and is tried again fills no disk.
    """
    if env.demo:
        return
    if not env.backup_to:
        say(NOT_BACKED_UP)
        return
    from interwoven.infra import migrating  # noqa: PLC0415 - needs Django
    from interwoven.upkeep import backup, before  # noqa: PLC0415 - only where it is used

    now = datetime.now(UTC)
    with lock.keeping(env.data_dir):
        if folder := before.folder_for(env.data_dir, migrating.state(), now.date()):
            backup.make(copy_of(env), folder / before.FILE, env.backup_to, now, noted=False)
            say(f"      backed up, as it was before, in {folder}")


def _backup_key(chosen: argparse.Namespace) -> None:
    from interwoven.upkeep import age  # noqa: PLC0415 - only where it is used

    env = _environment()
    if env.backup_to and not chosen.new:
        raise Refused(KEY_THERE.format(key=env.backup_to))
    if os.environ.get("BACKUP_TO"):
        raise Refused(
            "BACKUP_TO is set in the environment, and counts for more. Leave it out first."
        )
    public, secret = age.new_identity()
    _note(env, "backup_to", public)
    print(
        f"# Opens the backups of a copy of Interwoven\n# public key: {public}\n{secret}", flush=True
    )
    print(KEEP_IT, file=sys.stderr)


def _note(env: Env, name: str, value: str) -> None:
    """Write one of this copy's own settings down, in place of what it was."""
    file = instance_file(env.data_dir)
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    others = [line for line in lines if line.partition("=")[0].strip() != name]
    keep(file, "\n".join([*others, f"{name} = {json.dumps(value)}"]) + "\n")


def _restore(chosen: argparse.Namespace) -> None:
    from interwoven.upkeep import ledger  # noqa: PLC0415 - only where it is used

    env = _environment()
    secrets.load(env.data_dir)
    keyring = None if chosen.keep_keyring else chosen.keyring or Path(f"{chosen.file}.keyring")
    with lock.keeping(env.data_dir):
        _end_what_was_begun(env)
        if chosen.check:
            _try(env, chosen, keyring)
            return
        with lock.nobody_serving(env.data_dir):
            ledger.gather(copy_of(env), chosen.file, chosen.identity)
            _try(env, chosen, keyring)


def _try(env: Env, chosen: argparse.Namespace, keyring: Path | None) -> None:
    """Unpack beside, see that everything opens, and only then change places."""
    from interwoven.upkeep import restore  # noqa: PLC0415 - only where it is used

    copy = copy_of(env)
    try:
        new = restore.unpack(copy, chosen.file, keyring, chosen.identity)
        opened = _opened(new, check=chosen.check)
    except BaseException:
        restore.discard(copy)
        raise
    if chosen.check:
        restore.discard(copy)
        print(f"{opened} Nothing was changed.")
        return
    today = datetime.now(UTC).date()
    handlings.note(copy.folder, handlings.Deed.RESTORED, today)
    kept = exchange.begin(copy, new, today.isoformat())
    print(opened)
    print(KEPT.format(names="\n".join(f"  {name}" for name in kept) or "  there were none"))


def _opened(new: Copy, *, check: bool) -> str:
    steps.start_django()
    from interwoven.upkeep import trial  # noqa: PLC0415 - needs Django

    trial.on(new)
    try:
        found = trial.pass_it()
    finally:
        trial.off()
    for kind, count in sorted(found.rows.items()):
        print(f"      {count:>7,} {kind}")
    return RESTORED.format(
        check="Checked" if check else "Restored", rows=sum(found.rows.values()), keys=found.keys
    )


def _keys(chosen: argparse.Namespace) -> None:
    env = _environment()
    if chosen.what == "show":
        _show_keys(env)
        return
    with lock.keeping(env.data_dir):
        _end_what_was_begun(env)
        steps.refuse_if_not_set_up(env)
        steps.start_django()
        from interwoven.upkeep import rotate  # noqa: PLC0415 - needs Django

        done = rotate.rotate(lambda: secrets.add_kek(env.data_dir))
    if done.went_on:
        print("An earlier rotation was cut short. This one ended it, with the same key file.")
    new = env.data_dir / "secrets" / f"kek-{done.number}"
    print(ROTATED.format(keys=done.keys, number=done.number, new=new))


def _show_keys(env: Env) -> None:
    steps.refuse_if_not_set_up(env)
    steps.start_django()
    from interwoven.infra.crypto import keys  # noqa: PLC0415 - needs Django

    counted = keys.counted()
    for number in sorted({*secrets.load(env.data_dir).keks, *counted}):
        print(f"kek-{number}: wraps {counted.get(number, 0)} keys")


def _users(chosen: argparse.Namespace) -> None:
    env = _environment()
    if chosen.who:
        _note(env, "sign_up", chosen.who)
        overruled = "SIGN_UP" in os.environ and env.sign_up != chosen.who
        print(OVERRULED.format(said=env.sign_up) if overruled else FROM_THE_NEXT_START)
        return
    steps.refuse_if_not_set_up(env)
    steps.start_django()
    from interwoven.apps.accounts.models import Person  # noqa: PLC0415 - needs Django

    print(f"Who may make an account: {WHO[env.sign_up]}.")
    print(f"Accounts: {Person.objects.filter(is_active=True).count()}.")


def _doctor(chosen: argparse.Namespace) -> int:
    from interwoven.config import doctor  # noqa: PLC0415 - only where it is used

    found = doctor.examine(os.environ, datetime.now(UTC))
    print(json.dumps(found.as_data(), indent=2) if chosen.json else found.in_words())
    return 1 if found.problems else 0
