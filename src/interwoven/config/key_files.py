"""The key files of a copy: which of them are in use, and wrapping every key by a new one."""

import argparse

from interwoven.config import secrets, steps
from interwoven.config.copies import end_what_was_begun, this_copy
from interwoven.config.env import Env
from interwoven.upkeep import lock

ROTATED = """
Every key is wrapped by kek-{number} now.
1. Copy {new} to where you keep the secrets, now. Without it nothing here can be read.
2. Make a backup: interwoven backup FILE
3. The older key files are still needed by the backups made before. Once the last of those is gone,
   see that they are not in use (interwoven keys show), remove them here and from your copy of the
   secrets, and start this copy again. Then a stolen old backup is unreadable to everyone."""


def carry_out(chosen: argparse.Namespace) -> None:
    env = this_copy()
    if chosen.what == "show":
        _show(env)
        return
    with lock.keeping(env.data_dir):
        end_what_was_begun(env)
        steps.refuse_if_not_set_up(env)
        steps.start_django()
        from interwoven.upkeep import rotate  # noqa: PLC0415 - needs Django

        done = rotate.rotate(lambda: secrets.add_kek(env.data_dir))
    if done.went_on:
        print("An earlier rotation was cut short. This one ended it, with the same key file.")
    new = env.data_dir / "secrets" / f"kek-{done.number}"
    print(ROTATED.format(number=done.number, new=new))


def _show(env: Env) -> None:
    steps.refuse_if_not_set_up(env)
    steps.start_django()
    from interwoven.infra.crypto import keys  # noqa: PLC0415 - needs Django

    used = keys.counted().keys()
    for number in sorted({*secrets.load(env.data_dir).keks, *used}):
        print(f"kek-{number}: {'in use' if number in used else 'not in use'}")
