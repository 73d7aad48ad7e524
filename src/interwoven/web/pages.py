"""What the furniture of every page knows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Nav:
    """The places of a signed-in person. `current` is today, checkin, together, map, me or none."""

    current: str
    paired: bool


@dataclass(frozen=True, slots=True)
class Option:
    """One of a few things to choose from."""

    value: str
    label: str
    hint: str = ""
