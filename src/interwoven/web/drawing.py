"""Draw one person's felt and hoped-for closeness as a dumbbell: full is felt, open is hoped."""

from __future__ import annotations

from functools import lru_cache

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

FIRST, LAST = 3.0, 97.0  # per cent of the width, where 0 and 10 lie
AXIS = mark_safe(
    '<line class="axis" x1="3%" x2="97%" y1="50%" y2="50%"/>'
    '<line class="axis" x1="3%" x2="3%" y1="10%" y2="90%"/>'
    '<line class="axis" x1="50%" x2="50%" y1="25%" y2="75%"/>'
    '<line class="axis" x1="97%" x2="97%" y1="10%" y2="90%"/>'
)
ALIKE, APART = 10, 7  # size of the open mark, when the full one lies inside it and when not


def dumbbell(place: str, name: str, felt: int | None, hoped: int | None) -> SafeString:
    """Draw for the person in `place` ("a" or "b") two answers of 0 to 10, or the one there is."""
    return format_html(
        '<svg role="img" aria-label="{}: {}">{}</svg>',
        *(name, said(felt, hoped), _marks(place, felt, hoped)),
    )


def said(felt: int | None, hoped: int | None) -> str:
    """The same in words."""
    words = []
    if felt is not None:
        words.append(f"felt {felt}")
    if hoped is not None:
        words.append(f"hoped for {hoped}")
    return ", ".join(words) or "nothing said"


@lru_cache(maxsize=512)
def _marks(place: str, felt: int | None, hoped: int | None) -> SafeString:
    drawn = AXIS
    if felt is not None and hoped is not None and felt != hoped:
        bar = '<line class="bar" x1="{}" x2="{}" y1="50%" y2="50%"/>'
        drawn += format_html(bar, _at(felt), _at(hoped))
    if hoped is not None:
        drawn += _mark(place, "want", hoped, ALIKE if felt == hoped else APART)
    if felt is not None:
        drawn += _mark(place, "felt", felt, 6)
    return drawn


def _mark(place: str, kind: str, value: int, size: int) -> SafeString:
    if place == "a":
        disc = '<circle class="{}" cx="{}" cy="50%" r="{}"/>'
        return format_html(disc, kind, _at(value), size)
    r = round(size * 1.22, 1)  # as much ink as the disc
    diamond = '<svg x="{}" y="50%" overflow="visible"><path class="{}" d="{}"/></svg>'
    return format_html(diamond, _at(value), kind, f"M0-{r}L{r} 0 0 {r}-{r} 0z")


def _at(value: int) -> str:
    return f"{FIRST + value * (LAST - FIRST) / 10:.4g}%"
