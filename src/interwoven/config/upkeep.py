"""What whoever keeps a copy can do to it: back up, restore, wrap keys anew, have it looked over."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from django.db import DatabaseError

from interwoven.config import key_files, secrets, steps, users
from interwoven.config.copies import copy_of, end_what_was_begun, set_down, this_copy
from interwoven.config.env import Env, SignUp
from interwoven.infra import handlings
from interwoven.upkeep import exchange, lock
from interwoven.upkeep.copy import Copy
from interwoven.upkeep.errors import Refused

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
RESTORED = """{check}: every key and every row in it opens."""
KEPT = """The databases that were in use are kept beside the others, until you remove them:
{names}
Everyone signs in again, and weeks that have not opened are chosen again: nothing opens by itself.
What was written, changed or taken back since the backup is as it was then. Tell both people."""


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
    what = command(
        "keys",
        key_files.carry_out,
        "Show which key files are in use, or wrap all keys by a new one.",
    )
    what.add_argument("what", choices=["show", "rotate"])
    who = command("users", users.carry_out, "Show who may make an account, or say it.")
    who.add_argument("who", nargs="?", choices=list(SignUp), help="counts from the next start")
    doctor = command("doctor", _doctor, "Look for what is wrong, and say what to do.")
    doctor.add_argument("--json", action="store_true", help="for a machine")


@contextmanager
def in_use(env: Env) -> Iterator[None]:
    """Be the one that uses this copy. A restore that was cut short is ended first."""
    end_what_was_begun(env)
    with lock.serving(env.data_dir):
        yield


def _backup(chosen: argparse.Namespace) -> None:
    from interwoven.upkeep import backup  # noqa: PLC0415 - only where it is used

    env = this_copy()
    recipient = chosen.to or env.backup_to
    if not recipient:
        raise Refused(NO_RECIPIENT)
    with lock.keeping(env.data_dir):
        end_what_was_begun(env)
        steps.refuse_if_not_set_up(env)
        files = backup.make(copy_of(env), chosen.file, recipient, datetime.now(UTC))
    print("\n".join(f"{file}  {file.stat().st_size:,} bytes" for file in files))
    print(f"Keep the two apart. {env.data_dir / 'secrets'} is in neither.")


def back_up_before_upgrade(env: Env, say: Callable[[str], None]) -> None:
    """Seal both databases as they are, into the data folder, before a new version changes them.

    Of one state of them and day the newest is left: starts that fail again and again fill no disk.
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
        folder = before.folder_for(env.data_dir, migrating.state(), now.date())
        backup.make(copy_of(env), folder / before.FILE, env.backup_to, now, noted=False)
        before.leave_only(folder, now.date())
        say(f"      backed up, as it was before, in {folder}")


def _backup_key(chosen: argparse.Namespace) -> None:
    from interwoven.upkeep import age  # noqa: PLC0415 - only where it is used

    env = this_copy()
    if env.backup_to and not chosen.new:
        raise Refused(KEY_THERE.format(key=env.backup_to))
    if os.environ.get("BACKUP_TO"):
        raise Refused(
            "BACKUP_TO is set in the environment, and counts for more. Leave it out first."
        )
    public, secret = age.new_identity()
    set_down(env, "backup_to", public)
    print(
        f"# Opens the backups of a copy of Interwoven\n# public key: {public}\n{secret}", flush=True
    )
    print(KEEP_IT, file=sys.stderr)


def _restore(chosen: argparse.Namespace) -> None:
    env = this_copy()
    secrets.load(env.data_dir)
    steps.start_django()
    keyring = None if chosen.keep_keyring else chosen.keyring or Path(f"{chosen.file}.keyring")
    with lock.keeping(env.data_dir):
        end_what_was_begun(env)
        if chosen.check:
            _try(env, chosen, keyring)
            return
        with lock.nobody_serving(env.data_dir):
            _note_what_ended_here(env)
            _try(env, chosen, keyring)


def _note_what_ended_here(env: Env) -> None:
    """Whoever left or was erased by what is put aside now, should a halt have come between."""
    from interwoven.apps.leaving import lasting  # noqa: PLC0415 - needs Django

    # Otherwise there is nothing here, or nothing that can be read.
    with suppress(steps.NotReady, DatabaseError):
        steps.refuse_if_not_set_up(env)
        lasting.catch_up()


def _try(env: Env, chosen: argparse.Namespace, keyring: Path | None) -> None:
    """Unpack beside, see that everything opens, and only then change places."""
    from interwoven.upkeep import ledger, restore  # noqa: PLC0415 - only where it is used

    copy = copy_of(env)
    try:
        new = restore.unpack(copy, chosen.file, keyring, chosen.identity)
        marks = ledger.gather(copy, chosen.file, chosen.identity)
        opened = _opened(new, marks, check=chosen.check)
    except BaseException:
        restore.discard(copy)
        raise
    if chosen.check:
        restore.discard(copy)
        print(f"{opened} Nothing was changed.")
        return
    ledger.note_all(marks)
    today = datetime.now(UTC).date()
    handlings.note(copy.folder, handlings.Deed.RESTORED, today)
    kept = exchange.begin(copy, new, today.isoformat())
    print(opened)
    print(KEPT.format(names="\n".join(f"  {name}" for name in kept) or "  there were none"))


def _opened(new: Copy, marks: frozenset[str], *, check: bool) -> str:
    from interwoven.upkeep import trial  # noqa: PLC0415 - needs Django

    trial.on(new)
    try:
        trial.pass_it(marks)
    finally:
        trial.off()
    return RESTORED.format(check="Checked" if check else "Restored")


def _doctor(chosen: argparse.Namespace) -> int:
    from interwoven.config import doctor  # noqa: PLC0415 - only where it is used

    found = doctor.examine(os.environ, datetime.now(UTC))
    print(json.dumps(found.as_data(), indent=2) if chosen.json else found.in_words())
    return 1 if found.problems else 0
