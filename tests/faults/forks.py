"""Work done by a fork of this process, which may be killed in the middle of it."""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable
from typing import Any

Tell = Callable[[bytes], None]


def fork(work: Callable[[Tell], object]) -> tuple[bytes, int]:
    """What a fork said, up to its end, and how it ended: 0, or a signal's number below zero."""
    here, there = os.pipe()
    child = os.fork()
    if not child:
        os.close(here)
        _work(work, there)
    os.close(there)
    with os.fdopen(here, "rb") as heard:
        said = heard.read()
    _, status = os.waitpid(child, 0)
    return said, os.waitstatus_to_exitcode(status)


def answered(work: Callable[[], Any]) -> Any:
    """What a fork gives that does this work whole."""
    said, status = fork(lambda tell: tell(pickle.dumps(work())))
    assert status == 0, status
    return pickle.loads(said)


def _work(work: Callable[[Tell], object], there: int) -> None:
    def tell(said: bytes) -> None:
        while said:
            said = said[os.write(there, said) :]

    try:
        work(tell)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)
