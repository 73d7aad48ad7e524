"""What the pages about leaving and erasing know."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeavePage:
    partner: str


@dataclass(frozen=True, slots=True)
class ErasePage:
    partner: str  # "" for a person without one
    error: str = ""
