"""Restore a backup and halt once it is written down what changes places, before anything does.

DATA_DIR=… python -m tests.upkeep.halting FILE IDENTITY
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from unittest import mock

from interwoven.config import command
from interwoven.upkeep import exchange


def main(file: str, identity: str) -> None:
    with mock.patch.object(exchange, "_carry_out"), redirect_stdout(sys.stderr):
        assert command.main(["restore", file, "--identity", identity]) == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
    sys.stdout.write("null")
