"""Where tries are counted: in memory, with room enough, and never for long.

Django's own memory holds 300 things and then forgets the oldest. A stranger who types 300 addresses
would have it forget what somebody guessed at before, and guess on.
"""

from __future__ import annotations

import time
from typing import Any

from django.core.cache.backends.locmem import LocMemCache

ROOM = 100_000  # counts, about 40 MB; to fill it takes longer than most of them last
LONGEST = 3660  # seconds: an hour, and a minute for a clock that is set right by a little


class Tries(LocMemCache):
    """Django's own memory, and bigger.

    A count that seems to last longer is of a time before the clock was put back: it is forgotten,
    so that nobody waits for that time to come again.
    """

    _expire_info: dict[str, float | None]  # Django's, by name

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, {**params, "max_entries": ROOM})

    def _has_expired(self, key: str) -> bool:
        ends = self._expire_info.get(key, -1)
        return ends is not None and not 0 < ends - time.time() <= LONGEST
