"""Count what is done often, in memory, for as long as a limit looks back."""

from __future__ import annotations

from django.core.cache import cache


def enough(name: str, *, most: int, seconds: int) -> bool:
    """Count one more, and say whether that is more than `most` since the first of them.

    The count begins anew `seconds` after its first.
    """
    cache.add(name, 0, timeout=seconds)
    try:
        return cache.incr(name) > most
    except ValueError:  # its time ended between the two lines
        cache.set(name, 1, timeout=seconds)
        return False


def begin_again(name: str, *, seconds: int) -> None:
    """What was counted so far is forgotten this long from now, and no sooner."""
    cache.touch(name, seconds)


def forget(name: str) -> None:
    cache.delete(name)
