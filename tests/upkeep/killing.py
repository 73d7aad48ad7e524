"""Carry out a command again and again, killing it each time at another step.

    DATA_DIR=… python -m tests.upkeep.killing TIMES SEED|last COMMAND …

A step is a statement to a database, a file opened to be written, a name given or taken away. Each
time the process is a fork of this one, which has started Django and opened nothing. After each kill
all in the copy is opened. The last time nobody kills it. Says at which of how many steps it was
killed. A % in the command stands for the number of the try.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from typing import Any

from interwoven.config import command, upkeep
from interwoven.config import env as environment
from interwoven.config.steps import start_django

FILES = {"os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "sqlite3.connect"}

MOST_TRIES = 3  # for each kill; where a try has fewer steps than the first one had, it goes through

Step = Callable[[], None]


def main(times: int, which: str, arguments: list[str]) -> None:
    start_django()
    killed: list[int] = []
    length = _length_of(_numbered(arguments, 0))
    for number, at in enumerate(_steps(which, length, MOST_TRIES * times), 1):
        words = _numbered(arguments, number)
        assert _ends(_somebody_comes) == 0  # so that what is there and what is put back differ
        how = _ends(lambda words=words, at=at: _carry_out(words, kill_at=at))
        assert how in (0, -signal.SIGKILL), how
        killed += [at] if how else []
        assert _ends(_open_everything) == 0, f"after a kill at step {at} of {length}"
        if len(killed) == times:
            break
    assert _ends(lambda: _carry_out(_numbered(arguments, MOST_TRIES * times + 1))) == 0
    assert _ends(_open_everything) == 0
    sys.stdout.write(json.dumps({"killed": killed, "steps": length}))


def _steps(which: str, length: int, most: int) -> list[int]:
    if which == "last":
        return list(range(length, max(length - most, 0), -1))
    dice = Random(which)
    return [dice.randint(1, length) for _ in range(most)]


def _length_of(arguments: list[str]) -> int:
    out = Path(os.environ["DATA_DIR"]) / ".steps"
    assert _ends(lambda: out.write_text(str(_carry_out(arguments)))) == 0
    steps = int(out.read_text())
    out.unlink()
    return steps


def _numbered(arguments: list[str], number: int) -> list[str]:
    return [word.replace("%", str(number)) for word in arguments]


def _carry_out(arguments: list[str], kill_at: int = 0) -> int:
    """Do it, and give the number of steps; or be gone at one of them."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with ExitStack() as watched:
        _watch(step, watched)
        status = command.main(arguments)
    assert status == 0, arguments
    return done


def _watch(step: Step, watched: ExitStack) -> None:
    from django.db import connections

    def statement(execute: Any, *rest: Any) -> Any:
        step()
        return execute(*rest)

    def event(name: str, details: tuple[Any, ...]) -> None:
        if name in FILES or (name == "open" and _writes(details)):
            step()

    for alias in ("default", "keyring"):
        watched.enter_context(connections[alias].execute_wrapper(statement))
    sys.addaudithook(event)


def _writes(details: tuple[Any, ...]) -> bool:
    flags = details[2]
    return isinstance(flags, int) and bool(flags & (os.O_WRONLY | os.O_RDWR))


def _open_everything() -> None:
    """As the next start would: what was begun is ended first."""
    from interwoven.upkeep import trial

    with upkeep.in_use(environment.read(os.environ)):
        trial.open_everything()


def _somebody_comes() -> None:
    from tests.apps.couples.people import make_person

    make_person("Somebody")


def _ends(work: Callable[[], object]) -> int:
    """How a fork that does this work ends: 0, or a signal's number below zero."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return os.waitstatus_to_exitcode(status)
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        work()
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3:])
