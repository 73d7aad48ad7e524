"""Load the demonstration, or begin it anew, and say how to sign in to it."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from interwoven.demo import loading

SIGN_INS = """\
A demonstration is in it. Sign in as
  {Ana}   paired with Bo, twelve weeks in
  {Bo}    the other one of the two
  {Cem}   no partner yet
with the password: {password}
"""
THERE = "The demonstration is in it already. For a new password: ./run --reset-demo\n"


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reset", action="store_true", help="begin it anew")

    def handle(self, *_: Any, reset: bool = False, **__: Any) -> None:
        if loading.is_loaded() and not reset:
            self.stdout.write(THERE, ending="")
            return
        loading.remove()
        password = loading.new_password()
        loading.load(password, now=timezone.now(), progress=_progress)
        self.stdout.write(SIGN_INS.format(password=password, **loading.ADDRESSES), ending="")


def _progress(done: int, of: int) -> None:
    """One line, written over, for whoever watches."""
    if sys.stderr.isatty():
        end = "\n" if done == of else ""
        sys.stderr.write(f"\r      week {done} of {of} {end}")
        sys.stderr.flush()
