"""What the pages about oneself know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Called:
    """What a person is called, in their own words."""

    name: str
    pronouns: str = ""
