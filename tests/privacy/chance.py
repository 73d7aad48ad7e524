"""Chance held still: the same draws wherever somebody looks, so that nothing has to be masked.

Tokens, ids, salts and submission numbers are drawn anew from a source that depends on the place
in the history alone. So a page that shows one of them shows the same one in both worlds, unless
something private had a hand in it; and then the bytes differ, and the leak is found.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock


class Chance:
    def __init__(self) -> None:
        self.source = random.Random(0)

    def begin(self, *place: object) -> None:
        """From here on draw what is drawn at this place, in whichever world."""
        self.source = random.Random(repr(place))

    def urandom(self, size: int) -> bytes:
        return self.source.randbytes(size)


chance = Chance()


@contextmanager
def held_still() -> Iterator[None]:
    """While this lasts, whatever asks the machine for chance is given ours."""
    with (
        mock.patch.object(os, "urandom", chance.urandom),
        mock.patch.object(random, "_urandom", chance.urandom),  # what `secrets` draws from
    ):
        yield
