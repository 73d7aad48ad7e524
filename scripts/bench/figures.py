"""Figures, their goals, and how they are printed."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

BEGAN = time.monotonic()


@dataclass(frozen=True)
class Figure:
    """One line of the table. Without a value it says why it was not measured."""

    name: str
    value: float | None
    unit: str
    goal: float | None = None
    at_least: bool = False  # the goal is a floor and not a ceiling
    beside: str = ""  # the absolute figures that the value was made of

    @property
    def met(self) -> bool | None:
        """None where there is nothing to meet, or nothing was measured."""
        if self.value is None or self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    @property
    def mark(self) -> str:
        return {True: "met", False: "MISSED", None: ""}[self.met]

    def row(self) -> tuple[str, str, str, str, str]:
        value = "not measured here" if self.value is None else _number(self.value, self.unit)
        sign = "≥" if self.at_least else "≤"
        goal = "" if self.goal is None else f"{sign} {_number(self.goal, self.unit)}"
        return self.name, value, goal, self.mark, self.beside


def step(words: str) -> None:
    """Say on standard error what is being done now."""
    print(f"{time.monotonic() - BEGAN:5.0f} s  {words} …", file=sys.stderr, flush=True)


def table(figures: Iterable[Figure]) -> str:
    rows = [("figure", "value", "goal", "", "of what"), *(figure.row() for figure in figures)]
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    lines = []
    for name, value, goal, mark, beside in rows:
        told = (name.ljust(widths[0]), value.rjust(widths[1]), goal.rjust(widths[2]))
        lines.append("  ".join((*told, mark.ljust(widths[3]), beside)).rstrip())
    return "\n".join(lines)


def write(file: Path, figures: Iterable[Figure], about: dict[str, object]) -> None:
    told = [asdict(figure) | {"met": figure.met} for figure in figures]
    file.write_text(json.dumps(about | {"figures": told}, indent=2) + "\n", encoding="utf-8")


def worst(figures: Iterable[Figure], of: Callable[[Figure], float]) -> Figure:
    return max(figures, key=of)


def _number(value: float, unit: str) -> str:
    places = 2 if unit == "×" else 0 if value == int(value) or value >= 100 else 1
    return f"{value:,.{places}f}{unit if unit == '×' else ' ' + unit if unit else ''}"
