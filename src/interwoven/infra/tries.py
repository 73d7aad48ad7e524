"""Where tries are counted: in memory, with room enough, and never for long.

Django's own memory holds 300 things and then forgets the oldest. A stranger who types 300 addresses
would have it forget what somebody guessed at before, and guess on.
"""

from __future__ import annotations

import time
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.locmem import LocMemCache
from typing_extensions import override

ROOM = 100_000  # counts, about 40 MB; to fill it takes longer than most of them last
LONGEST_LIMIT = 3660  # seconds: an hour, and a minute for a clock that is set right by a little


class Tries(LocMemCache):
    """Django's own memory, and bigger.

    A count that seems to last longer is of a time before the clock was put back: it is forgotten,
    so that nobody waits for that time to come again. So no limit may look back further than
    `LONGEST_LIMIT`, let alone for ever: it would be none. `ValueError` says so.
    """

    _expire_info: dict[str, float]  # Django's, by name

    def __init__(self, name: str, params: dict[str, Any]) -> None:
        super().__init__(name, {**params, "max_entries": ROOM})

    def _has_expired(self, key: str) -> bool:
        return not 0 < self._expire_info.get(key, -1) - time.time() <= LONGEST_LIMIT

    @override
    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> float | None:
        """When what is counted now ends: all that is added, set or touched asks this."""
        seconds = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        if seconds is None or seconds > LONGEST_LIMIT:
            raise ValueError(f"Tries are not counted for longer than {LONGEST_LIMIT} seconds.")
        return super().get_backend_timeout(timeout)
